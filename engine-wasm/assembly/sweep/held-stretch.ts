// How far a position is held without an event: over a whole stretch one look at its lowest low and highest high, and
// halves of it only where that look leaves a question. Trailing and break-even rise with the best price alone, so the
// stop that the best price of a stretch brings is the tightest it can have had there.
import { mark } from "../mark"
import { Mark } from "../path-mark"
import { setting } from "../account/account"
import { MarketBook } from "../account/market-book"
import { Setting } from "../account/setting"
import { get } from "../column"
import { followPrice } from "../decide/stops"
import { reachesDown, reachesUp } from "../fill/base-candle"
import { safetyOrderPrice } from "../fill/safety-orders"
import { nearestTarget, nextRoiMs } from "../fill/targets"
import { firstAt } from "../run/base-step"
import { highestIn, highestOf, lowestIn, lowestOf } from "./price-range"
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
    const end = firstAt(block.baseTime, at + 1, to, nextRoiMs(book, timeMs))
    const found = firstIn(book, block, at, end)
    if (found < end) return found
    at = end
  }
  return to
}

function firstIn(book: MarketBook, block: SweepBlock, from: i32, to: i32): i32 {
  if (from >= to || isBare(book)) return to
  if (isQuiet(book, lowestIn(block.lowestLow, from, to), highestIn(block.highestHigh, from, to))) return to
  mark(Mark.sweepHalve)
  let at = from
  let level = 31 - clz(to - from)
  while (at < to) {
    while (1 << level > to - at) level -= 1
    if (isQuiet(book, lowestOf(block.lowestLow, at, level), highestOf(block.highestHigh, at, level))) {
      at += 1 << level
      level += 1
    } else if (level == 0) return at
    else level -= 1
  }
  return to
}

/** Whether no price at all ends it. */
// @ts-ignore: decorator
@inline
function isBare(book: MarketBook): bool {
  return !follows && book.stop != book.stop && target != target && addition != addition
}

/** Whether nothing happens between these prices. The stop has followed the best of them then. */
function isQuiet(book: MarketBook, low: f64, high: f64): bool {
  const side = book.side
  const worst = side > 0 ? low : high
  const best = side > 0 ? high : low
  if (reachesUp(side, best, target) || reachesDown(side, worst, book.stop) || reachesDown(side, worst, addition)) return false
  if (!follows || !(<f64>side * (best - book.bestPrice) > 0)) return true
  const bestBefore = book.bestPrice
  const stopBefore = book.stop
  const reasonBefore = book.stopReason
  followPrice(book, best)
  if (!reachesDown(side, worst, book.stop)) return true
  book.bestPrice = bestBefore
  book.stop = stopBefore
  book.stopReason = reasonBefore
  return false
}

/** Whether the stop only comes nearer as the best price does: a trailing that is wider once armed does not. */
export function followsBestAlone(): bool {
  const before = setting(Setting.trailingBeforeArmPercent)
  return setting(Setting.trailingPercent) == 0 || before == 0 || before >= setting(Setting.trailingPercent)
}
