// Fills by freqtrade's documented backtesting assumptions ("Assumptions made by backtesting", docs/backtesting.md):
// limit orders at the open, high before low for the trailing stop, stops at their price even through a gap, profits
// after fees.
import { mark } from "../mark"
import { Mark } from "../path-mark"
import { Account, setting, wholeSetting } from "../account/account"
import { applyExit, liquidate } from "../account/apply-fill"
import { fillOf } from "../account/fill"
import { IntentKind } from "../account/intent"
import { MarketBook } from "../account/market-book"
import { marketSetting } from "../account/market-rules"
import { ExitReasonCode } from "../account/record"
import { MarketSetting, Setting, StopKind } from "../account/setting"
import { decimal } from "../decimal"
import { giveUpEntry, withdrawEntry } from "../account/withdraw"
import { costOf, entryAmount, payableAmount } from "../decide/sizing"
import { termsOf } from "../decide/terms"
import { BaseCandle, reachesDown } from "./base-candle"
import { enter } from "./enter"

const MINUTE_MS: f64 = 60_000
/** freqtrade's default `unfilledtimeout.exit`. */
const EXIT_TIMEOUT_MS: f64 = 30 * MINUTE_MS

/** What this mode alone remembers of a market. */
@unmanaged
class Orders {
  /** When the entry's order was placed: its trade begins there, also where the fill came later. */
  enteredMs: f64
  /** An exit order whose price the candle did not hold: placed when (0: none), at what price, why. */
  exitMs: f64
  exitPrice: f64
  exitReason: i32
}

// @ts-ignore: decorator
@inline
function ordersOf(book: MarketBook): Orders {
  return changetype<Orders>(book.own)
}

/** At the open: fills an exit signal, unless another exit order still waits. */
export function exitAtOpen(account: Account, book: MarketBook, open: f64, timeMs: f64): void {
  if (book.side == 0 || book.exit.kind == IntentKind.none || isOrdered(book, timeMs)) return
  ordersOf(book).exitMs = 0
  applyExit(account, book, fillOf(book.quantity, open, open, timeMs), book.exit.reason)
}

/** At the open: a waiting market entry, never on the last candle. */
export function enterAtOpen(account: Account, book: MarketBook, open: f64, timeMs: f64, equity: f64): void {
  if (book.side != 0 || book.entry.kind == IntentKind.none || book.entry.isLimit != 0) return
  if (isLastCandle(book, timeMs)) return withdrawEntry(account, book)
  ordersOf(book).enteredMs = timeMs
  begin(account, book, open, timeMs, equity)
}

/** Whether a limit entry may fill inside the candle. */
export function mayBuyInside(book: MarketBook): bool {
  return book.side == 0 && isLimitWaiting(book)
}

// @ts-ignore: decorator
@inline
function isLimitWaiting(book: MarketBook): bool {
  return book.entry.kind != IntentKind.none && book.entry.isLimit != 0
}

/** The most a limit entry may cost, at whatever price within the candle it is placed. */
export function mostSpentInside(account: Account, book: MarketBook): f64 {
  const intent = book.entry
  const price = intent.limitPrice
  const quantity = payableAmount(account, intent, book.equityAtOpen, price, stopOf(intent.side, price)).quantity
  return quantity > 0 ? costOf(intent.side, quantity, price) : 0
}

/** Inside the candle: a limit entry, then the exits, on the entry's candle too. */
export function insideCandle(account: Account, book: MarketBook, candle: BaseCandle): void {
  if (book.side == 0 && isLimitWaiting(book)) tryLimit(account, book, candle)
  if (book.side != 0) tryExit(account, book, candle)
  liquidate(account, book, candle.high, candle.timeMs)
  if (book.side == 0) ordersOf(book).exitMs = 0
  book.exit.kind = IntentKind.none
  // An order that has timed out makes room for this candle's own signal.
  if (isLimitWaiting(book) && book.entry.expiresIn <= 0) giveUpEntry(account, book, candle.timeMs)
}

/** A limit entry fills at its own price when the candle reaches it; it is never placed on the last candle. */
function tryLimit(account: Account, book: MarketBook, candle: BaseCandle): void {
  const intent = book.entry
  const isFresh = intent.expiresIn == wholeSetting(Setting.limitExpireCandles)
  if (isFresh && isLastCandle(book, candle.timeMs)) return withdrawEntry(account, book)
  if (isFresh) place(book, candle)
  intent.expiresIn -= 1
  if (intent.limitPrice < candle.low || intent.limitPrice > candle.high) return mark(Mark.freqtradeLimit)
  begin(account, book, intent.limitPrice, candle.timeMs, book.equityAtOpen)
}

