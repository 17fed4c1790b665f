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
  const market = await openMarket({ id: job.marketId, ...periodOf(job), engine: compiled?.engine })
  const { cash, feePercent, slippagePercent, delayCandles, fills, params, fromMs } = job
  const account = { ...defaultAccount, cash, feePercent, slippagePercent, delayCandles, fills }
  return { ok: true, market, plan: { strategy: checked.strategy, params, account, fromMs } }
}

/** Where nothing is left out the session does not depend on its beginning, and stays when that moves. */
function periodOf({ fromMs, toMs, unseenPercent }: RunJob) {
  return unseenPercent === 0 ? { toMs, unseenPercent } : { fromMs, toMs, unseenPercent }
}
