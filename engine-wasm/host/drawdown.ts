import type { RunRecord } from "./run-record.ts"

type Curve = Pick<RunRecord, "equity" | "cash" | "timeframeMs">

/** A fall from the running peak. Indices are equity samples; a startIndex of -1 is the starting cash, a recoveryIndex of null "not yet". */
export type Drawdown = {
  /** 0 to 100, of the peak. */
  percent: number
  /** Quote currency from peak to bottom. */
  money: number
  startIndex: number
  bottomIndex: number
  recoveryIndex: number | null
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

/** The curve's deepest fall in percent of the running peak, its longest time under water and its extremes, in one pass. */
export function scanEquity(run: Curve): EquityScan {
  let depth = 0
  let deepest: Drawdown | null = null
  let longestUnderwaterMs = 0
  let lowest = run.cash
  const highest = eachDip(run, (startIndex, bottomIndex, endIndex) => {
    const bottom = run.equity.equity[bottomIndex]
    if (bottom < lowest) lowest = bottom
    longestUnderwaterMs = Math.max(longestUnderwaterMs, underwaterMs(run, startIndex, endIndex))
    const fall = depthOf(peakEquity(run, startIndex), bottom)
    if (fall <= depth) return
    depth = fall
    deepest = drawdownOf(run, startIndex, bottomIndex, endIndex)
  })
  return { deepest, longestUnderwaterMs, lowest, highest }
}

/** The deepest falls in percent, deepest first; each runs from a peak to its recovery, so they do not overlap. */
export function worstDrawdowns(run: Curve, count = 5): Drawdown[] {
  const worst: Drawdown[] = []
  eachDip(run, (startIndex, bottomIndex, endIndex) => {
    const dip = drawdownOf(run, startIndex, bottomIndex, endIndex)
    if (worst.length === count && dip.percent <= worst[count - 1].percent) return
    worst.push(dip)
    worst.sort((a, b) => b.percent - a.percent)
    if (worst.length > count) worst.pop()
  })
  return worst
}

/** How far below its running peak (the starting cash at first) each equity sample is: 0 to 100 percent. */
export function underwaterPercents(run: Curve): Float64Array {
  const percents = new Float64Array(run.equity.equity.length)
  let peak = run.cash
  for (let i = 0; i < percents.length; i++) {
    const now = run.equity.equity[i]
    if (now >= peak) peak = now
    else percents[i] = depthOf(peak, now) * 100
  }
  return percents
}

/**
 * Calls `visit` for every stretch below the running peak: the peak's index (-1: the starting cash), its lowest sample's,
 * and that of its recovery (the number of samples when there was none). Returns the highest equity.
 */
function eachDip(run: Curve, visit: (startIndex: number, bottomIndex: number, endIndex: number) => void): number {
  const { equity } = run.equity
  let peak = run.cash
  let i = 0
  while (i < equity.length) {
    while (i < equity.length && equity[i] >= peak) peak = equity[i++]
    if (i === equity.length) break
    const start = i - 1
    let bottom = i
    for (; i < equity.length && equity[i] < peak; i++) if (equity[i] < equity[bottom]) bottom = i
    visit(start, bottom, i)
  }
  return peak
}

function drawdownOf(run: Curve, startIndex: number, bottomIndex: number, endIndex: number): Drawdown {
  const peak = peakEquity(run, startIndex)
  const bottom = run.equity.equity[bottomIndex]
  return {
    percent: depthOf(peak, bottom) * 100,
    money: peak - bottom,
    startIndex,
    bottomIndex,
    recoveryIndex: endIndex < run.equity.equity.length ? endIndex : null,
    underwaterMs: underwaterMs(run, startIndex, endIndex),
  }
}

/** A fraction of the peak; equity below 0 is a fall of the whole. */
function depthOf(peak: number, bottom: number): number {
  return Math.min(1, (peak - bottom) / peak)
}

function peakEquity(run: Curve, index: number): number {
  return index < 0 ? run.cash : run.equity.equity[index]
}

function underwaterMs(run: Curve, startIndex: number, endIndex: number): number {
  const times = run.equity.openTimeMs
  // The starting cash is as old as the first candle's open: one candle before that candle's close.
  const startMs = startIndex < 0 ? times[0] - run.timeframeMs : times[startIndex]
  return times[Math.min(endIndex, times.length - 1)] - startMs
}
