import { type Timeframe, timeframesMs } from "#engine/candles"
import type { WrittenStrategy } from "#engine/strategy"
import type { TimeZone } from "../ui/date-format.ts"
import type { RunJob } from "./run-job.ts"
import type { RunSetup } from "./run-setup.ts"
import { usualCash } from "./usual-cash.ts"
import { knownVenue, minOrderOf } from "./venue-terms.ts"

/** What a job must know about a market. `extraNames`: further columns of its candles. */
export type JobMarket = { timeframeMs: number; quote?: string; venue?: string; extraNames?: string[] }

/** Where rules are to run: on candles of which length, and which further columns all the markets have. */
export type RulesPlace = { timeframe: Timeframe | undefined; extra: string[] | "any" }

/** Where a setup runs a strategy's rules. Of markets that are not here nothing is known, and any name may be theirs. */
export function rulesPlaceOf(
  setup: RunSetup,
  strategy: WrittenStrategy,
  markets: readonly (JobMarket | undefined)[],
): RulesPlace {
  const here = markets.flatMap((market) => market ?? [])
  if (here.length < markets.length) return { timeframe: setup.timeframe, extra: "any" }
  const [first, ...others] = here.map(({ extraNames = [] }) => extraNames)
  return {
    timeframe: timeframeFor(
      setup.timeframe ?? strategy.timeframe,
      here.map(({ timeframeMs }) => timeframeMs),
    ),
    extra: first.filter((name) => others.every((names) => names.includes(name))),
  }
}

/** The job a setup asks for, of this strategy on these markets: the setup's own first, then those beside it. */
export function jobOf(
  setup: RunSetup,
  strategy: WrittenStrategy,
  markets: readonly [JobMarket, ...JobMarket[]],
  zone: TimeZone,
): RunJob {
  const [market] = markets
  return {
    marketId: setup.market,
    alsoIds: setup.also,
    shown: Math.max(0, [setup.market, ...setup.also].indexOf(setup.shown ?? setup.market)),
    strategy,
    params: setup.params,
    timeframe: rulesPlaceOf(setup, strategy, markets).timeframe,
    cash: setup.cash ?? usualCash(market.quote),
    feePercent: setup.feePercent,
    ...lateness(setup),
    fills: setup.fills,
    leverage: setup.leverage,
    unseenPercent: setup.unseenPercent,
    minOrder: minOrderOf(setup.venue ?? knownVenue(market.venue), market.quote),
    fromMs: setup.fromMs,
    toMs: setup.toMs,
    zone,
  }
}

/** Slippage and delay, as far as they count: the other programs have neither, and the setup keeps them meanwhile. */
export function lateness({ fills, slippagePercent, delayCandles }: RunSetup) {
  return fills === "conservative" ? { slippagePercent, delayCandles } : { slippagePercent: 0, delayCandles: 0 }
}

/** The wanted timeframe; where the markets' candles are wider than that, the finest that they can all make. */
export function timeframeFor(wanted: Timeframe, marketTimeframesMs: readonly number[]): Timeframe {
  const possible = possibleTimeframes(marketTimeframesMs)
  return possible.includes(wanted) ? wanted : (possible[0] ?? wanted)
}

/** The timeframes that every market's candles can be combined into, finest first. */
export function possibleTimeframes(marketTimeframesMs: readonly number[]): Timeframe[] {
  return (Object.keys(timeframesMs) as Timeframe[]).filter((name) =>
    marketTimeframesMs.every((baseMs) => timeframesMs[name] % baseMs === 0),
  )
}