function isLastCandle(book: MarketBook, timeMs: f64): bool {
  return timeMs >= marketSetting(book.number, MarketSetting.lastCandleMs)
}

/**
 * A price beyond the candle moves to its edge when the order is placed. The trade begins with the order, not with its
 * fill.
 */
function place(book: MarketBook, candle: BaseCandle): void {
  const intent = book.entry
  intent.limitPrice = intent.side > 0 ? min(intent.limitPrice, candle.high) : max(intent.limitPrice, candle.low)
  ordersOf(book).enteredMs = candle.timeMs
}

/** The stop of an entry at this price; NaN without one. */
function stopOf(side: i32, price: f64): f64 {
  return setting(Setting.stopKind) == StopKind.percent ? moved(price, side, -leveraged(setting(Setting.stopPercent))) : NaN
}

function begin(account: Account, book: MarketBook, price: f64, timeMs: f64, equity: f64): void {
  const stop = stopOf(book.entry.side, price)
  const terms = termsOf(entryAmount(account, book, equity, price, stop), stop, NaN)
  enter(account, book, terms, price, price, timeMs)
}

/** While an exit order waits there is no other check; a timed-out one is dropped, and this candle checks again. */
function tryExit(account: Account, book: MarketBook, candle: BaseCandle): void {
  if (!isOrdered(book, candle.timeMs)) orderExit(book, candle)
  if (ordersOf(book).exitMs == 0) return
  if (ordersOf(book).exitPrice < candle.low || ordersOf(book).exitPrice > candle.high) return mark(Mark.freqtradeExitWaits)
  const price = ordersOf(book).exitPrice
  ordersOf(book).exitMs = 0
  applyExit(account, book, fillOf(book.quantity, price, price, candle.timeMs), ordersOf(book).exitReason)
}

/** Whether an exit order waits that has not timed out. */
function isOrdered(book: MarketBook, timeMs: f64): bool {
  return ordersOf(book).exitMs != 0 && timeMs - ordersOf(book).exitMs <= EXIT_TIMEOUT_MS
}

/** The first of signal, plain stop, ROI and trailing stop that gives a price. */
function orderExit(book: MarketBook, candle: BaseCandle): void {
  ordersOf(book).exitMs = 0
  trailByBound(book, candle)
  const isStopped = reachesDown(book.side, candle.worst(book.side), book.stop)
  if (book.exit.kind != IntentKind.none) return leave(book, candle, candle.open, book.exit.reason)
  if (isStopped && book.stopReason == ExitReasonCode.stop) return leave(book, candle, stopPrice(book, candle), ExitReasonCode.stop)
  const roi = roiExitPrice(book, candle)
  if (roi == roi) {
    mark(Mark.freqtradeRoi)
    return leave(book, candle, roi, ExitReasonCode.roi)
  }
  if (isStopped) leave(book, candle, stopPrice(book, candle), ExitReasonCode.trailing)
}

function leave(book: MarketBook, candle: BaseCandle, price: f64, reason: i32): void {
  ordersOf(book).exitMs = candle.timeMs
  ordersOf(book).exitPrice = price
  ordersOf(book).exitReason = reason
}

/** Profit ratio at a price after both fees, with leverage, to eight decimals as freqtrade rounds it. */
function profitRatio(book: MarketBook, price: f64): f64 {
  const fee = setting(Setting.feeRate)
  const side = <f64>book.side
  const paid = book.entryPrice * (1 + side * fee)
  const got = price * (1 - side * fee)
  return nearest(side * (got / paid - 1) * setting(Setting.leverage) * 1e8) / 1e8
}

/** The trailing stop follows the candle's high first, if the stop as it stood is not already hit. */
function trailByBound(book: MarketBook, candle: BaseCandle): void {
  if (setting(Setting.trailingPercent) == 0 || reachesDown(book.side, candle.worst(book.side), book.stop)) return
  const bound = candle.best(book.side)
  const profit = profitRatio(book, bound)
  if (isOnlyBeyondOffset() && profit < offsetRatio()) return
  const distance = trailingDistance(profit)
  // Without a stop loss there is none to move before the offset.
  if (distance == 0) return
  const stop = moved(bound, book.side, -distance)
  if (book.stop == book.stop && <f64>book.side * (stop - book.stop) <= 0) return
  mark(Mark.freqtradeTrail)
  book.stop = stop
  book.stopReason = ExitReasonCode.trailing
}

