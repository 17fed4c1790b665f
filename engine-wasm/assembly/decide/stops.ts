// Where the stop stands: the first one, and the tighter ones that trailing and break-even put in its place.
import { setting } from "../account/account"
import { stopKindOf } from "./own-terms"
import { MarketBook, toTick } from "../account/market-book"
import { ExitReasonCode } from "../account/record"
import { Setting, StopKind } from "../account/setting"

/**
 * The first stop for an entry at `price`; NaN where there is none or it is not known. Rounded towards the entry:
 * never more risk.
 */
export function firstStop(book: MarketBook, side: i32, price: f64, waitingStop: f64): f64 {
  const kind = stopKindOf(book)
  if (kind == StopKind.percent) return toTick(book, away(price, side, -setting(Setting.stopPercent)), side > 0)
  if (kind == StopKind.distance) return toTick(book, price - <f64>side * waitingStop, side > 0)
  if (kind == StopKind.price) return toTick(book, waitingStop, side > 0)
  return NaN
}

/**
 * Price moved by percent in the position's favour (negative: against it). Worked in this order, 7 % below 100 is 93
 * and not a hair less, and 0 % is the price.
 */
// @ts-ignore: decorator
@inline
export function away(price: f64, side: i32, percent: f64): f64 {
  return price + (price * (<f64>side * percent)) / 100
}

/**
 * After a candle has finished: the best price is taken up, and the stop follows it where trailing or break-even say
 * so.
 */
export function followPrice(book: MarketBook, favourable: f64): void {
  if (<f64>book.side * (favourable - book.bestPrice) > 0) book.bestPrice = favourable
  trail(book)
  const at = setting(Setting.breakEvenAtPercent)
  if (at == at && isGained(book, at)) tighten(book, away(book.entryPrice, book.side, setting(Setting.breakEvenPlusPercent)), ExitReasonCode.breakEven)
}

/** The trailing stop behind the best price so far: its wide distance until armed, then its own. */
export function trail(book: MarketBook): void {
  const percent = setting(Setting.trailingPercent)
  if (percent == 0) return
  const armed = isGained(book, setting(Setting.trailingArmPercent))
  const distance = armed ? percent : setting(Setting.trailingBeforeArmPercent)
  if (distance > 0) tighten(book, away(book.bestPrice, book.side, -distance), ExitReasonCode.trailing)
}

/** Whether the best price was at least this many percent better than the entry. */
// @ts-ignore: decorator
@inline
function isGained(book: MarketBook, percent: f64): bool {
  const level = away(book.entryPrice, book.side, percent)
  return book.side > 0 ? book.bestPrice >= level : book.bestPrice <= level
}

/** Moves the stop only towards the price. */
function tighten(book: MarketBook, price: f64, reason: i32): void {
  const stop = toTick(book, price, book.side > 0)
  if (book.stop == book.stop && <f64>book.side * (stop - book.stop) <= 0) return
  book.stop = stop
  book.stopReason = reason
}
