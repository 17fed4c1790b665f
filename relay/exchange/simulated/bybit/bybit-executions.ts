import type { Fill, Order } from "../matching/order.ts"
import type { BybitAsk } from "./bybit-ask.ts"
import { execIdOf, executionRow } from "./bybit-execution.ts"
import { isShown } from "./bybit-order.ts"
import { namedOrders } from "./bybit-order-lists.ts"
import { pageOf, windowFrom } from "./bybit-page.ts"
import { refuseAs } from "./bybit-refusals.ts"

const USUAL_PAGE = 50
const MOST_PAGE = 100

/** GET /v5/execution/list: fills, newest first. */
export function executions(ask: BybitAsk) {
  const { input, venue } = ask
  input.checkCategory()
  const { startMs, endMs } = windowFrom(input, venue.nowMs)
  const named = namedOrders(ask)
  const isIn = ({ timeMs }: Fill) => named !== undefined || (timeMs >= startMs && timeMs <= endMs)
  const wanted = (input.text("execType") ?? "Trade") === "Trade" ? (named ?? ordersOf(ask)) : []
  const fills = wanted.flatMap((order) => order.fills.filter(isIn).map((fill) => ({ order, fill })))
  const limit = input.limit(USUAL_PAGE, MOST_PAGE)
  const placeOf = ({ fill }: (typeof fills)[number]) => ({ atMs: fill.timeMs, number: BigInt(execIdOf(fill)) })
  const { rows, nextPageCursor } = pageOf(fills, { input, limit, placeOf })
  return { category: "spot", nextPageCursor, list: rows.map(({ order, fill }) => executionRow(venue, order, fill)) }
}

function ordersOf({ input, venue, account }: BybitAsk): Order[] {
  const [symbol, base] = [input.text("symbol"), input.text("baseCoin")]
  if (symbol !== undefined && !venue.markets.has(symbol)) refuseAs(170121)
  return venue.ordersOf
    .get(account.id)!
    .filter(
      (order) =>
        isShown(venue, order) &&
        (symbol === undefined || order.symbol === symbol) &&
        (base === undefined || venue.markets.get(order.symbol)?.rules.base === base),
    )
}
