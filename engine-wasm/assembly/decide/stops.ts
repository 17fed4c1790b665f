// The stop's price: the first one, and the tighter ones from trailing and break-even.
import { setting } from "../account/account"
import { MarketBook } from "../account/market-book"
import { marketSetting, toTick } from "../account/market-rules"
import { ExitReasonCode } from "../account/record"
import { MarketSetting, Setting, StopKind } from "../account/setting"
import { decimal } from "../decimal"

/**
 * The first stop for an entry at `price`; NaN where there is none or it is unknown. Rounded towards the entry: never
 * more risk.
 */
// @ts-ignore: decorator
@inline
export function firstStop(book: MarketBook, kind: i32, side: i32, price: f64, input: f64): f64 {
  if (kind == StopKind.percent) return toTick(book, away(price, side, -setting(Setting.stopPercent)), side > 0)
  if (kind == StopKind.distance) return toTick(book, price - <f64>side * input, side > 0)
  if (kind == StopKind.price) return toTick(book, input, side > 0)
  return NaN
}

/**
 * Price moved by percent in the position's favour (negative: against it): 7 % below 1.00 is 0.93 and not a hair more,
 * and 0 % is the price.
 */
export function away(price: f64, side: i32, percent: f64): f64 {
  return percent == 0 ? price : decimal(price + (price * (<f64>side * percent)) / 100, price)
}

/**
 * After a candle has finished: updates the best price, and moves the stop after it where trailing or break-even
 * apply.
 */
export function followPrice(book: MarketBook, favourable: f64): void {
  if (<f64>book.side * (favourable - book.bestPrice) > 0) {
    book.bestPrice = favourable
    trail(book)
  }
  const at = setting(Setting.breakEvenAtPercent)
  if (at == at && isGained(book, at))
    tighten(book, away(book.entryPrice, book.side, setting(Setting.breakEvenPlusPercent)), ExitReasonCode.breakEven)
}

/** The first stop of a position. */
// @ts-ignore: decorator
@inline
export function protect(book: MarketBook, stop: f64): void {
  book.stop = stop
  book.stopReason = ExitReasonCode.stop
  followFrom(book, book.entryPrice)
}

/**
 * Trailing begins at the entry, and again at the average that a safety order makes: what was gained over the old
 * entry is not gained over it.
 */
// @ts-ignore: decorator
@inline
export function followFrom(book: MarketBook, price: f64): void {
  book.bestPrice = price
  trail(book)
  if (book.side < 0) limitByLiquidation(book)
}

/**
 * Isolated margin: the position is taken away when the loss has eaten the margin but for half a percent of its value.
 */
function limitByLiquidation(book: MarketBook): void {
  const leverage = setting(Setting.leverage)
  const price = (book.entryPrice * (leverage + 1)) / (leverage * (1 + MAINTENANCE_MARGIN))
  const level = decimal(price, 2 * book.entryPrice)
  if (book.stop <= level) return
  book.stop = level
  book.stopReason = ExitReasonCode.liquidation
}

const MAINTENANCE_MARGIN: f64 = 0.005

/** The trailing stop below the best price so far: its wide distance until armed, then its own. */
function trail(book: MarketBook): void {
  const percent = setting(Setting.trailingPercent)
  if (percent == 0) return
  const armed = isGained(book, setting(Setting.trailingArmPercent))
  const distance = armed ? percent : setting(Setting.trailingBeforeArmPercent)
  if (distance > 0) tighten(book, away(book.bestPrice, book.side, -distance), ExitReasonCode.trailing)
}

/** A billionth: more than rounding to a decimal moves a price. */
const ROUNDING: f64 = 1e-9

/**
 * Which stop a best price brings, but for rounding: it is never nearer to the price than this. Prices count upwards in the
 * position's favour: those of a short are negative.
 */
@unmanaged
export class StopBound {
  /** From this best price on the stop is the armed share of it, before that the other; NaN: not trailed. */
  armedFrom: f64
  armed: f64
  before: f64
  /** From this best price on it is at the break-even price. */
  evenFrom: f64
  even: f64
  slack: f64

  @inline stopAt(best: f64): f64 {
    const trailing = best * select<f64>(this.armed, this.before, best >= this.armedFrom) + this.slack
    const even = select<f64>(this.even, -Infinity, best >= this.evenFrom)
    return select<f64>(trailing, even, trailing > even)
  }
}

const BOUND_BYTES = memory.data(48)

/** The bound of this position; the next call uses the same bytes. */
export function stopBound(book: MarketBook): StopBound {
  const bound = changetype<StopBound>(BOUND_BYTES)
  const side = <f64>book.side
  bound.slack = book.entryPrice * ROUNDING + marketSetting(book.number, MarketSetting.priceTick)
  bound.armed = NaN
  bound.before = NaN
  bound.armedFrom = Infinity
  bound.evenFrom = Infinity
  if (setting(Setting.trailingPercent) != 0) {
    const before = setting(Setting.trailingBeforeArmPercent)
    bound.armed = 1 - side * setting(Setting.trailingPercent) * 0.01
    if (before > 0) bound.before = 1 - side * before * 0.01
    bound.armedFrom = side * gainAt(book, setting(Setting.trailingArmPercent))
  }
  const evenAt = setting(Setting.breakEvenAtPercent)
  if (evenAt == evenAt) {
    bound.evenFrom = side * away(book.entryPrice, book.side, evenAt)
    bound.even = side * away(book.entryPrice, book.side, setting(Setting.breakEvenPlusPercent)) + bound.slack
  }
  return bound
}

let gainedFrom: f64 = NaN
let gainedPercent: f64 = NaN
let gainedLevel: f64 = NaN

/** The price that is so many percent better than the entry: a position asks for it again and again. */
function gainAt(book: MarketBook, percent: f64): f64 {
  const signed = <f64>book.side * percent
  if (book.entryPrice != gainedFrom || signed != gainedPercent) {
    gainedFrom = book.entryPrice
    gainedPercent = signed
    gainedLevel = away(book.entryPrice, book.side, percent)
  }
  return gainedLevel
}

/** Whether the best price is at least this many percent better than the entry. */
// @ts-ignore: decorator
@inline
function isGained(book: MarketBook, percent: f64): bool {
  const level = gainAt(book, percent)
  return book.side > 0 ? book.bestPrice >= level : book.bestPrice <= level
}

/** Moves the stop only towards the price. */
function tighten(book: MarketBook, price: f64, reason: i32): void {
  const stop = toTick(book, price, book.side > 0)
  if (book.stop == book.stop && <f64>book.side * (stop - book.stop) <= 0) return
  book.stop = stop
  book.stopReason = reason
}
