// What a combination comes to: drawdown and daily returns from stretches of candles with one position, and its trades.
import { mark } from "../mark"
import { Mark } from "../path-mark"
import { Tally } from "../account/recorded"
import { get, set } from "../column"
import { highestIn, lowestIn } from "./price-range"
import { SweepBlock } from "./sweep-block"
import { CombinationField } from "./sweep-word"

/** Figures of a combination with its cash and no past. */
export function startFigures(row: usize, cash: f64): void {
  set(row, CombinationField.base, cash)
  set(row, CombinationField.peak, cash)
  set(row, CombinationField.dayBefore, cash)
  set(row, CombinationField.lastEquity, cash)
}

/** From here on equity at a price is base + slope x price. */
// @ts-ignore: decorator
@inline
export function hold(row: usize, base: f64, slope: f64): void {
  set(row, CombinationField.base, base)
  set(row, CombinationField.slope, slope)
}

/** The block's first days that have ended before its first candle. Returns the number of the next. */
export function daysBefore(row: usize, block: SweepBlock): i32 {
  let day = 0
  for (; dayEnd(block, day) < block.first; day++)
    endDay(row, get(row, CombinationField.lastEquity), emptyDays(block, day))
  return day
}

/** Strategy candles [from, to) pass with what is held. Returns the number of the next day to end. */
export function pass(row: usize, block: SweepBlock, from: i32, to: i32, nextDay: i32): i32 {
  const sampled = min(to, block.sampleEnd)
  if (sampled > from) takeStretch(row, block, from, sampled)
  return dayEnd(block, nextDay) < to ? endDays(row, block, to, nextDay) : nextDay
}

/** The same without anything held. */
// @ts-ignore: decorator
@inline
export function passFlat(row: usize, block: SweepBlock, from: i32, to: i32, nextDay: i32, cash: f64): i32 {
  hold(row, cash, 0)
  if (min(to, block.sampleEnd) > from) takeRange(row, cash, cash)
  return dayEnd(block, nextDay) < to ? endDays(row, block, to, nextDay) : nextDay
}

function endDays(row: usize, block: SweepBlock, to: i32, nextDay: i32): i32 {
  let day = nextDay
  for (; dayEnd(block, day) < to; day++) endDay(row, equityAt(row, get(block.close, dayEnd(block, day))), emptyDays(block, day))
  return day
}

/** The block has ended. */
export function endBlock(row: usize, block: SweepBlock): void {
  set(row, CombinationField.lastEquity, equityAt(row, get(block.close, block.count - 1)))
}

/** After the last candle everything is sold. */
export function finishFigures(row: usize, equity: f64): void {
  set(row, CombinationField.finalEquity, equity)
  takeRange(row, equity, equity)
  endDay(row, equity, 0)
}

/** Where the combination's trades are added up. */
// @ts-ignore: decorator
@inline
export function tallyOf(row: usize): Tally {
  return changetype<Tally>(row + (CombinationField.tradeCount << 3))
}

// @ts-ignore: decorator
@inline
export function add(row: usize, field: i32, value: f64): void {
  set(row, field, get(row, field) + value)
}

// @ts-ignore: decorator
@inline
function dayEnd(block: SweepBlock, n: i32): i32 {
  return load<i32>(block.days + ((<usize>n) << 3))
}

// @ts-ignore: decorator
@inline
function emptyDays(block: SweepBlock, n: i32): i32 {
  return load<i32>(block.days + ((<usize>n) << 3) + 4)
}

// @ts-ignore: decorator
@inline
function equityAt(row: usize, price: f64): f64 {
  return get(row, CombinationField.base) + get(row, CombinationField.slope) * price
}

/**
 * Within the stretch the fall is at most from its best to its worst; only if that would be the deepest does the order
 * matter.
 */
// @ts-ignore: decorator
@inline
function takeStretch(row: usize, block: SweepBlock, from: i32, to: i32): void {
  const slope = get(row, CombinationField.slope)
  if (slope == 0) return takeRange(row, get(row, CombinationField.base), get(row, CombinationField.base))
  mark(Mark.sweepHold)
  const highest = equityAt(row, highestIn(block.highestClose, from, to))
  const lowest = equityAt(row, lowestIn(block.lowestClose, from, to))
  const best = slope > 0 ? highest : lowest
  const worst = slope > 0 ? lowest : highest
  if (best > get(row, CombinationField.peak) && best - worst > get(row, CombinationField.fall) * best) takeEach(row, block, from, to)
  else takeRange(row, best, worst)
}

/** A stretch with this best and worst equity, whose order does not matter. */
// @ts-ignore: decorator
@inline
function takeRange(row: usize, best: f64, worst: f64): void {
  const peak = get(row, CombinationField.peak)
  if (best > peak) set(row, CombinationField.peak, best)
  else if (peak - worst > get(row, CombinationField.fall) * peak) set(row, CombinationField.fall, (peak - worst) / peak)
}

function takeEach(row: usize, block: SweepBlock, from: i32, to: i32): void {
  mark(Mark.sweepEach)
  for (let i = from; i < to; i++) {
    const equity = equityAt(row, get(block.close, i))
    takeRange(row, equity, equity)
  }
}

/**
 * A UTC day ends with this equity, and this many days without a candle follow. Running mean and deviation: Welford
 * (1962).
 */
function endDay(row: usize, equity: f64, empty: i32): void {
  const before = get(row, CombinationField.dayBefore)
  addDay(row, before > 0 ? equity / before - 1 : 0)
  if (empty > 0) mark(Mark.sweepEmptyDay)
  for (let n = 0; n < empty; n++) addDay(row, 0)
  set(row, CombinationField.dayBefore, equity)
}

function addDay(row: usize, change: f64): void {
  const count = get(row, CombinationField.dayCount) + 1
  const mean = get(row, CombinationField.dayMean)
  const apart = change - mean
  const newMean = mean + apart / count
  set(row, CombinationField.dayCount, count)
  set(row, CombinationField.dayMean, newMean)
  set(row, CombinationField.daySquares, get(row, CombinationField.daySquares) + apart * (change - newMean))
  if (change < 0) add(row, CombinationField.downSquares, change * change)
}
