import type { RunRecord } from "./run-record.ts"

type Curve = Pick<RunRecord, "equity" | "cash" | "timeframeMs">

/** A fall from the running peak; times are open times of the strategy candles (UTC ms). */
export type Drawdown = {
  /** 0 to 100, of the peak. */
  percent: number
  /** Quote currency from peak to bottom. */
  money: number
  /** The peak's candle, the last one when equal; the first candle when the peak is the starting cash. */
  startMs: number
  bottomMs: number
  /** The first candle at or above the peak again, or null. */
  recoveryMs: number | null
  /** From the peak's candle to the candle that reached it again, or to the last one. */
  underwaterMs: number
}

export type EquityScan = {
  /** Null when equity never was below its peak. */
  deepest: Drawdown | null
  longestUnderwaterMs: number
  /** Lowest and highest equity, the starting cash included. */
  lowest: number
  highest: number
}

/**
 * The curve's deepest fall in percent of the running peak, its longest time under water and its extremes, in one
 * pass.
 */
export function scanEquity(run: Curve): EquityScan {
  const dip = beforeFirstDip(run)
  let depth = 0
  let deepest: Drawdown | null = null
  let longestUnderwaterMs = 0
  let lowest = run.cash
  while (toNextDip(run.equity.equity, dip)) {
    lowest = Math.min(lowest, dip.bottom)
    longestUnderwaterMs = Math.max(longestUnderwaterMs, underwaterMs(run, dip))
    const fall = depthOf(dip)
    if (fall <= depth) continue
    depth = fall
    deepest = drawdownOf(run, dip)
  }
  return { deepest, longestUnderwaterMs, lowest, highest: dip.peak }
}

/** The deepest falls in percent, deepest first; each runs from a peak to its recovery, so they do not overlap. */
export function worstDrawdowns(run: Curve, count = 5): Drawdown[] {
  const dip = beforeFirstDip(run)
  const worst: Drawdown[] = []
  while (toNextDip(run.equity.equity, dip)) {
    if (worst.length === count && depthOf(dip) * 100 <= worst[count - 1].percent) continue
    worst.push(drawdownOf(run, dip))
    worst.sort((a, b) => b.percent - a.percent)
    worst.length = Math.min(worst.length, count)
  }
  return worst
}

/** How far below its running peak (the starting cash at first) each equity sample is: 0 to 100 percent. */
export function underwaterPercents(run: Curve): Float64Array {
  const percents = new Float64Array(run.equity.equity.length)
  let peak = run.cash
  for (let i = 0; i < percents.length; i++) {
    const now = run.equity.equity[i]
    if (now >= peak) peak = now
    else percents[i] = depthOf({ peak, bottom: now }) * 100
  }
  return percents
}

/**
 * A stretch below the running peak: from the peak (startIndex -1: the starting cash) to its recovery (endIndex, or
 * the number of samples).
 */
type Dip = { peak: number; bottom: number; startIndex: number; bottomIndex: number; endIndex: number }

function beforeFirstDip(run: Curve): Dip {
  return { peak: run.cash, bottom: run.cash, startIndex: -1, bottomIndex: -1, endIndex: 0 }
}

/**
 * Moves on to the next dip, without allocating an object for each; false after the last, when `peak` is the highest
 * equity.
 */
function toNextDip(equity: Float64Array, dip: Dip): boolean {
  let i = dip.endIndex
  let peak = dip.peak
  while (i < equity.length && equity[i] >= peak) peak = equity[i++]
  dip.peak = peak
  if (i === equity.length) return false
  dip.startIndex = i - 1
  let bottom = peak
  while (i < equity.length && equity[i] < peak) {
    bottom = equity[i]
    dip.bottomIndex = i
    i = quietUntil(equity, i + 1, bottom, peak)
  }
  dip.bottom = bottom
  dip.endIndex = i
  return true
}

/**
 * The first index from `from` on whose equity is a new low or back at the peak; four at a time, as most samples are
 * neither.
 */
function quietUntil(equity: Float64Array, from: number, low: number, peak: number): number {
  let i = from
  for (; i + 4 <= equity.length; i += 4) {
    const a = equity[i]
    const b = equity[i + 1]
    const c = equity[i + 2]
    const d = equity[i + 3]
    if (a < low || b < low || c < low || d < low || a >= peak || b >= peak || c >= peak || d >= peak) break
  }
  while (i < equity.length && equity[i] >= low && equity[i] < peak) i++
  return i
}

function drawdownOf(run: Curve, dip: Dip): Drawdown {
  const times = run.equity.openTimeMs
  return {
    percent: depthOf(dip) * 100,
    money: dip.peak - dip.bottom,
    startMs: times[Math.max(0, dip.startIndex)],
    bottomMs: times[dip.bottomIndex],
    recoveryMs: dip.endIndex < times.length ? times[dip.endIndex] : null,
    underwaterMs: underwaterMs(run, dip),
  }
}

/** A fraction of the peak; equity below 0 is a complete loss. */
function depthOf({ peak, bottom }: Pick<Dip, "peak" | "bottom">): number {
  return Math.min(1, (peak - bottom) / peak)
}

function underwaterMs(run: Curve, dip: Dip): number {
  const times = run.equity.openTimeMs
  // The starting cash is as old as the first candle's open: one candle before that candle's close.
  const startMs = dip.startIndex < 0 ? times[0] - run.timeframeMs : times[dip.startIndex]
  return times[Math.min(dip.endIndex, times.length - 1)] - startMs
}
