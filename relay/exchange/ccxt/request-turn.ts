import type { RealVenueId } from "#venues"
import type { CcxtClient } from "./ccxt-client.ts"
import { isPublic } from "./last-gate.ts"
import { askedOf, type Unsigned } from "./leaving-request.ts"
import { paceNews } from "./pace-news.ts"
import type { Priority, WeightBudget } from "./weight-budget.ts"

/** Binance's weights are five times what ccxt calls a cost. */
const WEIGHT_PER_COST = 5
/** Coinbase takes ten public requests a second of an address, and thirty of an account. */
const COINBASE_PUBLIC_WEIGHT = 3

/** What a request takes of a budget; `cost` is ccxt's word for it. */
const weights: Record<RealVenueId, (cost: () => number, api: unknown) => number> = {
  binance: (cost) => cost() * WEIGHT_PER_COST,
  bybit: () => 1,
  coinbase: (_, api) => (isPublic(api) ? COINBASE_PUBLIC_WEIGHT : 1),
}

/** Lets every request of a client wait for its turn in the budget of its address, in place of ccxt's own throttle. */
export function takeTurns(client: CcxtClient, venue: RealVenueId, budget: WeightBudget): void {
  client.enableRateLimit = false
  const fetch2 = client.fetch2.bind(client) as (...request: unknown[]) => Promise<unknown>
  const inTurn = async (path: string, api: unknown, method = "GET", params = {}, ...more: unknown[]) => {
    const cost = () => Number(client.calculateRateLimiterCost(api, method, path, params, (more[2] ?? {}) as object))
    await budget.turn(priorityOf(venue, api, { path, method, params }), weights[venue](cost, api))
    return fetch2(path, api, method, params, ...more)
  }
  client.fetch2 = inTurn as unknown as typeof client.fetch2
  const hear = client.onRestResponse.bind(client) as (...response: unknown[]) => unknown
  const hearAndLearn = (status: number, text: string, url: string, method: string, ...more: unknown[]) => {
    const [headers, body] = more as [Record<string, string>, string]
    const news = paceNews[venue]({ status, headers, body, nowMs: client.milliseconds() })
    if (news) budget.heard(news)
    return hear(status, text, url, method, ...more)
  }
  client.onRestResponse = hearAndLearn as unknown as typeof client.onRestResponse
}

/** How urgent a request is, read from what it asks. */
export function priorityOf(venue: RealVenueId, api: unknown, request: Unsigned): Priority {
  const { path } = request
  // The exchange's time is needed to sign.
  if (isPublic(api)) return /(^|\/)time$/.test(path) ? "settle" : "look"
  const asked = askedOf(venue, request)
  if (asked === undefined) return "look"
  if (asked.kind === "read")
    return /^(order|orderList|v5\/order\/realtime)$|historical\/\{/.test(path) ? "settle" : "protect"
  if (asked.kind === "create") return asked.side === "sell" ? "exit" : "enter"
  return asked.kind === "cancel" ? "exit" : "protect"
}
