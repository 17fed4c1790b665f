import { sliceCandles } from "../../candles/candles.ts"
import type { EntryRank } from "../../result/chance-lights.ts"
import { FEW_TRADES } from "../../result/lights.ts"
import { metricsOf } from "../../result/metrics.ts"
import { randomEntries, tradeLengthPercentOf } from "../../result/random-entries.ts"
import type { RunRecord } from "../../result/run-record.ts"
import type { RunPlan } from "../engine/engine-run.ts"
import type { EngineSession } from "../engine/engine-session.ts"
import { combinationAt, combinationCount } from "../search/search-space.ts"
import { figuresOf, whyAlone } from "../sweep/combination-figures.ts"
import { FREQUENCY_RUNS, ownRunOf, randomEntry, type RunCombinations } from "./random-entry.ts"

const ENTRY_TRIES = 199
const MOVED_TRIES = 500
const SEED = 1
/** Candles times runs to spend: beyond, trades are moved instead of entered anew. */
const MOST_WORK = 60_000_000

/**
 * How a run ranks among runs that enter by chance, quickly: by the engine where they run over the candles together, else
 * by moving its trades. Undefined with too few trades to tell. Cancelling rejects with the signal's reason.
 */
export async function entryRankOf(
  session: EngineSession,
  plan: RunPlan,
  record: RunRecord,
  signal?: AbortSignal,
): Promise<EntryRank | undefined> {
  const markets = session.markets.map(({ candles }) => sliceCandles(candles, { fromMs: plan.fromMs }))
  const { trades } = record
  const tradeLengthPercent = tradeLengthPercentOf(trades, markets)
  if (tradeLengthPercent === undefined || trades.count < FEW_TRADES) return undefined
  const ranked = isQuick(session, plan) ? await engineRank(session, plan, record, signal) : undefined
  const { method, tries, betterThanPercent } = ranked ?? {
    method: "moved" as const,
    ...randomEntries({ trades, markets, tries: MOVED_TRIES, seed: SEED })!,
  }
  return { method, tries, betterThanPercent, tradeLengthPercent }
}

function isQuick(session: EngineSession, plan: RunPlan): boolean {
  const candles = session.markets.reduce((sum, market) => sum + market.candles.openTimeMs.length, 0)
  return whyAlone(session, plan) === undefined && candles * (FREQUENCY_RUNS + ENTRY_TRIES) <= MOST_WORK
}

function engineRank(session: EngineSession, plan: RunPlan, record: RunRecord, signal?: AbortSignal) {
  const samples = record.equity.openTimeMs.length * session.markets.length
  const own = ownRunOf(metricsOf(record), record.trades, samples)
  const run = combinationsIn(session, plan, signal)
  return randomEntry(run, { strategy: plan.strategy, own, tries: ENTRY_TRIES, seed: SEED })
}

/** Runs combinations over candles that are already in an engine, with a plan's account, values and period. */
export function combinationsIn(session: EngineSession, plan: RunPlan, signal?: AbortSignal): RunCombinations {
  return async (strategy, dimensions) => {
    const space = { variants: [strategy], dimensions }
    const combinations = Array.from({ length: combinationCount(space) }, (_, n) => combinationAt(space, n).params)
    const { figures } = await figuresOf(session, { ...plan, strategy }, combinations, { signal })
    return figures
  }
}
