// Fills by freqtrade's documented backtesting assumptions ("Assumptions made by backtesting", docs/backtesting.md):
// limit orders at
// the open, high before low for the trailing stop, stops at their price even through a gap, profits after fees.
import { costOf, entryQuantity, payableQuantity, refusedBecause } from "../decide/sizing"
import { Account, setting } from "../account/account"
import { BaseCandle, reachesDown } from "./base-candle"
import { applyEntry, applyExit, fillOf, liquidate, reject } from "../account/apply-fill"
import { MarketBook, marketSetting, Waiting } from "../account/market-book"
import { ExitReasonCode, RejectedReasonCode } from "../account/record"
import { MarketSetting, Setting, StopKind } from "../account/setting"

const MINUTE_MS: f64 = 60_000
/** freqtrade's default `unfilledtimeout.exit`. */
const EXIT_TIMEOUT_MS: f64 = 30 * MINUTE_MS

/** At the open: an exit signal is filled, unless another exit order still waits. */
export function exitAtOpen(account: Account, book: MarketBook, open: f64, timeMs: f64): void {
  if (book.side == 0 || book.exitWaits == Waiting.none || isOrdered(book, timeMs)) return
  book.exitOrderMs = 0
  applyExit(account, book, fillOf(book.quantity, open, open, timeMs), book.exitReason)
}

/** At the open: a waiting market entry, never on the last candle. */
export function enterAtOpen(account: Account, book: MarketBook, open: f64, timeMs: f64, equity: f64): void {
  if (book.side != 0 || book.entryWaits != Waiting.market) return
  cancelEntry(account, book)
  if (isLastCandle(book, timeMs)) return
  book.orderedMs = timeMs
  enter(account, book, open, timeMs, equity)
}

/** Whether a limit entry may fill inside the candle. */
export function mayBuyInside(book: MarketBook): bool {
  return book.side == 0 && book.entryWaits == Waiting.limit
}

/** A limit entry costs at most this, at whatever price within the candle it is placed. */
export function mostSpentInside(account: Account, book: MarketBook): f64 {
  const price = book.limitPrice
  const quantity = payableQuantity(account, book, book.equityAtOpen, price, stopOf(book.entrySide, price))
  return quantity > 0 ? costOf(book.entrySide, quantity, price) : 0
}

/** Inside the candle: a limit entry, then the exits, on the entry's candle too. */
export function insideCandle(account: Account, book: MarketBook, candle: BaseCandle): void {
  if (book.entryWaits == Waiting.limit && book.side == 0) tryLimit(account, book, candle)
  if (book.side != 0) tryExit(account, book, candle)
  liquidate(account, book, candle.high, candle.timeMs)
  if (book.side == 0) book.exitOrderMs = 0
  book.exitWaits = Waiting.none
  // An order that has timed out makes room for this candle's own signal.
  if (book.entryWaits == Waiting.limit && book.expiresIn <= 0) dropEntry(account, book, candle)
}

function dropEntry(account: Account, book: MarketBook, candle: BaseCandle): void {
  cancelEntry(account, book)
  reject(book, candle.timeMs, RejectedReasonCode.limitExpired)
}

/** A limit entry fills at its own price when the candle comes to it; it is never placed on the last candle. */
function tryLimit(account: Account, book: MarketBook, candle: BaseCandle): void {
  const isFresh = book.expiresIn == <i32>setting(Setting.limitExpireCandles)
  if (isFresh && isLastCandle(book, candle.timeMs)) return cancelEntry(account, book)
  if (isFresh) place(book, candle)
  book.expiresIn -= 1
  if (book.limitPrice < candle.low || book.limitPrice > candle.high) return
  cancelEntry(account, book)
  enter(account, book, book.limitPrice, candle.timeMs, book.equityAtOpen)
}

function isLastCandle(book: MarketBook, timeMs: f64): bool {
  return timeMs >= marketSetting(book.number, MarketSetting.lastCandleMs)
}

/**
 * A price beyond the candle is brought to its edge when the order is placed. The trade begins with the order, not
 * with its fill.
 */
function place(book: MarketBook, candle: BaseCandle): void {
  book.limitPrice = book.entrySide > 0 ? min(book.limitPrice, candle.high) : max(book.limitPrice, candle.low)
  book.orderedMs = candle.timeMs
}

function cancelEntry(account: Account, book: MarketBook): void {
  book.entryWaits = Waiting.none
  account.waitingEntries -= 1
}

/** The stop of an entry at this price; NaN without one. */
function stopOf(side: i32, price: f64): f64 {
  return setting(Setting.stopKind) == StopKind.percent ? moved(price, side, -leveraged(setting(Setting.stopPercent))) : NaN
}

