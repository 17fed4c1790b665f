import type { Account } from "../account/account.ts"
import { costWithin } from "../account/quote-fees.ts"
import { type Decimal, times } from "../decimal.ts"
import { previewMatch } from "./matching.ts"
import type { Market } from "../market/market.ts"
import { ensureQuoted } from "./market-tick.ts"
import { hasLimit, isConditional, type Order } from "./order.ts"
import { crosses, opposite } from "./order-book.ts"
import type { NewOrder } from "../protocol/order-request.ts"
import { refuseFilter, reject, TooLarge } from "../refusal.ts"
import type { SymbolRules } from "../market/symbol-rules.ts"
import { isReached } from "./triggers.ts"
import type { Venue } from "../venue.ts"

/**
 * Checks an order against its market's filters and returns it complete: a market order in quote gets its quantity.
 * Source: https://developers.binance.com/docs/binance-spot-api-docs/filters
 */
export function checkFilters(venue: Venue, wanted: NewOrder, account?: Account): NewOrder {
  const market = venue.market(wanted.symbol)
  ensureQuoted(venue, market)
  const order = wanted.quoteQuantity > 0n ? { ...wanted, quantity: quantityFor(market, wanted, account) } : wanted
  checkPrices(venue, order)
  checkQuantity(market.rules, order)
  checkNotional(market.rules, order, hasLimit(order.type) ? order.price : market.averagePrice(venue.nowMs))
  return order
}

/** Checks an order's prices alone, for one that has no quantity yet. */
export function checkPrices(venue: Venue, order: NewOrder): void {
  const market = venue.market(order.symbol)
  if (hasLimit(order.type)) checkPrice(market.rules, order.price)
  if (order.stopPrice > 0n || (isConditional(order.type) && order.trailingDelta === 0))
    checkPrice(market.rules, order.stopPrice)
  checkTrailing(market.rules, order)
  if (hasLimit(order.type)) checkDistance(market.rules, order.price, market.averagePrice(venue.nowMs))
}

/**
 * The checks that need the matching engine: whether the market is open, the id is free, and the order would trigger
 * or trade where it must not.
 */
export function checkEngine(venue: Venue, accountId: number, order: NewOrder): void {
  const market = venue.market(order.symbol)
  if (market.rules.status !== "TRADING") reject("Market is closed.")
  if (venue.hasOpen(accountId, order.symbol, order.clientOrderId)) reject("Duplicate order sent.")
  const wouldTrigger = isConditional(order.type) && order.stopPrice > 0n && isReached(order, market.lastPrice)
  if (wouldTrigger) reject("Order would trigger immediately.")
  const best = market.book.best(opposite(order.side))
  if (order.type === "LIMIT_MAKER" && best && crosses(order.side, order.price, best.price))
    reject("Order would immediately match and take.")
}

/** The per-account limits of a market, for `added` more orders of which `algo` are stops. */
export function checkCounts(
  venue: Venue,
  accountId: number,
  rules: SymbolRules,
  added: { orders: number; algo: number; lists: number },
): void {
  const open = [...venue.openOrdersOf.get(accountId)!].filter((order) => order.symbol === rules.symbol)
  if (open.length + added.orders > rules.maxOrders) refuseFilter("MAX_NUM_ORDERS")
  if (added.algo > 0 && open.filter(isWaitingStop).length + added.algo > rules.maxAlgoOrders)
    refuseFilter("MAX_NUM_ALGO_ORDERS")
  const lists = new Set(open.filter((order) => order.listId !== -1).map((order) => order.listId))
  if (added.lists > 0 && lists.size + added.lists > rules.maxOrderLists) refuseFilter("MAX_NUM_ORDER_LISTS")
}

/** The limit on how much of the base asset an account may hold after buying. */
export function checkPosition(venue: Venue, accountId: number, order: NewOrder): void {
  const { rules } = venue.market(order.symbol)
  if (rules.maxPosition === 0n || order.side === "SELL") return
  const held = venue.account(accountId).balances.get(rules.base)
  const buying = [...venue.openOrdersOf.get(accountId)!]
    .filter((one) => one.symbol === order.symbol && one.side === "BUY")
    .reduce((sum, one) => sum + one.quantity - one.executed, 0n)
  if ((held ? held.free + held.locked : 0n) + buying + order.quantity > rules.maxPosition) refuseFilter("MAX_POSITION")
}

/** Whether the order counts as an algorithmic one: a stop still waiting. */
export function isWaitingStop(order: Pick<Order, "type" | "isWorking">): boolean {
  return isConditional(order.type) && !order.isWorking
}

function checkPrice(rules: SymbolRules, price: Decimal): void {
  if (price <= 0n || price < rules.minPrice || price > rules.maxPrice || price % rules.tickSize !== 0n)
    refuseFilter("PRICE_FILTER")
}

function checkQuantity(rules: SymbolRules, { quantity, type }: NewOrder): void {
  if (quantity > rules.maxQuantity) throw new TooLarge("LOT_SIZE")
  if (quantity <= 0n || quantity < rules.minQuantity || quantity % rules.stepSize !== 0n) refuseFilter("LOT_SIZE")
  if (type === "MARKET" && quantity > rules.maxMarketQuantity) refuseFilter("MARKET_LOT_SIZE")
}

function checkTrailing(rules: SymbolRules, { trailingDelta }: NewOrder): void {
  if (trailingDelta !== 0 && (trailingDelta < rules.minTrailingDelta || trailingDelta > rules.maxTrailingDelta))
    refuseFilter("TRAILING_DELTA")
}

function checkDistance(rules: SymbolRules, price: Decimal, averagePrice: Decimal): void {
  if (price > times(averagePrice, rules.priceUp) || price < times(averagePrice, rules.priceDown))
    refuseFilter("PERCENT_PRICE_BY_SIDE")
}

function checkNotional(rules: SymbolRules, { quantity, quoteQuantity, type }: NewOrder, price: Decimal): void {
  const notional = quoteQuantity > 0n ? quoteQuantity : times(price, quantity)
  if (hasLimit(type) && notional > rules.maxNotional) throw new TooLarge("NOTIONAL")
  if (notional < rules.minNotional) refuseFilter("NOTIONAL")
}

function quantityFor(market: Market, { side, quoteQuantity }: NewOrder, account: Account | undefined): Decimal {
  const { stepSize } = market.rules
  const left = 1n << 62n
  return previewMatch(market.book, {
    side,
    limit: undefined,
    left,
    budget: account && side === "BUY" ? costWithin(account, quoteQuantity) : quoteQuantity,
    accountId: undefined,
    selfTrade: "NONE",
    stepSize,
  }).quantity
}
