import { randomUUID, sign } from "node:crypto"
import { pro } from "ccxt"
import { realSurroundings } from "../../../../surroundings.ts"
import {
  type SimulatedExchange,
  type SimulatedExchangeOptions,
  startSimulatedExchange,
} from "../../simulated-exchange.ts"

/** An exchange that speaks Coinbase's protocol and stands still until it is moved, without limits that a test would meet. */
export function startCoinbase(options: SimulatedExchangeOptions = {}): Promise<SimulatedExchange> {
  const limits = { publicPerSecond: 1_000, privatePerSecond: 1_000, ...options.limits }
  return startSimulatedExchange({ speak: "coinbase", speed: "stepped", ...options, limits }, realSurroundings())
}

export type CoinbaseClient = InstanceType<typeof pro.coinbase>

/** ccxt, unmodified, pointed at it. */
export async function ccxtAt(
  { addresses, ...key }: SimulatedExchange,
  other: { apiKey?: string; secret?: string } = {},
): Promise<CoinbaseClient> {
  const { apiKey, secret } = { ...key, ...other }
  const client = new pro.coinbase({ apiKey, secret, enableRateLimit: false })
  Object.assign(client.urls.api as object, { rest: addresses.rest, ws: addresses.stream })
  await client.loadHttpProxyAgent()
  await client.loadMarkets()
  return client
}

/** Tells the control plane something. */
export async function command({ control }: SimulatedExchange, path: string, body: unknown = {}): Promise<unknown> {
  const answer = await fetch(`${control}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return answer.json()
}

/** The core's own number of an order. */
export function numberOf({ exchange }: SimulatedExchange, clientOrderId: string): number {
  const orders = [...exchange.state.venue.orders.values()]
  return orders.find((order) => order.placedClientOrderId === clientOrderId)!.orderId
}

export type Claims = Record<string, unknown>

/** A token for a request, with claims and a header that may be wrong. */
export function tokenFor(
  { apiKey, secret, nowMs }: { apiKey: string; secret: string; nowMs: number },
  uri: string | undefined,
  { claims = {}, header = {} }: { claims?: Claims; header?: Claims } = {},
): string {
  const seconds = Math.floor(nowMs / 1_000)
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url")
  const head = part({ alg: "ES256", typ: "JWT", kid: apiKey, nonce: randomUUID(), ...header })
  const body = part({ iss: "cdp", sub: apiKey, nbf: seconds, exp: seconds + 120, uri, ...claims })
  const signature = sign("sha256", Buffer.from(`${head}.${body}`), { key: secret, dsaEncoding: "ieee-p1363" })
  return `${head}.${body}.${signature.toString("base64url")}`
}

/** Asks with a token of its own; what is wrong with it may be said. */
export async function ask(
  started: SimulatedExchange,
  [method, path]: [method: string, path: string],
  { body, token }: { body?: unknown; token?: string } = {},
) {
  const nowMs = started.exchange.state.nowMs()
  const url = path.startsWith("/") ? path : `/api/v3/brokerage/${path}`
  const signed = token ?? tokenFor({ ...started, nowMs }, `${method} api.coinbase.com${url.split("?")[0]}`)
  const answer = await fetch(started.rest + url, {
    method,
    headers: { authorization: `Bearer ${signed}`, "content-type": "application/json" },
    body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
  })
  const text = await answer.text()
  const isJson = answer.headers.get("content-type")?.startsWith("application/json")
  return { status: answer.status, text, body: isJson ? (JSON.parse(text) as Record<string, any>) : undefined }
}
