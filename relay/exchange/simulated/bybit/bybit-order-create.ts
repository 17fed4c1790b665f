import { decimalFrom } from "../decimal.ts"
import type { Market } from "../market/market.ts"
import { ensureQuoted } from "../matching/market-tick.ts"
import { crosses, opposite } from "../matching/order-book.ts"
import { carryOut, type BybitAsk } from "./bybit-ask.ts"
import { orderFilterOf } from "./bybit-order.ts"
import { type BybitOrder, bybitOrderFrom, type Exit } from "./bybit-order-request.ts"
import { refuseAs } from "./bybit-refusals.ts"

const MOST_OPEN = 500
/** Of TP/SL orders, and as many conditional ones, on one market. */
const MOST_STOPS = 30

type Given = Record<string, string | undefined>

/** POST /v5/order/create: the answer acknowledges the order, and the stream says how it went on. */
export function createOrder(ask: BybitAsk) {
  const { venue, input } = ask
  const order = bybitOrderFrom(input, (symbol) => venue.markets.get(symbol) ?? refuseAs(170121))
  const market = venue.market(order.symbol)
  ensureQuoted(venue, market)
  checkPriceBand(market, order, market.averagePrice(venue.nowMs))
  checkCounts(ask, order)
  const { orderId } = placed(ask, market, order) as { orderId: number }
  return { orderId: String(orderId), orderLinkId: order.orderLinkId ?? "" }
}

function placed(ask: BybitAsk, market: Market, order: BybitOrder): unknown {
  const endsAs = ask.strike?.name === "F90" ? "REJECTED" : wouldTake(market, order) ? "WOULD_TAKE" : undefined
  const hasExits = order.takeProfit !== undefined || order.stopLoss !== undefined
  if (hasExits) checkExits(order)
  if (hasExits && endsAs === undefined) return carryOut(ask, "-orderList.place.attached", attachedParams(order))
  return carryOut(ask, "-order.place.acknowledged", { ...orderParams(market, order), endsAs })
}

function wouldTake(market: Market, { timeInForce, filter, side, price }: BybitOrder): boolean {
  const best = market.book.best(opposite(side))
  if (timeInForce !== "PostOnly" || filter !== "Order" || price === undefined || !best) return false
  return crosses(side, decimalFrom(price), best.price)
}

/** A single order by Binance's names. */
function orderParams(market: Market, order: BybitOrder): Given {
  const type = typeOf(market, order)
  return {
    symbol: order.symbol,
    side: order.side,
    type,
    [order.isByQuote ? "quoteOrderQty" : "quantity"]: order.qty,
    price: order.price,
    timeInForce: type.includes("LIMIT") && type !== "LIMIT_MAKER" ? plainTimeInForce(order) : undefined,
    stopPrice: order.triggerPrice,
    newClientOrderId: order.orderLinkId,
    selfTradePreventionMode: "NONE",
    locksLate: order.filter === "StopOrder" ? "true" : undefined,
  }
}

/** Above the market waits a buyer's stop or a seller's take-profit; below it the other one. */
function typeOf({ lastPrice }: Market, { isLimit, timeInForce, triggerPrice, side }: BybitOrder): string {
  if (triggerPrice === undefined) return !isLimit ? "MARKET" : timeInForce === "PostOnly" ? "LIMIT_MAKER" : "LIMIT"
  const isAbove = decimalFrom(triggerPrice) > lastPrice
  return `${isAbove === (side === "BUY") ? "STOP_LOSS" : "TAKE_PROFIT"}${isLimit ? "_LIMIT" : ""}`
}

function plainTimeInForce({ timeInForce }: BybitOrder): string {
  return timeInForce === "PostOnly" ? "GTC" : timeInForce
}

/** An entry and its exits by Binance's names. */
function attachedParams(order: BybitOrder): Given {
  const { takeProfit, stopLoss } = order
  const isPair = takeProfit !== undefined && stopLoss !== undefined
  const exits = isPair
    ? { ...exitParams("pendingAbove", "TAKE_PROFIT", takeProfit), ...exitParams("pendingBelow", "STOP_LOSS", stopLoss) }
    : takeProfit
      ? exitParams("pending", "TAKE_PROFIT", takeProfit)
      : exitParams("pending", "STOP_LOSS", stopLoss!)
  return {
    symbol: order.symbol,
    selfTradePreventionMode: "NONE",
    workingType: order.timeInForce === "PostOnly" ? "LIMIT_MAKER" : "LIMIT",
    workingSide: order.side,
    workingPrice: order.price,
    workingQuantity: order.qty,
    workingTimeInForce: order.timeInForce === "PostOnly" ? undefined : order.timeInForce,
    workingClientOrderId: order.orderLinkId,
    pendingSide: "SELL",
    ...exits,
  }
}

function exitParams(prefix: string, type: string, { triggerPrice, limitPrice }: Exit): Given {
  const hasLimit = limitPrice !== undefined
  return {
    [`${prefix}Type`]: hasLimit ? `${type}_LIMIT` : type,
    [`${prefix}StopPrice`]: triggerPrice,
    [`${prefix}Price`]: limitPrice,
    [`${prefix}TimeInForce`]: hasLimit ? "GTC" : undefined,
  }
}

/** Exits are for limit entries; here they sell what a purchase received. */
function checkExits({ isLimit, filter, side, price, takeProfit, stopLoss }: BybitOrder): void {
  if (!isLimit || filter !== "Order" || side !== "BUY")
    refuseAs(10001, "params error: takeProfit and stopLoss are only for limit orders to buy")
  if (stopLoss && Number(stopLoss.triggerPrice) >= Number(price))
    refuseAs(10001, "params error: the stop loss price must be below the order price")
  if (takeProfit && Number(takeProfit.triggerPrice) <= Number(price))
    refuseAs(10001, "params error: the take profit price must be above the order price")
}

function checkPriceBand({ rules }: Market, { side, price: text }: BybitOrder, average: bigint): void {
  if (text === undefined) return
  const price = decimalFrom(text)
  const [most, least] = [(average * rules.priceUp) / 100_000_000n, (average * rules.priceDown) / 100_000_000n]
  if (price > most) refuseAs(side === "BUY" ? 170193 : 170132)
  if (price < least) refuseAs(side === "SELL" ? 170194 : 170133)
}

function checkCounts({ venue, account }: BybitAsk, { filter, symbol }: BybitOrder): void {
  const open = [...venue.openOrdersOf.get(account.id)!].filter(({ status }) => status !== "PENDING_NEW")
  if (open.length >= MOST_OPEN) refuseAs(170810)
  if (filter === "Order") return
  const same = open.filter((one) => one.symbol === symbol && !one.isWorking && orderFilterOf(one) === filter)
  if (same.length >= MOST_STOPS) refuseAs(170810)
}
