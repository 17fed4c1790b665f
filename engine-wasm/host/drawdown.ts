import type { EquityCurve } from "./backtest-result.ts"

/** A fall from the running peak. Indices are equity samples; a startIndex of -1 is the starting cash, recoveryIndex null is "not yet". */
export type Drawdown = {
  /** 0 to 100, of the peak. */
  percent: number
  /** Quote currency from peak to bottom. */
  money: number
  startIndex: number
  bottomIndex: number
  recoveryIndex: number | null
}

export type EquityScan = {
  /** Null when equity never was below its peak. */
  deepest: Drawdown | null
  /** Longest time from a peak to the sample that reached it again, or to the end. */
  longestUnderwaterMs: number
  /** Lowest and highest equity, the starting cash included. */
  lowest: number
  highest: number
}

/**
 * One pass over the curve: its deepest fall in percent of the running peak (the cash at first), the longest time
 * under water, and the extremes. Equity below 0 counts as a fall of 100 %.
 */
export function scanEquity(curve: EquityCurve, cash: number): EquityScan {
  const { equity, openTimeMs } = curve
  const count = equity.length
  let peak = cash
  let peakIndex = -1
  let lowest = cash
  let depth = 0
  // Only equity under this line makes a deeper fall, so the loop needs no division.
  let line = cash
  let startIndex = -1
  let startEquity = cash
  let bottomIndex = -1
  let recoveryIndex = -1
  let longestMs = 0
  for (let i = 0; i < count; i++) {
    const now = equity[i]
    if (now >= peak) {
      if (i - peakIndex > 1) {
        longestMs = Math.max(longestMs, underwaterMs(openTimeMs, peakIndex, i))
        if (peakIndex === startIndex && bottomIndex > startIndex) recoveryIndex = i
      }
      peak = now
      peakIndex = i
      line = peak * (1 - depth)
    } else {
      if (now < line) {
        depth = Math.min(1, (peak - now) / peak)
        line = peak * (1 - depth)
        startIndex = peakIndex
        startEquity = peak
        bottomIndex = i
        recoveryIndex = -1
      }
      if (now < lowest) lowest = now
    }
  }
  if (count - 1 > peakIndex) longestMs = Math.max(longestMs, underwaterMs(openTimeMs, peakIndex, count - 1))
  const deepest = bottomIndex < 0 ? null : {
    percent: depth * 100,
    money: startEquity - equity[bottomIndex],
    startIndex,
    bottomIndex,
    recoveryIndex: recoveryIndex < 0 ? null : recoveryIndex,
  }
  return { deepest, longestUnderwaterMs: longestMs, lowest, highest: peak }
}

/** From the peak's close to the close of sample `end`; the starting cash counts from the first candle's open. */
function underwaterMs(openTimeMs: Float64Array, peakIndex: number, end: number): number {
  if (peakIndex >= 0) return openTimeMs[end] - openTimeMs[peakIndex]
  const candleMs = openTimeMs.length > 1 ? openTimeMs[1] - openTimeMs[0] : 0
  return openTimeMs[end] - openTimeMs[0] + candleMs
}
