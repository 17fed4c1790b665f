import { operationNamed } from "../../protocol/operations.ts"
import { Params } from "../../protocol/params.ts"
import { Refusal } from "../../refusal.ts"
import type { Exchange } from "../../exchange-state.ts"
import { atOnce, LongAnswer } from "../../long-work.ts"

/** Client ids that are looked up. */
const MOST_IDS = 40

/** All that an exchange answers about its accounts and markets, by its own requests; two alike are the same. */
export function answersOf(exchange: Exchange): Record<string, unknown> {
  const { venue, keys } = exchange.state
  const ids = [...new Set(Array.from(venue.byClientId.keys(), (key) => key.split("/")[2]))].sort().slice(0, MOST_IDS)
  const accounts = [...venue.accounts.keys()].map((accountId) => ({
    account: answer(exchange, "account.status", accountId, {}),
    open: answer(exchange, "openOrders.status", accountId, {}),
    lists: answer(exchange, "openOrderLists.status", accountId, {}),
    allLists: answer(exchange, "allOrderLists", accountId, {}),
    symbols: [...venue.markets.keys()].map((symbol) => ({
      orders: answer(exchange, "allOrders", accountId, { symbol, limit: "1000" }),
      fills: answer(exchange, "myTrades", accountId, { symbol, limit: "1000" }),
      named: ids.map((origClientOrderId) => found(exchange, accountId, { symbol, origClientOrderId })),
    })),
  }))
  const markets = [...venue.markets.keys()].map((symbol) => ({
    depth: answer(exchange, "depth", 1, { symbol, limit: "100" }),
    trades: answer(exchange, "trades.recent", 1, { symbol, limit: "1000" }),
    minutes: answer(exchange, "klines", 1, { symbol, interval: "1m", limit: "180" }),
    hours: answer(exchange, "klines", 1, { symbol, interval: "1h", limit: "24" }),
  }))
  return { nowMs: venue.nowMs, keys: [...keys.values()], accounts, markets }
}

function answer({ state }: Exchange, name: string, accountId: number, params: Record<string, string>): unknown {
  const { venue } = state
  const account = venue.account(accountId)
  const key = [...state.keys.values()][0]
  const act = operationNamed(name)!.prepare({
    state,
    venue,
    params: new Params(params),
    account,
    key,
    nowMs: venue.nowMs,
  })
  const answered = act()
  return answered instanceof LongAnswer ? atOnce(answered.work) : answered
}

/** The order with a client id; undefined when there is none. */
function found(exchange: Exchange, accountId: number, params: Record<string, string>): unknown {
  try {
    return answer(exchange, "order.status", accountId, params)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
