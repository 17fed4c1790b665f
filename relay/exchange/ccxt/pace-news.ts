import type { RealVenueId } from "#venues"
import { retryAfterMs } from "../failure.ts"
import type { BudgetNews } from "./weight-budget.ts"

type Answer = { status: number; headers: Record<string, string>; body: string; nowMs: number }

const TOO_MUCH = 429
const BANNED = 418
/** Too many orders of one account: other requests are as welcome as before. */
const TOO_MANY_ORDERS = "-1015"
/**
 * "Terminate all HTTP sessions and wait for 10 minutes." Any front server may say 403 once, and a position may be without
 * its stop: it is asked again sooner, and each time later. Source: https://bybit-exchange.github.io/docs/v5/rate-limit
 */
const BYBIT_BANNED_MS = 600_000
/** Its limits count seconds. */
const NEXT_SECOND_MS = 1_000

/** What an answer says of how much this address asks; undefined where it says nothing. */
export const paceNews: Readonly<Record<RealVenueId, (answer: Answer) => BudgetNews | undefined>> = {
  binance({ status, headers, body }) {
    if (body.includes(TOO_MANY_ORDERS)) return undefined
    return { status, usedWeight: usedIn(headers), retryAfterMs: retryAfterMs(headers) }
  },
  // Bybit says it with a code of its own, in an answer that HTTP calls fine.
  bybit({ status, headers, body, nowMs }) {
    if (status === 403)
      return { status: BANNED, usedWeight: undefined, retryAfterMs: undefined, atMostMs: BYBIT_BANNED_MS }
    const isTooMuch = /"retCode"\s*:\s*(10006|10018|170222)\b/.test(body)
    if (!isTooMuch) return { status, usedWeight: undefined, retryAfterMs: undefined }
    const untilMs = Number(headerOf(headers, "x-bapi-limit-reset-timestamp") ?? Number.NaN)
    const waitMs = Math.max(NEXT_SECOND_MS, Number.isNaN(untilMs) ? 0 : untilMs - nowMs)
    return { status: TOO_MUCH, usedWeight: undefined, retryAfterMs: waitMs }
  },
  coinbase: ({ status, headers }) => ({
    status,
    usedWeight: undefined,
    retryAfterMs: retryAfterMs(headers) ?? NEXT_SECOND_MS,
  }),
}

function usedIn(headers: Record<string, string>): number | undefined {
  const used = Number(headerOf(headers, "x-mbx-used-weight-1m") ?? Number.NaN)
  return Number.isNaN(used) ? undefined : used
}

function headerOf(headers: Record<string, string>, wanted: string): string | undefined {
  return Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === wanted)?.[1]
}
