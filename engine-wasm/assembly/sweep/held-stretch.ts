// How far a position is held without an event: over a whole stretch one look at its lowest low and highest high, and
// halves of it only where that look leaves a question. Trailing and break-even rise with the best price alone, so the
// stop that the best price of a stretch brings is the tightest it can have had there.
import { mark } from "../mark"
import { Mark } from "../path-mark"
import { setting } from "../account/account"
import { MarketBook } from "../account/market-book"
import { Setting } from "../account/setting"
import { get } from "../column"
import { followPrice, stopBound } from "../decide/stops"
import { safetyOrderPrice } from "../fill/safety-orders"
import { nearestTarget, nextRoiMs } from "../fill/targets"
import { firstAt } from "../run/base-step"
import { larger, rangeOf, smaller } from "./price-range"
import { SweepBlock } from "./sweep-block"

/** Levels of the stretch under way; NaN: none. */
let target: f64 = NaN
let addition: f64 = NaN
let follows: bool = false

/** The first of base candles [from, to) that may reach a level of the position, or `to`. The stop follows the best price until there. */
export function firstEvent(book: MarketBook, block: SweepBlock, from: i32, to: i32): i32 {
  follows = setting(Setting.trailingPercent) != 0 || setting(Setting.breakEvenAtPercent) == setting(Setting.breakEvenAtPercent)
  addition = safetyOrderPrice(book)
  if (setting(Setting.roiCount) == 0) {
    target = book.nextTargetPrice
    return firstIn(book, block, from, to)
  }
  // The ROI table's price changes with time.
  for (let at = from; at < to;) {
    const timeMs = get(block.baseTime, at)
    target = nearestTarget(book, timeMs)
    const nextMs = nextRoiMs(book, timeMs)
    const end = get(block.baseTime, to - 1) < nextMs ? to : firstAt(block.baseTime, at + 1, to, nextMs)
    const found = firstIn(book, block, at, end)
    if (found < end) return found
    at = end
  }
  return to
}

/**
 * Looks at stretches half as long each time, up to the first candle that the bounds leave in question; it is asked itself.
 * Prices count upwards in the position's favour, as in StopBound.
 */
function firstIn(book: MarketBook, block: SweepBlock, from: i32, to: i32): i32 {
  if (from >= to || isBare(book)) return to
  const side = <f64>book.side
  const worsts = side > 0 ? block.lowestLow : block.highestHigh
  const bests = side > 0 ? block.highestHigh : block.lowestLow
  const goal = side * target
  const bound = stopBound(book)
  let best = side * book.bestPrice
  let level = levelOf(book)
  for (let at = from; at < to; at++) {
    let length = 31 - clz(to - at)
    const tail = to - (1 << length)
    const highest = larger(side * rangeOf(bests, at, length), side * rangeOf(bests, tail, length))
    const lowest = smaller(side * rangeOf(worsts, at, length), side * rangeOf(worsts, tail, length))
    if (!(highest >= goal || lowest <= larger(level, bound.stopAt(highest)))) {
      best = larger(best, highest)
      break
    }
    mark(Mark.sweepHalve)
    for (; length >= 0; length--) {
      const reached = side * rangeOf(bests, at, length)
      const next = larger(level, bound.stopAt(reached))
      const isIn = at + (1 << length) <= to
      const passes = isIn & !(reached >= goal) & !(side * rangeOf(worsts, at, length) <= next)
      at += i32(passes) << length
      best = select<f64>(larger(best, reached), best, passes)
      level = select<f64>(next, level, passes)
    }
    if (at == to) break
    if (follows) followPrice(book, side * best)
    if (isReached(book, side * rangeOf(bests, at, 0), side * rangeOf(worsts, at, 0))) return at
    best = side * book.bestPrice
    level = levelOf(book)
  }
  if (follows) followPrice(book, side * best)
  return to
}

/** The nearest of the levels below: the stop as it is, and the next safety order. */
function levelOf(book: MarketBook): f64 {
  const side = <f64>book.side
  const stop = book.stop == book.stop ? side * book.stop : -Infinity
  return larger(side * addition, stop)
}

/** Whether anything happens on a candle between these prices. The stop has followed the best of them if not. */
function isReached(book: MarketBook, reached: f64, worst: f64): bool {
  const side = <f64>book.side
  if (reached >= side * target || worst <= side * addition || worst <= side * book.stop) return true
  if (!follows) return false
  const bestBefore = book.bestPrice
  const stopBefore = book.stop
  const reasonBefore = book.stopReason
  followPrice(book, side * reached)
  if (!(worst <= side * book.stop)) return false
  book.bestPrice = bestBefore
  book.stop = stopBefore
  book.stopReason = reasonBefore
  return true
}

/** Whether no price at all ends it. */
// @ts-ignore: decorator
@inline
function isBare(book: MarketBook): bool {
  return !follows && book.stop != book.stop && target != target && addition != addition
}

/** Whether the stop only comes nearer as the best price does: a trailing that is wider once armed does not. */
export function followsBestAlone(): bool {
  const before = setting(Setting.trailingBeforeArmPercent)
  return setting(Setting.trailingPercent) == 0 || before == 0 || before >= setting(Setting.trailingPercent)
}
