import type { RealVenueId } from "#venues"
import { type Gate, NotSent } from "../gate.ts"
import type { CcxtClient } from "./ccxt-client.ts"
import { type Asked, askedOf } from "./leaving-request.ts"

export type GateParts = {
  venue: RealVenueId
  gate: Gate
  /** How long the exchange takes a request after its signature. */
  windowMs: number
  /** The exchange's time, as well as we know it. */
  nowMs: () => number
}

/**
 * Puts the gate where ccxt signs: after every wait, with nothing between it and the signature. The signature carries
 * the moment the gate was asked at, so a pause after the gate makes the request older, never later.
 */
export function putGate(client: CcxtClient, { venue, gate, windowMs, nowMs }: GateParts): void {
  const sign = client.sign.bind(client) as (...request: unknown[]) => ReturnType<typeof client.sign>
  let askedAtMs: number | undefined
  client.nonce = () => askedAtMs ?? nowMs()
  client.seconds = () => Math.floor(client.nonce() / 1000)
  const askAndSign = (
    path: string,
    api: unknown,
    method: string,
    params: Record<string, unknown>,
    ...more: unknown[]
  ) => {
    if (isPublic(api)) return sign(path, api, method, params, ...more)
    askedAtMs = nowMs()
    try {
      const asked = askedOf(venue, { path, method, params })
      if (asked === undefined) throw new NotSent(`${method} ${path} is not a request this program makes.`)
      letOut(gate, { ...named(client, asked), windowMs, deadlineMs: askedAtMs + windowMs })
      return sign(path, api, method, params, ...more)
    } finally {
      askedAtMs = undefined
    }
  }
  client.sign = askAndSign as unknown as typeof client.sign
}

function letOut(gate: Gate, request: Parameters<Gate>[0]): void {
  try {
    gate(request)
  } catch (error) {
    throw new NotSent(error instanceof Error ? error.message : String(error), "gate", undefined, { cause: error })
  }
}

/** With the market's usual name. */
function named(client: CcxtClient, asked: Asked): Asked {
  return asked.kind === "read"
    ? asked
    : { ...asked, market: client.safeSymbol(asked.market, undefined, undefined, "spot") }
}

/** ccxt's names of what needs no signature: "public", or ["v3", "public"] at Coinbase. */
export function isPublic(api: unknown): boolean {
  return api === "public" || (Array.isArray(api) && api[1] === "public")
}
