import { MINUTE_MS } from "#engine/candles"
import type { Exchange } from "../exchange-state.ts"
import { callerOf } from "../protocol/caller.ts"
import type { Limits } from "../protocol/rate-limits.ts"
import { TooMany } from "../protocol/rate-limits.ts"
import type { RestRequest } from "../protocol/speech.ts"
import { bybitWords } from "./bybit-refusals.ts"

const SECOND_MS = 1_000
const ADDRESS_WINDOW_MS = 5 * SECOND_MS
const BAN_MS = 10 * MINUTE_MS

/**
 * Bybit's documented limits by the names all exchanges here share: 50 questions and 20 new, changed or cancelled orders
 * a second and account, 600 requests in five seconds and address.
 * Source: https://bybit-exchange.github.io/docs/v5/rate-limit
 */
export const bybitLimits: Partial<Limits> = {
  privatePerSecond: 50,
  publicPerSecond: 120,
  ordersPer10Seconds: 20 * 10,
  ordersPerDay: 10_000_000,
  connectionsPer5Minutes: 500,
}

/** Counts a request against its address; false when that is banned, as it is for ten minutes after too many. */
export function mayAsk({ state }: Exchange, { address, door, headers }: RestRequest, operation: string): boolean {
  const { rateLimits } = state
  const nowMs = state.nowMs()
  const apiKey = String(headers["x-bapi-api-key"] ?? "")
  const caller = callerOf(state, { address, door, apiKey: apiKey === "" ? undefined : apiKey, operation })
  if (rateLimits.bannedUntilMs(caller.name, nowMs) !== undefined) return false
  const most = (rateLimits.limits.publicPerSecond * ADDRESS_WINDOW_MS) / SECOND_MS
  if (rateLimits.use(`raw5s/${caller.name}`, ADDRESS_WINDOW_MS, nowMs) <= most) return true
  if (caller.mayBeBanned) rateLimits.ban(caller.name, nowMs, BAN_MS)
  return false
}

/** What is left of an account's second for one route, as headers; refused with 10006 when nothing is. */
export function usedHeaders(
  { state }: Exchange,
  { accountId, path, isChange }: { accountId: number; path: string; isChange: boolean },
): Record<string, string> {
  const { limits } = state.rateLimits
  const most = Math.floor(isChange ? limits.ordersPer10Seconds / 10 : limits.privatePerSecond)
  const nowMs = state.nowMs()
  const used = state.rateLimits.use(`second/${accountId}/${path}`, SECOND_MS, nowMs)
  const untilMs = (Math.floor(nowMs / SECOND_MS) + 1) * SECOND_MS
  if (used > most) throw new TooMany(10006, bybitWords[10006], 200, untilMs)
  return limitHeaders({ most, left: most - used, resetMs: untilMs })
}

/** The headers that tell an account what is left. */
export function limitHeaders({ most, left, resetMs }: { most: number; left: number; resetMs: number }) {
  return {
    "x-bapi-limit": String(most),
    "x-bapi-limit-status": String(left),
    "x-bapi-limit-reset-timestamp": String(resetMs),
  }
}
