import { type Timeframe } from "#engine/candles"
import { type Backtested, backtestIn, defaultAccount, type RunPlan } from "#engine/run"
import { planInWords, strategyFromJson, type StrategyProblem, type WrittenStrategy } from "#engine/strategy"
import { chartColumns } from "./chart-columns.ts"
import { codeEngineOf } from "./code-engine.ts"
import { type OpenMarket, openMarket } from "./open-market.ts"
import { resultHashOf, type RunReport } from "./run-report.ts"
import { runTables } from "./run-tables.ts"
import { testedData } from "./tested-data.ts"

/** A backtest to run in the worker. */
export type RunJob = {
  marketId: string
  strategy: WrittenStrategy
  params: Record<string, number | boolean>
  timeframe?: Timeframe
  cash: number
  feePercent: number
  slippagePercent: number
  fromMs?: number
  /** Exclusive. */
  toMs?: number
}

/** How a job ended; "superseded" when a newer one came before it was done. */
export type RunAnswer =
  | { state: "done"; report: RunReport }
  | { state: "refused"; problems: StrategyProblem[] }
  | { state: "superseded" }

type RunJobOptions = { onProgress: (share: number) => void; signal: AbortSignal }

/**
 * Runs one job and tells everything about it, or what is wrong with it. Throws when the engine or the candles cannot
 * be had, and the signal's reason.
 */
export async function runJob(job: RunJob, { onProgress, signal }: RunJobOptions): Promise<RunAnswer> {
  const checked = strategyFromJson(job.timeframe ? { ...job.strategy, timeframe: job.timeframe } : job.strategy)
  if (!checked.ok) return { state: "refused", problems: checked.problems }
  const compiled = await codeEngineOf(checked.strategy)
  if (compiled && !compiled.ok) return { state: "refused", problems: compiled.problems }
  const market = await openMarket({ id: job.marketId, toMs: job.toMs, engine: compiled?.engine })
  signal.throwIfAborted()
  if (!hasCandles(market, job))
    return {
      state: "refused",
      problems: [{ path: "", because: "The market has no candles in this period. Choose days that lie within it." }],
    }
  const { cash, feePercent, slippagePercent, params, fromMs } = job
  const plan: RunPlan = {
    strategy: checked.strategy,
    params,
    account: { ...defaultAccount, cash, feePercent, slippagePercent },
    fromMs,
  }
  const answer = await backtestIn(market.session, plan, {
    signal,
    onProgress: ({ doneCandles, totalCandles }) => onProgress(doneCandles / totalCandles),
  })
  return answer.ok
    ? { state: "done", report: await reportOf(market, plan, answer) }
    : { state: "refused", problems: answer.problems }
}

function hasCandles({ session }: OpenMarket, { fromMs = -Infinity }: RunJob): boolean {
  const last = session.markets[0].candles.openTimeMs.at(-1)
  return last !== undefined && last >= fromMs
}

async function reportOf(
  market: OpenMarket,
  plan: RunPlan,
  { result, record }: Extract<Backtested, { ok: true }>,
): Promise<RunReport> {
  const { strategy, params, account } = plan
  const { openTimeMs, timeframeMs, priceDecimals } = market.candles
  return {
    market: {
      id: market.id,
      name: market.name,
      currency: market.quote,
      timeframeMs,
      priceDecimals,
      fromMs: openTimeMs[0],
      toMs: openTimeMs[openTimeMs.length - 1],
    },
    data: testedData(market, plan.fromMs),
    strategyName: strategy.name,
    timeframe: strategy.timeframe,
    cash: account.cash,
    trades: result.trades,
    equity: result.equity,
    metrics: result.metrics,
    rejected: result.rejected,
    hashes: { engine: result.engine, strategy: result.strategy, data: result.data },
    holdingFinal: result.holding.at(-1) ?? account.cash,
    plan: planInWords(strategy, params, { markets: [market.name], currency: market.quote, cash: account.cash }),
    tables: runTables(record, result.rejected),
    chart: chartColumns({
      candles: market.session.markets[0].candles,
      equity: result.equity,
      holding: result.holding,
      cash: account.cash,
    }),
    resultHash: await resultHashOf(result),
  }
}
