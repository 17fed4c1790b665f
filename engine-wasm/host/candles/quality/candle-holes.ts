import type { Candles } from "../candles.ts"
import { absentBetween } from "../timeframe.ts"

/** A stretch without candles: `missing` candles of the timeframe are absent after the one that opens at `afterMs`. */
export type Hole = { afterMs: number; missing: number }

/**
 * Every stretch where candles of the grid are absent, in order. Exchange outages, quiet minutes, nights and weekends
 * all count.
 */
export function holesOf({ openTimeMs, timeframeMs }: Pick<Candles, "openTimeMs" | "timeframeMs">): Hole[] {
  const holes: Hole[] = []
  for (let index = 1; index < openTimeMs.length; index++) {
    const missing = absentBetween(openTimeMs[index - 1], openTimeMs[index], timeframeMs)
    if (missing > 0) holes.push({ afterMs: openTimeMs[index - 1], missing })
  }
  return holes
}
