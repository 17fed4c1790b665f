import { DAY_MS, isTimeframe, timeframesMs } from "../../candles/timeframe.ts"
import { MOST_CURVE_POINTS } from "../report-curve.ts"
import type { RunAbout } from "./run-json.ts"

/** A candle at either end may be incomplete. */
const ENDS = 2
/** Markets with sessions rest this long at most, so the last strategy candle may be so far from the last base candle. */
const LONGEST_REST_MS = 10 * DAY_MS

type Tested = Pick<RunAbout, "timeframe" | "markets" | "candles" | "curve">

/** Whether a run's curve has a point for its candles, as many as a curve keeps, and goes on to the last of them. */
export function isCurveWhole({ timeframe, markets, candles, curve }: Tested): boolean {
  if (!isTimeframe(timeframe)) return true
  const timeframeMs = timeframesMs[timeframe]
  const perMarket = candles.count / Math.max(1, markets.length)
  const samples = Math.floor((perMarket * candles.lengthMs) / timeframeMs) - ENDS
  // Longer curves are thinned, to half of what they may have at worst.
  const fewest = samples > MOST_CURVE_POINTS ? MOST_CURVE_POINTS / 2 : samples
  const lastMs = curve.openTimeMs.at(-1)
  const isToTheEnd = lastMs === undefined || candles.toMs - lastMs <= ENDS * timeframeMs + LONGEST_REST_MS
  return curve.equity.length >= fewest && isToTheEnd
}
