// When nothing can happen to a market for a while: the stretches one-market.ts and even-markets.ts skip.
import { get } from "../column"
import { followPrice } from "../decide/stops"
import { reachesDown, reachesUp } from "../fill/base-candle"
import { Clock } from "../rules/clock"
import { MarketRun } from "../rules/market-run"
import { CandleColumn, ProgramWord } from "../rules/program-word"
import { Ledger } from "./ledger"
import { setting } from "../account/account"
import { IntentKind } from "../account/intent"
import { MarketBook } from "../account/market-book"
import { marketSetting } from "../account/market-rules"
import { MarketSetting, Setting } from "../account/setting"

/** Nothing is owned or ordered, and trading has begun. */
export function canWait(ledger: Ledger, book: MarketBook): bool {
  return book.isIdle && book.dust == 0 && ledger.account.sampleCount > 0
}

/** The next strategy candle from `from` with an entry condition met, or `count`. */
export function nextSignal(run: MarketRun, from: i32, count: i32): i32 {
  const long = firstMet(run, run.word(ProgramWord.enterLong), from, count)
  return firstMet(run, run.word(ProgramWord.enterShort), from, long)
}

/** The first candle from `from` at which the register's condition is met, or `count`. */
export function firstMet(run: MarketRun, register: i32, from: i32, count: i32): i32 {
  if (register < 0) return count
  const column = run.register(register)
  let i = from
  while (i + 8 <= count && !anyMet(column + ((<usize>i) << 3))) i += 8
  for (; i < count; i++) {
    const value = get(column, i)
    if (value > 0 || value < 0) return i
  }
  return count
}

/** Whether one of the eight values from here on is known and not 0. */
// @ts-ignore: decorator
@inline
function anyMet(at: usize): bool {
  const first = v128.or(metPair(at), metPair(at + 16))
  return v128.any_true(v128.or(first, v128.or(metPair(at + 32), metPair(at + 48))))
}

// @ts-ignore: decorator
@inline
function metPair(at: usize): v128 {
  const pair = v128.load(at)
  return v128.or(f64x2.gt(pair, f64x2.splat(0)), f64x2.lt(pair, f64x2.splat(0)))
}

/** Candles that are looked at together where the stop follows the best price; even. */
const STRETCH: i32 = 32

/** The first of candles [from, to) that reaches the stop or the next target, or `to`. The stop follows the best price until there. */
export function firstReached(book: MarketBook, clock: Clock, from: i32, to: i32): i32 {
  const side = book.side
  const worst = clock.column(side > 0 ? CandleColumn.low : CandleColumn.high)
  const best = clock.column(side > 0 ? CandleColumn.high : CandleColumn.low)
  const target = book.nextTargetPrice
  if (!follows()) return book.stop != book.stop && target != target ? to : reachedIn(book, worst, best, from, to, target, false)
  const isSmooth = onlyNears()
  for (let i = from; i < to;) {
    const end = min(i + STRETCH, to)
    if (!isSmooth || end - i < STRETCH || !passesQuietly(book, (<usize>i) << 3, worst, best, target)) {
      const reached = reachedIn(book, worst, best, i, end, target, true)
      if (reached < end) return reached
    }
    i = end
  }
  return to
}

/** Whether the stop follows the best price. */
// @ts-ignore: decorator
@inline
export function follows(): bool {
  return setting(Setting.trailingPercent) != 0 || setting(Setting.breakEvenAtPercent) == setting(Setting.breakEvenAtPercent)
}

/** Whether a better best price only brings the stop nearer; a trailing that is wider once armed moves it away. */
// @ts-ignore: decorator
@inline
function onlyNears(): bool {
  const unarmed = setting(Setting.trailingBeforeArmPercent)
  return unarmed == 0 || setting(Setting.trailingPercent) == 0 || unarmed >= setting(Setting.trailingPercent)
}

/**
 * Whether no candle of a stretch reaches the target, or the stop as the best price of them all would have it: the
 * tightest it can have been. It has followed that price then.
 */
