import type { Permissions } from "../account/account.ts"
import { accountInfo, coinInfo, feeRates, keyRights, walletBalance } from "./bybit-account.ts"
import type { BybitAsk } from "./bybit-ask.ts"
import { executions } from "./bybit-executions.ts"
import type { BybitInput } from "./bybit-input.ts"
import { candles, instruments, orderBook, recentTrades, serverTime, tickers } from "./bybit-market.ts"
import { amendOrder, cancelAllOrders, cancelOrder } from "./bybit-order-change.ts"
import { createOrder } from "./bybit-order-create.ts"
import { orderHistory, realtimeOrders } from "./bybit-order-lists.ts"

/** One request Bybit's REST knows. */
export type BybitRoute = {
  /** By which faults strike, and the log writes. */
  operation: string | ((input: BybitInput | undefined) => string)
  /** The right its key needs; undefined where anybody may ask. */
  needs?: keyof Permissions
  /** What its orderLinkId is in the log: the name of a new order, or of one that exists. */
  names?: "newClientOrderId" | "origClientOrderId"
  answer(ask: BybitAsk): unknown
}

const byName = { needs: "reading", names: "origClientOrderId" } as const
const changing = { needs: "trading", names: "origClientOrderId" } as const

/** By method and path. */
export const bybitRoutes: ReadonlyMap<string, BybitRoute> = new Map<string, BybitRoute>([
  ["GET /v5/market/time", { operation: "time", answer: serverTime }],
  ["GET /v5/market/instruments-info", { operation: "exchangeInfo", answer: instruments }],
  ["GET /v5/market/kline", { operation: "klines", answer: candles }],
  ["GET /v5/market/tickers", { operation: "ticker.24hr", answer: tickers }],
  ["GET /v5/market/orderbook", { operation: "depth", answer: orderBook }],
  ["GET /v5/market/recent-trade", { operation: "trades.recent", answer: recentTrades }],
  ["GET /v5/user/query-api", { operation: "-keyPermissions", needs: "reading", answer: keyRights }],
  ["GET /v5/account/info", { operation: "account.info", needs: "reading", answer: accountInfo }],
  ["GET /v5/account/wallet-balance", { operation: "account.status", needs: "reading", answer: walletBalance }],
  ["GET /v5/account/fee-rate", { operation: "account.commission", needs: "reading", answer: feeRates }],
  ["GET /v5/asset/coin/query-info", { operation: "-coins", needs: "reading", answer: coinInfo }],
  [
    "POST /v5/order/create",
    { operation: createOperation, needs: "trading", names: "newClientOrderId", answer: createOrder },
  ],
  ["POST /v5/order/amend", { operation: "order.amend", ...changing, answer: amendOrder }],
  ["POST /v5/order/cancel", { operation: "order.cancel", ...changing, answer: cancelOrder }],
  ["POST /v5/order/cancel-all", { operation: "openOrders.cancelAll", ...changing, answer: cancelAllOrders }],
  ["GET /v5/order/realtime", { operation: realtimeOperation, ...byName, answer: realtimeOrders }],
  ["GET /v5/order/history", { operation: historyOperation, ...byName, answer: orderHistory }],
  ["GET /v5/execution/list", { operation: "myTrades", ...byName, answer: executions }],
])

/** The operation's name of a route for what is sent. */
export function operationOf({ operation }: BybitRoute, input: BybitInput | undefined): string {
  return typeof operation === "string" ? operation : operation(input)
}

/** An entry with exits is a list of orders, as it is at Binance. */
function createOperation(input: BybitInput | undefined): string {
  const [profit, loss] = [input?.text("takeProfit"), input?.text("stopLoss")]
  if (profit !== undefined && loss !== undefined) return "orderList.place.opoco"
  return profit === undefined && loss === undefined ? "order.place" : "orderList.place.opo"
}

function realtimeOperation(input: BybitInput | undefined): string {
  if (namesOne(input)) return "order.status"
  return input?.text("openOnly") === "1" ? "allOrders" : "openOrders.status"
}

function historyOperation(input: BybitInput | undefined): string {
  return namesOne(input) ? "order.status" : "allOrders"
}

function namesOne(input: BybitInput | undefined): boolean {
  return input?.text("orderId") !== undefined || input?.text("orderLinkId") !== undefined
}
