import { timeframesMs } from "../../candles/timeframe.ts"
import {
  robustnessVerdict,
  type RobustnessLight,
  type RobustnessVerdict,
} from "../../result/robustness/robustness-lights.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import { modelsSpeakFromMs } from "../../strategy/model/models-speak.ts"
import type { History, WalkForward } from "../optimise/optimisation.ts"
import { TaskRefused, type RunAnswer, type TaskRunner } from "../optimise/optimise-task.ts"
import { historyOf } from "../optimise/period-split.ts"
import { costsOf, type Costs } from "./costs.ts"
import { entriesPart, type EntriesPart } from "./entries-part.ts"
import { lightsOfRobustness } from "./lights-of-robustness.ts"
import { bootstrappedRuns, shuffledTrades, skippedTrades, tradesByChance, type MonteCarlo } from "./monte-carlo.ts"
import { otherMarketsOf, type OtherMarket, type OtherMarketRefused } from "./other-markets.ts"
import { regimesOf, type Regime } from "./regimes.ts"
import {
  MOST_ROBUSTNESS_TRIALS,
  ruinCashOf,
  type RobustnessRequest,
  type RobustnessWork,
} from "./robustness-request.ts"
import { startDatesOf, type StartDates } from "./start-dates.ts"
import { walkForwardPart, type FixedParts } from "./walk-forward-part.ts"

/** What is known of how robust a strategy is with its values. */
export type Robustness = {
  /** Params chosen anew part after part, or the same rules on each part; undefined for a history too short to cut. */
  walkForward: WalkForward | FixedParts | undefined
  monteCarlo: MonteCarlo
  /** Quote currency. */
  ruinCash: number
  costs: Costs
  /** Undefined without trades. */
  randomEntry: EntriesPart | undefined
  startDates: StartDates
  /** Empty for a history too short to have moods. */
  regimes: Regime[]
  otherMarkets?: (OtherMarket | OtherMarketRefused)[]
  lights: RobustnessLight[]
  verdict: RobustnessVerdict
}

export const robustnessParts = [
  "costs",
  "startDates",
  "randomEntry",
  "monteCarlo",
  "walkForward",
  "otherMarkets",
] as const
/** `share`: of all the work, 0 to 1. */
export type RobustnessNews = { part: (typeof robustnessParts)[number]; share: number }
export type RobustnessOptions = { onNews?: (news: RobustnessNews) => void; signal?: AbortSignal }
export type RobustnessAnswer = { ok: true; robustness: Robustness } | { ok: false; problems: StrategyProblem[] }

/**
 * Asks how robust a strategy is with its values: other orders of its trades, other pasts of its markets, higher costs,
 * other starts, entries by chance, every mood, part after part, other markets. Returns `problems` for what cannot be run;
 * cancelling rejects with the signal's reason.
 */
export async function robustnessOf(
  runner: TaskRunner,
  whole: RobustnessRequest,
  options: RobustnessOptions = {},
): Promise<RobustnessAnswer> {
  const request = sinceModelsSpeak(whole)
  const problems = requestProblems(request)
  if (problems.length > 0) return { ok: false, problems }
  try {
    return { ok: true, robustness: await asked(runner, request, options) }
  } catch (refused) {
    if (refused instanceof TaskRefused) return { ok: false, problems: [{ path: "", because: refused.message }] }
    throw refused
  }
}

/**
 * Where a strategy asks models, all questions are about the days on which they speak: before, it could not have traded,
 * and chance that may trade there would be another game.
 */
function sinceModelsSpeak(request: RobustnessRequest): RobustnessRequest {
  const { period = {}, markets, terms } = request
  const speakMs = modelsSpeakFromMs(terms.space.variants[0])
  const history = historyOf(markets, period)
  if (speakMs === undefined || speakMs <= history.fromMs || speakMs >= history.toMs) return request
  return { ...request, period: { ...period, fromMs: speakMs } }
}

function requestProblems({ trials, seed, ruinCash, markets, period = {} }: RobustnessRequest): StrategyProblem[] {
  if (!Number.isInteger(trials) || trials < 1 || trials > MOST_ROBUSTNESS_TRIALS)
    return [{ path: "trials", because: `chance is asked 1 to ${MOST_ROBUSTNESS_TRIALS} times, not ${trials}` }]
  if (!Number.isSafeInteger(seed) || seed < 0)
    return [{ path: "seed", because: `the seed is a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, not ${seed}` }]
  if (ruinCash !== undefined && !(ruinCash > 0))
    return [{ path: "ruinCash", because: `ruin is an amount above 0, not ${ruinCash}` }]
  return historyOf(markets, period).candles > 0
    ? []
    : [{ path: "period", because: "there is no candle in this period" }]
}

/** Runs of each part, about: for progress alone. */
function workOf({ trials, others = [] }: RobustnessRequest): number {
  const [run, costs, startDates, randomEntry, windows] = [1, 4, 12, 3, 6]
  return run + costs + startDates + randomEntry + trials + windows + others.length
}

async function asked(
  runner: TaskRunner,
  request: RobustnessRequest,
  { onNews, signal }: RobustnessOptions,
): Promise<Robustness> {
  let done = 0
  const workFor = (part: RobustnessNews["part"]): RobustnessWork => ({
    runner,
    request,
    signal,
    onDone: () => onNews?.({ part, share: Math.min(1, ++done / workOf(request)) }),
  })
  const history = historyOf(request.markets, request.period ?? {})
  const run = await runner.run({ kind: "run", terms: request.terms, stretch: request.period ?? {}, number: 0 }, signal)
  const found = {
    costs: await costsOf(workFor("costs")),
    startDates: await startDatesOf(workFor("startDates"), history),
    randomEntry: await entriesPart(workFor("randomEntry"), run, strategyCandles(request, history)),
    monteCarlo: await monteCarloOf(workFor("monteCarlo"), run),
    ruinCash: ruinCashOf(request),
    walkForward: await walkForwardPart(workFor("walkForward"), history),
    ...(request.others?.length ? { otherMarkets: await otherMarketsOf(workFor("otherMarkets")) } : {}),
    regimes: regimesOf(request.markets, run, request.seed),
  }
  onNews?.({ part: "otherMarkets", share: 1 })
  const lights = lightsOfRobustness(request, run, found)
  return { ...found, lights, verdict: robustnessVerdict(lights) }
}

async function monteCarloOf(work: RobustnessWork, run: RunAnswer): Promise<MonteCarlo> {
  return {
    shuffle: tradesByChance(run, work.request, shuffledTrades),
    bootstrap: await bootstrappedRuns(work),
    skipped: tradesByChance(run, work.request, skippedTrades),
  }
}

function strategyCandles({ terms, markets }: RobustnessRequest, { candles }: History): number {
  return Math.round((candles * markets[0].candles.timeframeMs) / timeframesMs[terms.space.variants[0].timeframe])
}
