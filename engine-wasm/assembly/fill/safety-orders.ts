// Safety orders of the default fills: limit orders below the last fill, before the stop, which then lies under the new
// average.
import { Account, freeCash, setting, wholeSetting } from "../account/account"
import { applyEntry } from "../account/apply-fill"
import { Fill, fillOf } from "../account/fill"
import { MarketBook } from "../account/market-book"
import { toTick } from "../account/market-rules"
import { ExitReasonCode, RejectedReasonCode } from "../account/record"
import { reject } from "../account/recorded"
import { Setting, StopKind } from "../account/setting"
import { affordable, Amount, costOf, isMore, refused, tradable } from "../decide/sizing"
import { away, firstStop, followFrom } from "../decide/stops"
import { BaseCandle, reachesDown } from "./base-candle"

/** What this mode alone remembers of a market: the first entry's quantity, the last fill, how many have filled. */
@unmanaged
class SafetyOrders {
  firstQuantity: f64
  lastPrice: f64
  count: i32
}

// @ts-ignore: decorator
@inline
function ordersOf(book: MarketBook): SafetyOrders {
  return changetype<SafetyOrders>(book.own)
}

/** A position has begun: its safety orders lie below. */
// @ts-ignore: decorator
@inline
export function startSafetyOrders(book: MarketBook, price: f64, quantity: f64): void {
  const orders = ordersOf(book)
  orders.firstQuantity = quantity
  orders.lastPrice = price
  orders.count = 0
}

/** Whether any is left. */
export function hasSafetyOrders(book: MarketBook): bool {
  return ordersOf(book).count < wholeSetting(Setting.addTimes)
}

/** Where the next one waits; NaN: none is left. */
export function safetyOrderPrice(book: MarketBook): f64 {
  return hasSafetyOrders(book) ? levelBelow(book, book.side, ordersOf(book).lastPrice) : NaN
}

/** Whether the candle comes to the next one. */
export function reachesSafetyOrder(book: MarketBook, candle: BaseCandle): bool {
  return reachesDown(book.side, candle.worst(book.side), levelBelow(book, book.side, ordersOf(book).lastPrice))
}

/** The cost of all that are left, if the candle that opened at `open` reaches them. */
export function mostAddedBelow(account: Account, book: MarketBook, open: f64): f64 {
  const orders = ordersOf(book)
  return mostAdded(book, book.side, orders.firstQuantity, orders.count, orders.lastPrice, open, freeCash(account))
}

/** The cost of all behind a fill at `last`, the n-th of them filled already, if the candle reaches them. */
export function mostAdded(book: MarketBook, side: i32, first: f64, n: i32, last: f64, open: f64, free: f64): f64 {
  let spent: f64 = 0
  while (first > 0 && n < wholeSetting(Setting.addTimes)) {
    n += 1
    last = fillPrice(book, side, last, open)
    spent += costOf(side, amountBelow(book, side, first, n, last, free - spent).quantity, last)
  }
  return spent
}

/** Fills those that the candle reaches. Says whether one filled. */
export function addBelow(account: Account, book: MarketBook, candle: BaseCandle): bool {
  const orders = ordersOf(book)
  const before = book.quantity
  const open = book.enteredInside == 0 ? candle.open : NaN
  while (hasSafetyOrders(book) && reachesSafetyOrder(book, candle)) {
    const price = fillPrice(book, book.side, orders.lastPrice, open)
    orders.count += 1
    orders.lastPrice = price
    const amount = amountBelow(book, book.side, orders.firstQuantity, orders.count, price, freeCash(account))
    if (amount.isRefused) reject(book, candle.timeMs, amount.refusal)
    else add(account, book, amount.quantity, price, candle.timeMs)
  }
  return book.quantity > before
}

/** Where the safety order behind a fill at `last` waits. */
function levelBelow(book: MarketBook, side: i32, last: f64): f64 {
  return toTick(book, away(last, side, -setting(Setting.addDropPercent)), side < 0)
}

/** What it fills at: its level, or the open where that is beyond it (NaN: the open came before the order). */
function fillPrice(book: MarketBook, side: i32, last: f64, open: f64): f64 {
  const level = levelBelow(book, side, last)
  return reachesDown(side, open, level) ? open : level
}

/** How much the n-th buys with this much free cash. */
function amountBelow(book: MarketBook, side: i32, first: f64, n: i32, price: f64, free: f64): Amount {
  const wanted = first * Math.pow(setting(Setting.addSizeMultiple), n)
  const most = affordable(free, side, price)
  return isMore(wanted, most) ? refused(RejectedReasonCode.cash) : tradable(book, min(wanted, most), price)
}

function add(account: Account, book: MarketBook, quantity: f64, price: f64, timeMs: f64): void {
  applyEntry(account, book, fillOf(quantity, price, price, timeMs))
  followAverage(book)
}

/** Stop, trailing and targets follow a new average entry. */
export function followAverage(book: MarketBook): void {
  const kind = book.stopKind
  // A liquidation price follows the average entry; any other stop that is not measured from the entry stays where it
  // is.
  if (kind == StopKind.percent || kind == StopKind.distance || book.stopReason == ExitReasonCode.liquidation) {
    book.stop = firstStop(book, kind, book.side, book.entryPrice, book.stopInput)
    book.stopReason = ExitReasonCode.stop
  }
  followFrom(book, book.entryPrice)
  for (let n = book.nextTarget; n < book.targetCount; n++) {
    const target = book.target(n)
    if (target.percent == target.percent) target.price = toTick(book, away(book.entryPrice, book.side, target.percent), book.side > 0)
  }
}

// Live: an exchange holds the orders.

/** The next safety order, with this much free cash: its price, and its quantity, 0 where there is none. */
export function nextSafetyOrder(book: MarketBook, free: f64): Fill {
  const orders = ordersOf(book)
  if (!hasSafetyOrders(book) || orders.firstQuantity <= 0) return fillOf(0, NaN, NaN, 0)
  const price = levelBelow(book, book.side, orders.lastPrice)
  const amount = amountBelow(book, book.side, orders.firstQuantity, orders.count + 1, price, free)
  return fillOf(amount.quantity, price, price, 0)
}

/** More of the first entry has filled. */
export function growFirstEntry(book: MarketBook, quantity: f64): void {
  ordersOf(book).firstQuantity += quantity
}

/** The one that waited has filled: the next lies below it. */
export function fillSafetyOrder(book: MarketBook, price: f64): void {
  ordersOf(book).count += 1
  ordersOf(book).lastPrice = price
}

/** The exchange takes none: the position has no more of them. */
export function forgoSafetyOrders(book: MarketBook): void {
  ordersOf(book).count = wholeSetting(Setting.addTimes)
}
