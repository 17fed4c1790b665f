import {
  type Account,
  balanceOf,
  type Commission,
  commissionFor,
  credit,
  releaseTo,
  spendLocked,
  topUp,
} from "../account/account.ts"
import { costWithFee, costWithin } from "../account/quote-fees.ts"
import { addTo, type Decimal, greatest, least, times } from "../decimal.ts"
import { nextMatch, previewMatch, type Match, type Taker } from "./matching.ts"
import type { Market } from "../market/market.ts"
import {
  type ExpiryReason,
  type Fill,
  hasLimit,
  isOpen,
  leftOf,
  moveOrder,
  type Order,
  type OrderStatus,
  worstPrice,
} from "./order.ts"
import { keepForExits } from "./received-lock.ts"
import type { Venue } from "../venue.ts"

/** An order meets the book: takes what it may, then rests, or ends, as its type and time in force say. */
export function execute(venue: Venue, market: Market, order: Order): void {
  const taker = takerOf(venue, order, market)
  if (order.type === "LIMIT_MAKER") return rest(market, order)
  if (order.timeInForce === "FOK" && previewMatch(market.book, taker).quantity < leftOf(order))
    return endOrder(venue, order, "EXPIRED", "UNFILLED_FOK_ORDER_EXPIRED")
  runTaker(venue, market, taker, order)
  if (!isOpen(order)) return
  if (!hasLimit(order.type)) endOrder(venue, order, "EXPIRED", "INSUFFICIENT_LIQUIDITY")
  else if (order.timeInForce !== "GTC") endOrder(venue, order, "EXPIRED", "UNFILLED_IOC_QUANTITY_EXPIRED")
  else rest(market, order)
}

/** How an order takes from the book. A buy without a limit may spend no more than its lock holds, fees included. */
export function takerOf(venue: Venue, order: Order, market: Market): Taker {
  const isLimited = hasLimit(order.type)
  return {
    side: order.side,
    limit: isLimited ? order.price : undefined,
    left: leftOf(order),
    budget:
      isLimited || order.side === "SELL" ? undefined : costWithin(venue.account(order.accountId), order.lock.amount),
    accountId: order.accountId,
    selfTrade: order.selfTrade,
    stepSize: market.rules.stepSize,
  }
}

/** Trades a taker against the book until nothing fits; `order` is undefined for the market itself. */
export function runTaker(venue: Venue, market: Market, taker: Taker, order: Order | undefined): void {
  while (taker.left > 0n && (!order || isOpen(order))) {
    const step = nextMatch(market.book, taker)
    if (step.kind === "done") return
    if (step.kind === "self") preventSelfTrade(venue, order!, step.maker.order!)
    else settle(venue, market, step.match, taker, order)
  }
}

/** Reserves more of the free balance when a triggered market buy would cost more than was locked at its stop price. */
export function topUpForMarket(venue: Venue, market: Market, order: Order): void {
  if (order.side === "SELL" || hasLimit(order.type)) return
  const account = venue.account(order.accountId)
  const { quote } = previewMatch(market.book, { ...takerOf(venue, order, market), budget: undefined })
  const cost = costWithFee(account, quote)
  if (cost > order.lock.amount) topUp(account, order.lock, cost - order.lock.amount)
}

/** Ends an open order, takes it off the book, frees its lock, and notifies its list. */
export function endOrder(
  venue: Venue,
  order: Order,
  status: "CANCELED" | "EXPIRED" | "EXPIRED_IN_MATCH",
  reason: ExpiryReason | undefined,
): void {
  const market = venue.market(order.symbol)
  takeOffBook(market, order)
  moveOrder(order, status, venue.nowMs)
  order.expiryReason = reason
  releaseTo(venue.account(order.accountId), order.lock, neededBy(venue, order))
  venue.report(status === "CANCELED" ? "CANCELED" : status === "EXPIRED" ? "EXPIRED" : "TRADE_PREVENTION", order)
  venue.orderEnded(order)
}

function rest(market: Market, order: Order): void {
  const resting = { side: order.side, price: order.price, left: leftOf(order), order }
  market.resting.set(order.orderId, resting)
  market.book.add(resting)
  market.updateId++
}

/** Takes an order from the book and from what waits for a price. */
export function takeOffBook(market: Market, order: Order): void {
  const resting = market.resting.get(order.orderId)
  if (resting) market.book.remove(resting)
  market.resting.delete(order.orderId)
  market.waiting.delete(order)
  market.updateId++
}

function preventSelfTrade(venue: Venue, taker: Order, maker: Order): void {
  if (taker.selfTrade !== "EXPIRE_TAKER") endOrder(venue, maker, "EXPIRED_IN_MATCH", undefined)
  if (taker.selfTrade !== "EXPIRE_MAKER") endOrder(venue, taker, "EXPIRED_IN_MATCH", undefined)
}

