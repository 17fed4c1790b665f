import { type Timeframe, timeframesMs } from "#engine/candles"
import { templateOf } from "./template-of.ts"
import type { RunJob } from "./run-job.ts"
import type { RunSetup } from "./run-setup.ts"
import { usualCash } from "./usual-cash.ts"

/** The job a setup asks for on this market. */
export function jobOf(setup: RunSetup, market: { timeframeMs: number; quote?: string }): RunJob {
  const { document } = templateOf(setup.strategy)
  return {
    marketId: setup.market,
    strategy: document,
    params: setup.params,
    timeframe: timeframeFor(setup, market.timeframeMs),
    cash: setup.cash ?? usualCash(market.quote),
    feePercent: setup.feePercent,
    slippagePercent: setup.slippagePercent,
    fromMs: setup.fromMs,
    toMs: setup.toMs,
  }
}

/** The asked-for timeframe or the template's own; where the market's candles are wider than that, theirs. */
export function timeframeFor(setup: Pick<RunSetup, "strategy" | "timeframe">, marketTimeframeMs: number): Timeframe {
  const wanted = setup.timeframe ?? templateOf(setup.strategy).document.timeframe
  const possible = possibleTimeframes(marketTimeframeMs)
  return possible.includes(wanted) ? wanted : (possible[0] ?? wanted)
}

/** The timeframes whose candles can be put together from the market's, finest first. */
export function possibleTimeframes(marketTimeframeMs: number): Timeframe[] {
  return (Object.keys(timeframesMs) as Timeframe[]).filter((name) => timeframesMs[name] % marketTimeframeMs === 0)
}
