import { type Decimal, times } from "../decimal.ts"
import type { Market } from "../market/market.ts"
import type { SymbolRules } from "../market/symbol-rules.ts"
import type { Side } from "../matching/order.ts"
import { amountFrom, type BybitInput } from "./bybit-input.ts"
import type { OrderFilter } from "./bybit-order.ts"
import { refuseAs } from "./bybit-refusals.ts"

/** An exit attached to an entry: where it triggers, and its limit, if it has one. */
export type Exit = { triggerPrice: string; limitPrice: string | undefined }

/** A new order as sent, read and checked against what its market demands. */
export type BybitOrder = {
  symbol: string
  side: Side
  isLimit: boolean
  qty: string
  /** The quantity is money to spend or earn. */
  isByQuote: boolean
  price: string | undefined
  timeInForce: "GTC" | "IOC" | "FOK" | "PostOnly"
  filter: OrderFilter
  triggerPrice: string | undefined
  orderLinkId: string | undefined
  takeProfit: Exit | undefined
  stopLoss: Exit | undefined
}

const filters = ["Order", "tpslOrder", "StopOrder"] as const
const ORDER_LINK_ID = /^[A-Za-z0-9_-]{1,36}$/

/** Reads a new order, in Bybit's order of complaints. */
export function bybitOrderFrom(input: BybitInput, marketOf: (symbol: string) => Market): BybitOrder {
  input.checkCategory()
  const market = marketOf(input.required("symbol"))
  const side = sideFrom(input)
  const isLimit = isLimitFrom(input)
  const filter = filterFrom(input)
  const order: BybitOrder = {
    symbol: market.rules.symbol,
    side,
    isLimit,
    qty: input.decimal("qty") ?? refuseAs(10001, "params error: qty is missing"),
    isByQuote: !isLimit && filter === "Order" && isByQuoteFrom(input, side),
    price: isLimit ? (input.decimal("price") ?? refuseAs(10001, "params error: price is missing")) : undefined,
    timeInForce: timeInForceFrom(input),
    filter,
    triggerPrice: filter === "Order" ? undefined : (input.decimal("triggerPrice") ?? refuseAs(170203)),
    orderLinkId: orderLinkIdFrom(input),
    takeProfit: exitFrom(input, "takeProfit", "tp"),
    stopLoss: exitFrom(input, "stopLoss", "sl"),
  }
  checkAmounts(market, order)
  return order
}

function sideFrom(input: BybitInput): Side {
  const side = input.required("side")
  return side === "Buy" ? "BUY" : side === "Sell" ? "SELL" : refuseAs(170117)
}

function isLimitFrom(input: BybitInput): boolean {
  const type = input.required("orderType")
  return type === "Limit" || (type === "Market" ? false : refuseAs(170116))
}

/** A trigger price alone makes a conditional order. */
function filterFrom(input: BybitInput): OrderFilter {
  const filter = input.text("orderFilter")
  if (filter === undefined) return input.text("triggerPrice") === undefined ? "Order" : "StopOrder"
  return filters.find((one) => one === filter) ?? refuseAs(170202)
}

/** Market orders to buy are in money unless they say otherwise; to sell, in coins. */
function isByQuoteFrom(input: BybitInput, side: Side): boolean {
  const unit = input.oneOf("marketUnit", ["baseCoin", "quoteCoin"]) ?? (side === "BUY" ? "quoteCoin" : "baseCoin")
  return unit === "quoteCoin"
}

function timeInForceFrom(input: BybitInput): BybitOrder["timeInForce"] {
  const text = input.text("timeInForce") ?? "GTC"
  return (["GTC", "IOC", "FOK", "PostOnly"] as const).find((one) => one === text) ?? refuseAs(170115)
}

function orderLinkIdFrom(input: BybitInput): string | undefined {
  const id = input.text("orderLinkId")
  return id === undefined || ORDER_LINK_ID.test(id) ? id : refuseAs(10001, "params error: orderLinkId invalid")
}

function exitFrom(input: BybitInput, name: "takeProfit" | "stopLoss", prefix: "tp" | "sl"): Exit | undefined {
  const triggerPrice = input.decimal(name)
  if (triggerPrice === undefined || Number(triggerPrice) === 0) return undefined
  const type = input.oneOf(`${prefix}OrderType`, ["Market", "Limit"]) ?? "Market"
  const limitPrice = input.decimal(`${prefix}LimitPrice`)
  if (type === "Limit" && limitPrice === undefined) refuseAs(10001, `params error: ${prefix}LimitPrice is missing`)
  return { triggerPrice, limitPrice: type === "Limit" ? limitPrice : undefined }
}

function checkAmounts({ rules, lastPrice }: Market, order: BybitOrder): void {
  const prices = [order.price, order.triggerPrice, ...[order.takeProfit, order.stopLoss].flatMap(pricesOf)]
  for (const price of prices) if (price !== undefined) checkPrice(price, rules)
  const price = order.price ?? order.triggerPrice
  checkQuantity(order, rules, price === undefined ? lastPrice : amountFrom(price, 170134))
}

function pricesOf(exit: Exit | undefined): (string | undefined)[] {
  return [exit?.triggerPrice, exit?.limitPrice]
}

/** Refuses a price that is off the market's grid or beyond its bounds. */
export function checkPrice(text: string, { tickSize, minPrice, maxPrice }: SymbolRules): void {
  const price = amountFrom(text, 170134)
  if (price % tickSize !== 0n) refuseAs(170134)
  if (price < minPrice) refuseAs(170133)
  if (price > maxPrice) refuseAs(170132)
}

/** Refuses a quantity the market does not take, or one that is worth too little or too much at a price. */
export function checkQuantity(
  { qty, isByQuote, isLimit }: Pick<BybitOrder, "qty" | "isByQuote" | "isLimit">,
  rules: SymbolRules,
  price: Decimal,
): void {
  const amount = amountFrom(qty, isByQuote ? 170148 : 170137)
  if (!isByQuote) checkLots(amount, rules, isLimit)
  const worth = isByQuote ? amount : times(price, amount)
  if (worth < rules.minNotional) refuseAs(170140)
  if (isLimit && worth > rules.maxNotional) refuseAs(170124)
}

function checkLots(amount: Decimal, rules: SymbolRules, isLimit: boolean): void {
  if (amount % rules.stepSize !== 0n) refuseAs(170137)
  if (amount < rules.minQuantity || amount === 0n) refuseAs(170136)
  if (amount > (isLimit ? rules.maxQuantity : rules.maxMarketQuantity)) refuseAs(170135)
}
