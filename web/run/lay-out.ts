import { defaultAccount, type RunPlan } from "#engine/run"
import { strategyFromJson, type StrategyProblem } from "#engine/strategy"
import { codeEngineOf } from "./code-engine.ts"
import { type OpenMarket, openMarket } from "./open-market.ts"
import type { RunJob } from "./run-job.ts"

/** A job's market, with its candles in an engine, and what is to be run on it. */
export type LaidOut = { market: OpenMarket; plan: RunPlan }

/** Lays a job out, or says what is wrong with it. Throws when the engine or the candles cannot be had. */
export async function layOut(
  job: RunJob,
): Promise<({ ok: true } & LaidOut) | { ok: false; problems: StrategyProblem[] }> {
  const checked = strategyFromJson(job.timeframe ? { ...job.strategy, timeframe: job.timeframe } : job.strategy)
  if (!checked.ok) return checked
  const compiled = await codeEngineOf(checked.strategy)
  if (compiled && !compiled.ok) return compiled
  const market = await openMarket({ id: job.marketId, toMs: job.toMs, engine: compiled?.engine })
  const { cash, feePercent, slippagePercent, params, fromMs } = job
  const account = { ...defaultAccount, cash, feePercent, slippagePercent }
  return { ok: true, market, plan: { strategy: checked.strategy, params, account, fromMs } }
}