// @ts-ignore: decorator
@inline
function offsetRatio(): f64 {
  return ratio(setting(Setting.trailingArmPercent))
}

/**
 * A percentage as the ratio in freqtrade's settings: 0.7 / 100 is slightly below 0.007, and profits are compared to
 * the last bit.
 */
// @ts-ignore: decorator
@inline
function ratio(percent: f64): f64 {
  return nearest(percent * 1e8) / 1e10
}

/** `trailing_only_offset_is_reached`: an arming level, and no wider trail before it. */
// @ts-ignore: decorator
@inline
function isOnlyBeyondOffset(): bool {
  return setting(Setting.trailingArmPercent) > 0 && setting(Setting.trailingBeforeArmPercent) == 0
}

/**
 * As a part of the price: `trailing_stop_positive` beyond the offset, before it the wide distance, by default the
 * stop loss's own.
 */
function trailingDistance(profit: f64): f64 {
  if (profit > offsetRatio()) return leveraged(setting(Setting.trailingPercent))
  const before = setting(Setting.trailingBeforeArmPercent)
  return leveraged(before > 0 ? before : setting(Setting.stopPercent))
}

/** A percentage of the stake as a part of the price. */
// @ts-ignore: decorator
@inline
function leveraged(percent: f64): f64 {
  return ratio(percent) / setting(Setting.leverage)
}

/** Price moved by a part of itself in the position's favour (negative: against it). */
function moved(price: f64, side: i32, part: f64): f64 {
  return decimal(price * (1 + <f64>side * part), price)
}

/**
 * The stop's own price, even through a gap; the open where the whole candle is beyond it; pessimistic on the entry
 * candle.
 */
function stopPrice(book: MarketBook, candle: BaseCandle): f64 {
  const side = book.side
  if (reachesDown(side, candle.best(side), book.stop) && candle.best(side) != book.stop) return candle.open
  const isEntryCandle = candle.timeMs == ordersOf(book).enteredMs
  if (!isEntryCandle || book.stopReason != ExitReasonCode.trailing) return book.stop
  mark(Mark.freqtradeEntryCandleStop)
  const price = isOnlyBeyondOffset()
    ? moved(candle.open, side, offsetRatio() - leveraged(setting(Setting.trailingPercent)))
    : moved(candle.open, side, -trailingDistance(profitRatio(book, candle.best(side))))
  return side > 0 ? max(price, candle.low) : min(price, candle.high)
}

/** Price of the ROI exit, NaN when it is not reached or its path is impossible. */
function roiExitPrice(book: MarketBook, candle: BaseCandle): f64 {
  const minutes = (candle.timeMs - ordersOf(book).enteredMs) / MINUTE_MS
  const level = roiLevel(minutes)
  if (level < 0) return NaN
  const roi = ratio(setting(Setting.roiPercents + level))
  if (!(profitRatio(book, candle.best(book.side)) > roi)) return NaN
  const key = setting(Setting.roiMinutes + level)
  const isOnGrid = (key * MINUTE_MS) % timeframeMs(book) == 0
  if (roi == -1 && isOnGrid) return candle.open
  const price = roiPrice(book, roi)
  if (minutes > 0 && minutes == key && isOnGrid && <f64>book.side * (candle.open - price) > 0) return candle.open
  if (minutes == 0 && isImpossible(book, candle, price)) return NaN
  return min(max(price, candle.low), candle.high)
}

function timeframeMs(book: MarketBook): f64 {
  return marketSetting(book.number, MarketSetting.timeframeMs)
}

function roiLevel(minutes: f64): i32 {
  let level = -1
  for (let n = 0; n < wholeSetting(Setting.roiCount); n++) if (setting(Setting.roiMinutes + n) <= minutes) level = n
  return level
}

/** The price at which the profit after both fees, with leverage, is exactly `roi`. */
function roiPrice(book: MarketBook, roi: f64): f64 {
  const fee = setting(Setting.feeRate)
  const side = <f64>book.side
  return decimal((book.entryPrice * (1 + side * (fee + roi / setting(Setting.leverage)))) / (1 - side * fee), book.entryPrice)
}

/** Entered below the open of a falling candle: a price above its close came before the entry. */
function isImpossible(book: MarketBook, candle: BaseCandle, price: f64): bool {
  const side = <f64>book.side
  return side * (candle.open - book.entryPrice) > 0 && side * (candle.open - candle.close) > 0 && side * (price - candle.close) > 0
}