function passesQuietly(book: MarketBook, at: usize, worst: usize, best: usize, target: f64): bool {
  const side = book.side
  const bestPrice = furthest(side > 0, best + at)
  const worstPrice = furthest(side < 0, worst + at)
  if (reachesUp(side, bestPrice, target) || reachesDown(side, worstPrice, book.stop)) return false
  if (!(<f64>side * (bestPrice - book.bestPrice) > 0)) return true
  const earlierBest = book.bestPrice
  const earlierStop = book.stop
  const earlierReason = book.stopReason
  followPrice(book, bestPrice)
  if (!reachesDown(side, worstPrice, book.stop)) return true
  book.bestPrice = earlierBest
  book.stop = earlierStop
  book.stopReason = earlierReason
  return false
}

/** The highest or the lowest value of a stretch. */
function furthest(isHighest: bool, at: usize): f64 {
  let pair = v128.load(at)
  for (let next = at + 16, end = at + ((<usize>STRETCH) << 3); next < end; next += 16) {
    const more = v128.load(next)
    pair = isHighest ? f64x2.pmax(pair, more) : f64x2.pmin(pair, more)
  }
  const a = f64x2.extract_lane(pair, 0)
  const b = f64x2.extract_lane(pair, 1)
  return (a > b) == isHighest ? a : b
}

/** The same candle by candle, but for fours that touch nothing. */
function reachedIn(book: MarketBook, worst: usize, best: usize, from: i32, to: i32, target: f64, isFollowed: bool): i32 {
  const side = book.side
  let i = from
  while (i < to) {
    const record = isFollowed ? book.bestPrice : NaN
    while (i + 4 <= to && !touchFour(side, (<usize>i) << 3, worst, best, book.stop, target, record)) i += 4
    // One by one up to the candle that reaches a level, or past one that moves the stop.
    for (; i < to; i++) {
      if (reachesDown(side, get(worst, i), book.stop) || reachesUp(side, get(best, i), target)) return i
      if (!isFollowed || !(<f64>side * (get(best, i) - book.bestPrice) > 0)) continue
      followPrice(book, get(best, i))
      i += 1
      break
    }
  }
  return to
}

/** Whether one of four candles reaches the stop or the target, or is better than the best price (`record`) so far. */
// @ts-ignore: decorator
@inline
function touchFour(side: i32, at: usize, worst: usize, best: usize, stop: f64, target: f64, record: f64): bool {
  return v128.any_true(v128.or(touchPair(side, worst + at, best + at, stop, target, record),
    touchPair(side, worst + at + 16, best + at + 16, stop, target, record)))
}

// @ts-ignore: decorator
@inline
function touchPair(side: i32, worst: usize, best: usize, stop: f64, target: f64, record: f64): v128 {
  const down = v128.load(worst)
  const up = v128.load(best)
  if (side > 0) return v128.or(f64x2.le(down, f64x2.splat(stop)),
    v128.or(f64x2.ge(up, f64x2.splat(target)), f64x2.gt(up, f64x2.splat(record))))
  return v128.or(f64x2.ge(down, f64x2.splat(stop)),
    v128.or(f64x2.le(up, f64x2.splat(target)), f64x2.lt(up, f64x2.splat(record))))
}

/** A position whose candles only need checking against fixed or trailing levels and the exit condition. */
export function canHold(book: MarketBook, run: MarketRun): bool {
  return book.side != 0 && book.entry.kind == IntentKind.none && book.exit.kind == IntentKind.none && book.enteredInside == 0 &&
    setting(Setting.roiCount) == 0 && setting(Setting.timeStopCandles) == 0 && setting(Setting.addTimes) == 0 &&
    run.word(book.side > 0 ? ProgramWord.exitLongProgram : ProgramWord.exitShortProgram) < 0 &&
    marketSetting(book.number, MarketSetting.fundingColumn) < 0
}

/** No limit needs every equity sample. */
export function isCalm(): bool {
  return setting(Setting.dailyLossPercent) == 0 && setting(Setting.maxDrawdownPercent) == 0
}
