// One combination of a sweep: between two signals nothing happens to it, so we visit only the candles with signals.
// Fills, fees and quantities are those of account/apply-fill.ts and decide/sizing.ts for market orders without stops;
// the host makes sure that nothing else is needed.
import { mark } from "../mark"
import { Mark } from "../path-mark"
import { setting } from "../account/account"
import { Setting } from "../account/setting"
import { get, set } from "../column"
import { slipped } from "../fill/slippage"
import { nextBit, bitAt } from "./bits"
import { highestIn, lowestIn } from "./price-range"
import { SweepBlock } from "./sweep-block"
import { CombinationField } from "./sweep-word"

const MAINTENANCE_MARGIN: f64 = 0.005

/** The places of a combination's signals over the block: effective entries, and exits. */
@unmanaged
export class Signals {
  anyEntry: usize
  longEntry: usize
  longExit: usize
  shortExit: usize
}

/** A combination with its cash and no past. */
export function startCombination(row: usize): void {
  const cash = setting(Setting.cash)
  set(row, CombinationField.cash, cash)
  set(row, CombinationField.base, cash)
  set(row, CombinationField.peak, cash)
  set(row, CombinationField.dayBefore, cash)
  set(row, CombinationField.lastEquity, cash)
}

/** Runs the combination over the block. */
export function goThrough(row: usize, block: SweepBlock, signals: Signals): void {
  const count = block.count
  let day = 0
  for (; day < block.dayCount && dayEnd(block, day) < block.first; day++)
    endDay(row, get(row, CombinationField.lastEquity), emptyDays(block, day))
  for (let i = block.first; i < count;) {
    fillAtOpen(row, get(block.open, i))
    const side = get(row, CombinationField.side)
    const next = nextBit(side == 0 ? signals.anyEntry : side > 0 ? signals.longExit : signals.shortExit, i, count)
    const end = min(next + 1, count)
    hold(row, block, i, end)
    for (; day < block.dayCount && dayEnd(block, day) < end; day++)
      endDay(row, equityAt(row, get(block.close, dayEnd(block, day))), emptyDays(block, day))
    if (next < count) decide(row, signals, next)
    i = end
  }
  set(row, CombinationField.lastEquity, equityAt(row, get(block.close, count - 1)))
}

/**
 * After the last candle: fills at the open of an unfinished candle (NaN: there is none), then closes the rest at the
 * last close.
 */
