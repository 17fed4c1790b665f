import { isoTime } from "../../candles/iso-time.ts"
import { formatNumber } from "../../candles/number-format.ts"
import { timeframesMs } from "../../candles/timeframe.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import type { RunPlan } from "../engine/engine-run.ts"
import type { MarketCandles } from "../engine/engine-session.ts"
import type { Engine } from "../engine/engine.ts"
import { TaskRefused } from "../optimise/optimise-task.ts"
import { runsOf } from "./decided-run.ts"
import { lookAheadIn, type LookAheadCheck } from "./look-ahead.ts"
import { warmUpIn, type WarmUpCheck } from "./warm-up-check.ts"

/** Whether a strategy's decisions depend on candles that had not come yet, and on where the candles began. */
export type HistoryCheck = { lookAhead: LookAheadCheck; warmUp: WarmUpCheck; extraColumns: string[] }
export type HistoryChecked = { ok: true; check: HistoryCheck } | { ok: false; problems: StrategyProblem[] }

/** Runs a strategy over histories cut at either end and compares what it decides; or says why it cannot run at all. */
export function checkHistory(engine: Engine, plan: RunPlan, markets: readonly MarketCandles[]): HistoryChecked {
  const run = runsOf(engine, plan)
  const strategyMs = timeframesMs[plan.strategy.timeframe]
  try {
    const check = {
      lookAhead: lookAheadIn(run, markets, strategyMs),
      warmUp: warmUpIn(run, markets, strategyMs),
      extraColumns: [...new Set(markets.flatMap(({ candles }) => Object.keys(candles.extra)))],
    }
    return { ok: true, check }
  } catch (refused) {
    if (refused instanceof TaskRefused) return { ok: false, problems: [{ path: "", because: refused.message }] }
    throw refused
  }
}

const differences: Record<NonNullable<LookAheadCheck["found"]>["what"], string> = {
  trade: "a trade entered there is another one",
  equity: "the money there is not the same",
  refusal: "an order refused there was not the same",
  wish: "what it wants to do next is not the same",
  line: "a line it shows has another value there",
}

/** The check in sentences, what matters first. */
export function historyCheckInWords({ lookAhead, warmUp, extraColumns }: HistoryCheck): string[] {
  return [...lookAheadWords(lookAhead), ...extraWords(extraColumns), ...warmUpWords(warmUp)]
}

function lookAheadWords({ cuts, found }: LookAheadCheck): string[] {
  if (cuts === 0) return ["The candles are too few to be cut, so nothing was compared."]
  if (!found)
    return [
      `Run over ${formatNumber(cuts)} histories that end earlier, it decided the same until each end: it does not look ahead.`,
    ]
  return [
    `It looks ahead: on a history that ends later, what it did at ${isoTime(found.atMs)} changes (${differences[found.what]}). No backtest of it can be believed.`,
  ]
}

function extraWords(columns: string[]): string[] {
  if (columns.length === 0) return []
  return [
    "The candle file has further columns. They may carry what nobody knew at the time, which no check can see: be sure when each value was known.",
  ]
}

function warmUpWords({ triedCandles, tradeCount, sameFromCandles }: WarmUpCheck): string[] {
  const longest = triedCandles.at(-1)
  if (longest === undefined) return ["The candles are too few to compare warm-ups."]
  if (tradeCount === 0) return ["It made no trade in the last part of the candles, so warm-ups could not be compared."]
  return sameFromCandles === null
    ? [
        `Its trades depend on where the candles begin, with up to ${formatNumber(longest)} candles before the first trade: a bot started later may trade otherwise than the backtest.`,
      ]
    : [`With ${formatNumber(sameFromCandles)} candles or more before trading begins its trades are the same.`]
}
