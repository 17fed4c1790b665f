import { hmacSignature } from "../account/signature.ts"
import type { ApiKey } from "../account/api-key.ts"
import type { Exchange } from "../exchange-state.ts"
import { Refusal } from "../refusal.ts"
import { jwtFrom } from "./jwt.ts"
import { type Channel, channels } from "./listener.ts"
import { ownerOf, permitted } from "./sender.ts"

/** What a client wants of its socket. */
export type ChannelRequest = {
  type: "subscribe" | "unsubscribe"
  channel: Channel
  products: string[]
  /** Who asks, when they said so. */
  key: ApiKey | undefined
}

type Sent = { type?: unknown; channel?: unknown; product_ids?: unknown; jwt?: unknown } & Record<string, unknown>

/** Reads a client's message, or says what is wrong with it. */
export function channelRequestFrom(exchange: Exchange, text: string): ChannelRequest | string {
  const sent = objectFrom(text)
  if (!sent) return "failure to parse message"
  const { type, channel, product_ids: products = [] } = sent
  if (type !== "subscribe" && type !== "unsubscribe") return "invalid message type"
  if (!channels.includes(channel as Channel)) return "invalid channel"
  if (!Array.isArray(products) || !products.every((one) => typeof one === "string")) return "invalid product_ids"
  const stranger = products.find((one) => !exchange.state.venue.markets.has(one))
  if (stranger !== undefined) return `product_id ${JSON.stringify(stranger.slice(0, 40))} is not valid`
  const key = keyOf(exchange, sent, products)
  if (key === "refused" || (channel === "user" && key === undefined)) return "authentication failure"
  return { type, channel: channel as Channel, products, key }
}

/** Who has signed a message; undefined when nobody has. */
function keyOf(exchange: Exchange, sent: Sent, products: string[]): ApiKey | undefined | "refused" {
  if (sent.jwt === undefined && sent.signature === undefined) return undefined
  try {
    if (sent.jwt === undefined) return legacyKey(exchange, sent, products) ?? "refused"
    return permitted(ownerOf(exchange, jwtFrom(textOf(sent.jwt))), "reading")
  } catch (error) {
    if (error instanceof Refusal) return "refused"
    throw error
  }
}

function legacyKey({ state }: Exchange, sent: Sent, products: string[]): ApiKey | undefined {
  const key = state.keys.get(textOf(sent.api_key))
  if (key?.scheme !== "HMAC" || key.isRevoked) return undefined
  const expected = hmacSignature(key.secret, `${textOf(sent.timestamp)}${textOf(sent.channel)}${products.join(",")}`)
  return expected === sent.signature ? permitted(key, "reading") : undefined
}

function objectFrom(text: string): Sent | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Sent) : undefined
  } catch {
    return undefined
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : ""
}