function settle(
  venue: Venue,
  market: Market,
  { maker, price, quantity }: Match,
  taker: Taker,
  order: Order | undefined,
): void {
  const quote = times(price, quantity)
  taker.left -= quantity
  if (taker.budget !== undefined) taker.budget -= quote
  market.updateId++
  const ids = { maker: maker.order?.orderId ?? 0, taker: order?.orderId ?? 0 }
  const isBuyerMaker = maker.side === "BUY"
  const trade = market.print({
    timeMs: venue.nowMs,
    price,
    quantity,
    quote,
    isBuyerMaker,
    buyerOrderId: isBuyerMaker ? ids.maker : ids.taker,
    sellerOrderId: isBuyerMaker ? ids.taker : ids.maker,
  })
  const dealt = { tradeId: trade.id, price, quantity, quote }
  const [taken, made] = [
    { mine: order, side: taker.side, deal: { ...dealt, isMaker: false } },
    { mine: maker.order, side: maker.side, deal: { ...dealt, isMaker: true } },
  ]
  for (const { mine, side, deal } of [taken, made])
    if (mine) fillOrder(venue, market, mine, deal)
    else gain(venue, market, side === "BUY", quantity, quote)
  venue.emit({ kind: "trade", market, trade, atMs: venue.nowMs })
  // What waits for one side may trade at once, so it starts only when the whole trade is booked.
  for (const { mine } of [taken, made]) if (mine) wakeList(venue, mine)
}

function wakeList(venue: Venue, order: Order): void {
  venue.expireRivals(order)
  if (order.status === "FILLED") venue.orderEnded(order)
}

type Deal = { tradeId: number; price: Decimal; quantity: Decimal; quote: Decimal; isMaker: boolean }

function fillOrder(venue: Venue, market: Market, order: Order, deal: Deal): void {
  const account = venue.account(order.accountId)
  const { base, quote } = market.rules
  const isBuyer = order.side === "BUY"
  const received = isBuyer ? { asset: base, amount: deal.quantity } : { asset: quote, amount: deal.quote }
  spendLocked(account, order.lock, isBuyer ? deal.quote : deal.quantity)
  const commission = commissionFor(account, {
    received: received.asset,
    amount: received.amount,
    quote: deal.quote,
    quoteAsset: quote,
    isMaker: deal.isMaker,
    bnbPrice: bnbPriceIn(venue, quote),
  })
  credit(account, received.asset, received.amount)
  payCommission(account, order, commission)
  addTo(venue.feesTaken, commission.asset, commission.amount)
  keepForExits(venue, order, { account, received, commission })
  order.executed += deal.quantity
  order.executedQuote += deal.quote
  const fill: Fill = {
    ...deal,
    symbol: order.symbol,
    orderId: order.orderId,
    listId: order.listId,
    commission: commission.amount,
    commissionAsset: commission.asset,
    timeMs: venue.nowMs,
    isBuyer,
  }
  order.fills.push(fill)
  const status: OrderStatus = leftOf(order) === 0n ? "FILLED" : "PARTIALLY_FILLED"
  moveOrder(order, status, venue.nowMs)
  if (status === "FILLED") takeOffBook(market, order)
  releaseTo(account, order.lock, neededBy(venue, order))
  venue.report("TRADE", order, fill)
}

/** A fee on top of a purchase was locked with it; rates may have risen since, then the rest is free money, or forgiven. */
function payCommission(account: Account, order: Order, commission: Commission): void {
  if (!account.paysFeesInQuote || order.side === "SELL") return credit(account, commission.asset, -commission.amount)
  const locked = least(commission.amount, order.lock.amount)
  spendLocked(account, order.lock, locked)
  const rest = least(commission.amount - locked, balanceOf(account, commission.asset).free)
  credit(account, commission.asset, -rest)
  commission.amount = locked + rest
}

/** What an order, or the OCO it shares its lock with, still needs locked. */
function neededBy(venue: Venue, order: Order): Decimal {
  const list = venue.lists.get(order.listId)
  const sharing = list
    ? list.orderIds.map((id) => venue.orders.get(id)!).filter((one) => one.lock === order.lock)
    : [order]
  const account = venue.account(order.accountId)
  return sharing.reduce((most, one) => greatest(most, needOf(account, one)), 0n)
}

function needOf(account: Account, order: Order): Decimal {
  if (!isOpen(order) || order.status === "PENDING_NEW") return 0n
  if (order.side === "SELL") return leftOf(order)
  return hasLimit(order.type) ? costWithFee(account, times(worstPrice(order), leftOf(order))) : order.lock.amount
}

function gain(venue: Venue, { rules }: Market, isBuyer: boolean, quantity: Decimal, quote: Decimal): void {
  addTo(venue.marketGain, rules.base, isBuyer ? quantity : -quantity)
  addTo(venue.marketGain, rules.quote, isBuyer ? -quote : quote)
}

/** BNB's price in a quote asset, for fees paid in BNB; undefined where no such market exists. */
function bnbPriceIn(venue: Venue, quote: string): Decimal | undefined {
  return venue.markets.get(`BNB${quote}`)?.lastPrice
}
