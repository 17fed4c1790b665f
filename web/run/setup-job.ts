import { type Timeframe, timeframesMs } from "#engine/candles"
import type { WrittenStrategy } from "#engine/strategy"
import type { TimeZone } from "../ui/date-format.ts"
import type { RunJob } from "./run-job.ts"
import type { RunSetup } from "./run-setup.ts"
import { usualCash } from "./usual-cash.ts"
import { knownVenue, minOrderOf } from "./venue-terms.ts"

/** The job a setup asks for, of this strategy on this market. */
export function jobOf(
  setup: RunSetup,
  strategy: WrittenStrategy,
  market: { timeframeMs: number; quote?: string; venue?: string },
  zone: TimeZone,
): RunJob {
  return {
    marketId: setup.market,
    strategy,
    params: setup.params,
    timeframe: timeframeFor(setup.timeframe ?? strategy.timeframe, market.timeframeMs),
    cash: setup.cash ?? usualCash(market.quote),
    feePercent: setup.feePercent,
    slippagePercent: setup.slippagePercent,
    delayCandles: setup.delayCandles,
    fills: setup.fills,
    unseenPercent: setup.unseenPercent,
    minOrder: minOrderOf(setup.venue ?? knownVenue(market.venue), market.quote),
    fromMs: setup.fromMs,
    toMs: setup.toMs,
    zone,
  }
}

/** The wanted timeframe; where the market's candles are wider than that, theirs. */
export function timeframeFor(wanted: Timeframe, marketTimeframeMs: number): Timeframe {
  const possible = possibleTimeframes(marketTimeframeMs)
  return possible.includes(wanted) ? wanted : (possible[0] ?? wanted)
}

/** The timeframes whose candles can be put together from the market's, finest first. */
export function possibleTimeframes(marketTimeframeMs: number): Timeframe[] {
  return (Object.keys(timeframesMs) as Timeframe[]).filter((name) => timeframesMs[name] % marketTimeframeMs === 0)
}
