import { type Timeframe } from "#engine/candles"
import { type RegimeTrades, resultHashOf, type RunRecord } from "#engine/result"
import { accountCheckOf, type Backtested, backtestIn, type FillMode } from "#engine/run"
import type { StrategyDocument, StrategyProblem, WrittenStrategy } from "#engine/strategy"
import type { TimeZone } from "../ui/date-format.ts"
import { chartColumns } from "./chart-columns.ts"
import { chartLines } from "./chart-lines.ts"
import { type LaidOut, layOut } from "./lay-out.ts"
import { madeUpOf } from "./made-up.ts"
import type { OpenMarket, OpenMarkets } from "./open-market.ts"
import type { RunMarket, RunReport } from "./run-report.ts"
import { runTables } from "./run-tables.ts"
import { testedData } from "./tested-data.ts"

/** A backtest to run in the worker. */
export type RunJob = {
  marketId: string
  /** Further markets, with the same account. */
  alsoIds: string[]
  /** Which of the markets the chart shows. */
  shown: number
  strategy: WrittenStrategy
  params: Record<string, number | boolean>
  timeframe?: Timeframe
  cash: number
  feePercent: number
  slippagePercent: number
  delayCandles: number
  fills: FillMode
  leverage: number
  /** This much of the period, at its end, is left out. */
  unseenPercent: number
  /** The exchange's minimum order value, in the market's currency. */
  minOrder: number
  fromMs?: number
  /** Exclusive. */
  toMs?: number
  /** The time zone of the tables' weekdays and hours. */
  zone: TimeZone
}

/** How a job ended; "superseded" when a newer one came before it was done. */
export type RunAnswer =
  | { state: "done"; report: RunReport }
  | { state: "refused"; problems: StrategyProblem[] }
  | { state: "superseded" }

type RunJobOptions = { onProgress: (share: number) => void; signal: AbortSignal }

/**
 * Runs one job and returns everything about it, or what is wrong with it. Throws when the engine or the candles are
 * not available, and the signal's reason.
 */
export async function runJob(job: RunJob, { onProgress, signal }: RunJobOptions): Promise<RunAnswer> {
  const laidOut = await layOut(job)
  if (!laidOut.ok) return { state: "refused", problems: laidOut.problems }
  const { markets, plan } = laidOut
  signal.throwIfAborted()
  if (!hasCandles(markets, job))
    return {
      state: "refused",
      problems: [{ path: "", because: emptyPeriod(job) }],
    }
  // Whoever waits knows from now on that it is the person's code that takes its time, and no longer the compiler.
  if (plan.strategy.code) onProgress(0)
  const answer = await backtestIn(markets.session, plan, {
    signal,
    seriesOf: job.shown,
    onProgress: ({ doneCandles, totalCandles }) => onProgress(doneCandles / totalCandles),
  })
  return answer.ok
    ? { state: "done", report: await reportOf(job, laidOut, answer) }
    : { state: "refused", problems: answer.problems }
}

function emptyPeriod({ fromMs, toMs }: RunJob): string {
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs)
    return "The period ends before it begins. Choose a last day after the first; nothing was lost."
  return "The market has no candles in this period. Choose days within its range."
}

function hasCandles({ session }: OpenMarkets, { fromMs = -Infinity }: RunJob): boolean {
  return session.markets.some(({ candles }) => (candles.openTimeMs.at(-1) ?? -Infinity) >= fromMs)
}

async function reportOf(
  job: RunJob,
  { markets, plan }: LaidOut,
  { result, record, series }: Extract<Backtested, { ok: true }>,
): Promise<RunReport> {
  const { strategy, account } = plan
  // The platform hashes beside us: it begins first and is awaited last.
  const resultHash = resultHashOf(result)
  const chart = chartColumns({
    candles: markets.session.markets[job.shown].candles,
    equity: result.equity,
    holding: result.holding,
    cash: account.cash,
  })
  return {
    job,
    market: marketOf(markets.list[job.shown]),
    markets: markets.list.map(marketOf),
    unseen: markets.unseen,
    accountCheck: accountCheckOf(plan, record, job.minOrder),
    data: testedData(markets, plan.fromMs),
    madeUp: madeUpOf(markets.list),
    strategyName: strategy.name,
    timeframe: strategy.timeframe,
    cash: account.cash,
    trades: result.trades,
    equity: result.equity,
    metrics: result.metrics,
    rejected: result.rejected,
    hashes: { engine: result.engine, strategy: result.strategy, data: result.data },
    holdingFinal: result.holding.at(-1) ?? account.cash,
    chart,
    lines: series ? chartLines(series, chart) : [],
    tables: runTables(record, result, {
      zone: job.zone,
      perRegime: await perRegimeOf(markets, strategy, record),
    }),
    resultHash: await resultHash,
  }
}

async function perRegimeOf(
  { session }: OpenMarkets,
  strategy: StrategyDocument,
  record: RunRecord,
): Promise<RegimeTrades[]> {
  if (!Object.values(strategy.models ?? {}).some(({ kind }) => kind === "regimes")) return []
  const { regimeTables } = await import("./regime-tables.ts")
  return regimeTables(session, strategy, record)
}

function marketOf({ id, name, quote, candles }: OpenMarket): RunMarket {
  const { openTimeMs, timeframeMs, priceDecimals, extra } = candles
  return {
    id,
    name,
    currency: quote,
    timeframeMs,
    priceDecimals,
    hasFunding: "funding" in extra,
    fromMs: openTimeMs[0],
    toMs: openTimeMs[openTimeMs.length - 1],
  }
}
