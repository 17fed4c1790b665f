// The next candle of a clock: it opens before anybody knows how it ends, often before this block does.
import { get } from "../column"
import { candleOpenMs, ownDateShiftMs } from "./calendar"
import { Clock, formingOpenMs, isForming } from "./clock"
import { MarketRun } from "./market-run"
import { CandleColumn } from "./program-word"

/** The moment at which candle i of the clock opens: with its first base candle. Infinity: there is no candle yet. */
export function opensAt(run: MarketRun, clock: Clock, i: i32): f64 {
  if (clock.isBase) return baseTime(run, i)
  return baseTime(run, i < clock.count || isForming(clock)
    ? firstBaseFrom(run, openTime(run, clock, i) - ownDateShiftMs(run.baseMs)) : run.count)
}

/** The time of candle i: on a slower clock that of the grid, which may be before its first base candle. */
export function openTime(run: MarketRun, clock: Clock, i: i32): f64 {
  if (clock.isBase) return baseTime(run, i)
  if (i < clock.count) return get(clock.column(CandleColumn.time), i)
  return isForming(clock) ? formingOpenMs(clock) : candleOpenMs(baseTime(run, run.count) + ownDateShiftMs(run.baseMs), clock.timeframeMs)
}

/** The price candle i opens at. */
export function openPrice(run: MarketRun, clock: Clock, i: i32): f64 {
  if (clock.isBase || i < clock.count) return get(clock.column(CandleColumn.open), i)
  return isForming(clock) ? get(clock.forming, CandleColumn.open) : get(run.base().column(CandleColumn.open), run.count)
}

/** When base candle i opens, counted from this block's first; it may be after the block. Infinity after the last. */
// @ts-ignore: decorator
@inline
function baseTime(run: MarketRun, i: i32): f64 {
  return run.cursor + i < run.candleCount ? get(run.base().column(CandleColumn.time), i) : Infinity
}

/** The first base candle from this block's first on that opens at `timeMs` or later. */
function firstBaseFrom(run: MarketRun, timeMs: f64): i32 {
  let low = 0
  let high = run.count
  while (low < high) {
    const middle = (low + high) >> 1
    if (baseTime(run, middle) < timeMs) low = middle + 1
    else high = middle
  }
  return low
}