function enter(account: Account, book: MarketBook, price: f64, timeMs: f64, equity: f64): void {
  const side = book.entrySide
  const stop = stopOf(side, price)
  const quantity = entryQuantity(account, book, equity, price, stop)
  if (quantity == 0) return reject(book, timeMs, refusedBecause)
  account.openPositions += 1
  book.side = side
  book.entryTimeMs = timeMs
  book.entryTag = book.waitingTag
  applyEntry(account, book, fillOf(quantity, price, price, timeMs))
  book.initialRisk = quantity * abs(price - stop)
  book.stop = stop
  book.stopReason = ExitReasonCode.stop
}

/** While an exit order waits nothing else is looked at; what has timed out is dropped, and this candle looks again. */
function tryExit(account: Account, book: MarketBook, candle: BaseCandle): void {
  if (!isOrdered(book, candle.timeMs)) orderExit(book, candle)
  if (book.exitOrderMs == 0 || book.exitOrderPrice < candle.low || book.exitOrderPrice > candle.high) return
  const price = book.exitOrderPrice
  book.exitOrderMs = 0
  applyExit(account, book, fillOf(book.quantity, price, price, candle.timeMs), book.exitOrderReason)
}

/** Whether an exit order waits that has not timed out. */
function isOrdered(book: MarketBook, timeMs: f64): bool {
  return book.exitOrderMs != 0 && timeMs - book.exitOrderMs <= EXIT_TIMEOUT_MS
}

/** The first of signal, plain stop, ROI and trailing stop that gives a price. */
function orderExit(book: MarketBook, candle: BaseCandle): void {
  book.exitOrderMs = 0
  trailByBound(book, candle)
  const isStopped = reachesDown(book.side, candle.worst(book.side), book.stop)
  if (book.exitWaits != Waiting.none) return leave(book, candle, candle.open, book.exitReason)
  if (isStopped && book.stopReason == ExitReasonCode.stop) return leave(book, candle, stopPrice(book, candle), ExitReasonCode.stop)
  const roi = roiExitPrice(book, candle)
  if (roi == roi) return leave(book, candle, roi, ExitReasonCode.roi)
  if (isStopped) leave(book, candle, stopPrice(book, candle), ExitReasonCode.trailing)
}

function leave(book: MarketBook, candle: BaseCandle, price: f64, reason: i32): void {
  book.exitOrderMs = candle.timeMs
  book.exitOrderPrice = price
  book.exitOrderReason = reason
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
  book.stop = stop
  book.stopReason = ExitReasonCode.trailing
}

// @ts-ignore: decorator
@inline
function offsetRatio(): f64 {
  return ratio(setting(Setting.trailingArmPercent))
}

/**
 * A percentage as the ratio freqtrade's settings hold: 0.7 / 100 is a hair below 0.007, and profits are compared to
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
 * As a part of the price: `trailing_stop_positive` beyond the offset, before it the wide distance, the stop loss's
 * own unless another is given.
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
// @ts-ignore: decorator
@inline
function moved(price: f64, side: i32, part: f64): f64 {
  return price * (1 + <f64>side * part)
}

/**
 * The stop's own price, even through a gap; the open where the whole candle lies beyond it; pessimistic on the entry
 * candle.
 */
function stopPrice(book: MarketBook, candle: BaseCandle): f64 {
  const side = book.side
  if (reachesDown(side, candle.best(side), book.stop) && candle.best(side) != book.stop) return candle.open
  const isEntryCandle = candle.timeMs == book.orderedMs
  if (!isEntryCandle || book.stopReason != ExitReasonCode.trailing) return book.stop
  const price = isOnlyBeyondOffset() ? candle.open * (1 + <f64>side * offsetRatio() - <f64>side * leveraged(setting(Setting.trailingPercent)))
    : moved(candle.open, side, -trailingDistance(profitRatio(book, candle.best(side))))
  return side > 0 ? max(price, candle.low) : min(price, candle.high)
}

/** Price of the ROI exit, NaN when it is not reached or its path is impossible. */
function roiExitPrice(book: MarketBook, candle: BaseCandle): f64 {
  const minutes = (candle.timeMs - book.orderedMs) / MINUTE_MS
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
  for (let n = 0; n < <i32>setting(Setting.roiCount); n++) if (setting(Setting.roiMinutes + n) <= minutes) level = n
  return level
}

/** The price at which the profit after both fees, with leverage, is exactly `roi`. */
function roiPrice(book: MarketBook, roi: f64): f64 {
  const fee = setting(Setting.feeRate)
  const side = <f64>book.side
  return (book.entryPrice * (1 + side * (fee + roi / setting(Setting.leverage)))) / (1 - side * fee)
}

/** Entered below the open of a falling candle: a price above its close came before the entry. */
function isImpossible(book: MarketBook, candle: BaseCandle, price: f64): bool {
  const side = <f64>book.side
  return side * (candle.open - book.entryPrice) > 0 && side * (candle.open - candle.close) > 0 && side * (price - candle.close) > 0
}
