import { barPlace } from "../run/chart-columns.ts"

/** So many candles are there before the first step: without any past nothing can be judged. */
const FIRST_BARS = 60

/**
 * The bar a replay opens at: that of `startMs`, else some way in. Never the last, which has nothing after it to play:
 * of what ends there, the candles that led to it are played.
 */
export function replayStart(openTimeMs: Float64Array, startMs: number | undefined): number {
  const last = openTimeMs.length - 1
  const wanted = startMs === undefined ? FIRST_BARS : barPlace(openTimeMs, startMs)
  if (wanted < last) return wanted
  return last > FIRST_BARS ? last - FIRST_BARS : Math.floor(last / 2)
}
