import type { Candles } from "../candles.ts"
import { absentBetween } from "../timeframe.ts"

/** A stretch without candles: `missing` candles of the timeframe are absent after the one that opens at `afterMs`. */
export type Hole = { afterMs: number; missing: number }

/** The gaps of a file: the first of them, the longest, and how many there are and candles missing in all. */
export type CandleGaps = { gaps: Hole[]; longestGaps: Hole[]; gapCount: number; missing: number }

/** More are counted, not kept: eighty years of a market that closes every night have fewer. */
const MOST_GAPS = 20_000
const LONGEST_GAPS = 10

type Grid = Pick<Candles, "openTimeMs" | "timeframeMs">

/**
 * Every stretch where candles of the grid are absent, in order. Exchange outages, quiet minutes, nights and weekends
 * all count.
 */
export function holesOf(grid: Grid): Hole[] {
  const holes: Hole[] = []
  eachHole(grid, (afterMs, missing) => holes.push({ afterMs, missing }))
  return holes
}

/** How many stretches are without candles. */
export function countHoles(grid: Grid): number {
  let count = 0
  eachHole(grid, () => count++)
  return count
}

/** Like `holesOf`, for a file that may consist of gaps only. */
export function gapsFound(grid: Grid): CandleGaps {
  const found: CandleGaps = { gaps: [], longestGaps: [], gapCount: 0, missing: 0 }
  const { gaps, longestGaps } = found
  eachHole(grid, (afterMs, missing) => {
    found.missing += missing
    if (found.gapCount++ < MOST_GAPS) gaps.push({ afterMs, missing })
    if (longestGaps.length === LONGEST_GAPS && missing <= longestGaps[LONGEST_GAPS - 1].missing) return
    const place = longestGaps.findLastIndex((gap) => gap.missing >= missing) + 1
    longestGaps.splice(place, 0, { afterMs, missing })
    if (longestGaps.length > LONGEST_GAPS) longestGaps.pop()
  })
  return found
}

function eachHole({ openTimeMs, timeframeMs }: Grid, visit: (afterMs: number, missing: number) => void): void {
  for (let index = 1; index < openTimeMs.length; index++) {
    const missing = absentBetween(openTimeMs[index - 1], openTimeMs[index], timeframeMs)
    if (missing > 0) visit(openTimeMs[index - 1], missing)
  }
}
