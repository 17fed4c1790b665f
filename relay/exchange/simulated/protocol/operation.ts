import type { Account, Permissions } from "../account/account.ts"
import type { ApiKey } from "../account/api-key.ts"
import type { Params } from "./params.ts"
import type { RateLimits } from "./rate-limits.ts"
import type { Venue } from "../venue.ts"

/** What every request runs against. */
export type ExchangeState = {
  venue: Venue
  keys: Map<string, ApiKey>
  rateLimits: RateLimits
  weighs: "address" | "owner"
  /** Exchange time as clients see it (market time plus any clock fault). */
  nowMs: () => number
  /** Real time, which clients may sign with when exchange time runs at another speed; undefined at real speed. */
  wallMs(): number | undefined
}

/** One request of a known sender. `account` and `key` exist only for operations that demand a key. */
export type Call = { state: ExchangeState; venue: Venue; params: Params; account: Account; key: ApiKey; nowMs: number }

/**
 * One request the exchange supports, by REST, by the WebSocket API, or by both. `prepare` reads and refuses; the
 * function it returns acts. Between the two nothing has changed yet, so unread parameters can still be refused.
 */
export type Operation = {
  /** Its WebSocket API method name; a leading dash marks a REST-only one. */
  name: string
  rest: `${"GET" | "POST" | "PUT" | "DELETE"} ${string}` | undefined
  security: "none" | "key" | "signed"
  weight: number | ((params: Params) => number)
  /** Orders it counts as, when it places some. */
  orders?: number
  needs?: keyof Permissions
  /** Whether it changes accounts or orders and therefore belongs into the event log. */
  changes?: boolean
  prepare(call: Call): () => unknown
}

/** The limit of a list, cut to the maximum. */
export function limitFrom(params: Params, usual: number, most: number): number {
  return Math.min(Math.max(1, params.integer("limit") ?? usual), most)
}