export function finishCombination(row: usize, tailOpen: f64, tailHigh: f64, lastClose: f64): void {
  if (tailOpen == tailOpen) fillAtOpen(row, tailOpen)
  if (get(row, CombinationField.side) < 0 && tailHigh >= get(row, CombinationField.liquidationPrice))
    set(row, CombinationField.gaveUp, 1)
  if (get(row, CombinationField.side) != 0) exit(row, lastClose)
  const equity = get(row, CombinationField.cash)
  takeRange(row, equity, equity)
  endDay(row, equity, 0)
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

/** A signal at candle i: the position ends, an entry of the other side may follow at the same open. */
// @ts-ignore: decorator
@inline
function decide(row: usize, signals: Signals, i: i32): void {
  const side = get(row, CombinationField.side)
  set(row, CombinationField.exitWaits, side == 0 ? 0 : 1)
  if (bitAt(signals.anyEntry, i) == 0) return
  const wanted: f64 = bitAt(signals.longEntry, i) != 0 ? 1 : -1
  if (wanted != side) set(row, CombinationField.entryWaits, wanted)
}

// @ts-ignore: decorator
@inline
function fillAtOpen(row: usize, open: f64): void {
  if (get(row, CombinationField.exitWaits) != 0) exit(row, slipped(open, get(row, CombinationField.side) < 0))
  const side = get(row, CombinationField.entryWaits)
  if (side != 0) enter(row, side, slipped(open, side > 0))
}

function enter(row: usize, side: f64, price: f64): void {
  const feeRate = setting(Setting.feeRate)
  const fromCoins = setting(Setting.feeFromReceived) != 0 && side > 0
  const quoteFee: f64 = fromCoins ? 0 : feeRate
  const leverage = setting(Setting.leverage)
  const cash = get(row, CombinationField.cash)
  const wanted = (cash * setting(Setting.sizeAmount)) / 100 / (price * (1 + quoteFee))
  const most = cash / (price * ((side < 0 ? 1 / leverage : 1) + quoteFee))
  const quantity = min(wanted, most)
  set(row, CombinationField.entryWaits, 0)
  // Nothing left to trade with: the whole broker decides which refusal that is.
  if (!(quantity > 0)) return set(row, CombinationField.gaveUp, 1)
  const value = quantity * price
  const fee = value * feeRate
  const owned = fromCoins ? quantity * (1 - feeRate) : quantity
  const left = (fromCoins ? cash : cash - fee) - (side > 0 ? value : 0)
  set(row, CombinationField.side, side)
  set(row, CombinationField.quantity, owned)
  set(row, CombinationField.entryPrice, price)
  set(row, CombinationField.cost, value)
  set(row, CombinationField.entryFees, fromCoins ? 0 : fee)
  set(row, CombinationField.cash, left)
  set(row, CombinationField.base, side > 0 ? left : left + owned * price)
  set(row, CombinationField.slope, side * owned)
  set(row, CombinationField.liquidationPrice, (price * (1 + 1 / leverage)) / (1 + MAINTENANCE_MARGIN))
}

function exit(row: usize, price: f64): void {
  const value = get(row, CombinationField.quantity) * price
  const fee = value * setting(Setting.feeRate)
  const cost = get(row, CombinationField.cost)
  const isLong = get(row, CombinationField.side) > 0
  const gross = isLong ? value - cost : cost - value
  // The margin is gone, but for rounding: the whole broker computes the loss.
  if (!isLong && fee - gross >= (cost / setting(Setting.leverage)) * (1 - 1e-6)) set(row, CombinationField.gaveUp, 1)
  const cash = get(row, CombinationField.cash) + (isLong ? value - fee : gross - fee)
  const profit = gross - fee - get(row, CombinationField.entryFees)
  set(row, CombinationField.cash, cash)
  set(row, CombinationField.base, cash)
  set(row, CombinationField.slope, 0)
  set(row, CombinationField.side, 0)
  set(row, CombinationField.exitWaits, 0)
  set(row, CombinationField.tradeCount, get(row, CombinationField.tradeCount) + 1)
  set(row, CombinationField.profit, get(row, CombinationField.profit) + profit)
  if (profit > 0) {
    set(row, CombinationField.winCount, get(row, CombinationField.winCount) + 1)
    set(row, CombinationField.grossProfit, get(row, CombinationField.grossProfit) + profit)
  } else set(row, CombinationField.grossLoss, get(row, CombinationField.grossLoss) + profit)
}

/** The candles [from, to) pass with the present position. */
// @ts-ignore: decorator
@inline
function hold(row: usize, block: SweepBlock, from: i32, to: i32): void {
  const slope = get(row, CombinationField.slope)
  const sampled = min(to, block.sampleEnd)
  if (slope == 0) {
    if (sampled > from) takeRange(row, get(row, CombinationField.cash), get(row, CombinationField.cash))
    return
  }
  mark(Mark.sweepHold)
  set(row, CombinationField.exposedSamples, get(row, CombinationField.exposedSamples) + <f64>(to - from))
  if (slope < 0 && highestIn(block.highestHigh, from, to) >= get(row, CombinationField.liquidationPrice))
    set(row, CombinationField.gaveUp, 1)
  if (sampled <= from) return
  const highest = equityAt(row, highestIn(block.highestClose, from, sampled))
  const lowest = equityAt(row, lowestIn(block.lowestClose, from, sampled))
  const best = slope > 0 ? highest : lowest
  const worst = slope > 0 ? lowest : highest
  // Within the stretch the fall is at most from its best to its worst; only if that would be the deepest does the
  // order matter.
  if (best > get(row, CombinationField.peak) && best - worst > get(row, CombinationField.fall) * best) takeEach(row, block, from, sampled)
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
  if (change < 0) set(row, CombinationField.downSquares, get(row, CombinationField.downSquares) + change * change)
}
