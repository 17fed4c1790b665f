import type { BacktestProgress, BacktestRequest } from "./backtest-request.ts"
import type { BacktestResult } from "../result/backtest-result.ts"
import { Breath } from "./breath.ts"
import { candleBytes, joinBytes } from "../candles/candle-bytes.ts"
import { sliceCandles } from "../candles/candles.ts"
import { canonicalStrategy } from "../strategy/document/canonical.ts"
import { CodeStopped } from "./code/code-stopped.ts"
import { openSession, type EngineSession, type MarketCandles } from "./engine/engine-session.ts"
import type { Engine } from "./engine/engine.ts"
import { type Holding, holdingCurve, holdingEnd } from "../result/holding.ts"
import { prepareRun, type EngineRun, type RunPlan } from "./engine/engine-run.ts"
import { metricsOf } from "../result/metrics.ts"
import { runProblems } from "./run-problems.ts"
import { strategySeriesIn, type StrategySeriesAnswer } from "./strategy-series.ts"
import type { RunRecord } from "../result/run-record.ts"
import { sha256Hex } from "../candles/sha256.ts"
import { simulate, simulationSteps, type SimulationSteps } from "./engine/simulate.ts"
import type { StrategyProblem } from "../strategy/document/strategy-document-problems.ts"
import { timeframesMs } from "../candles/timeframe.ts"
import type { Simulation } from "./engine/simulation-recorder.ts"
import { tradesOf } from "../result/trades.ts"

export type BacktestOptions = {
  onProgress?: (progress: BacktestProgress) => void
  signal?: AbortSignal
  /** Number of the market on which the strategy's series are wanted too. */
  seriesOf?: number
}
/** `record` has the columns behind the result's numbers: tables count over it. */
export type Backtested =
  | { ok: true; result: BacktestResult; record: RunRecord; series?: StrategySeriesAnswer }
  | { ok: false; problems: StrategyProblem[] }

/**
 * Runs a strategy over real candles and returns everything about it, or `problems`. Cancelling rejects with the
 * signal's reason. The same request gives the same bits on every machine.
 */
export async function backtest(
  engine: Engine,
  request: BacktestRequest,
  options: BacktestOptions = {},
): Promise<Backtested> {
  const opened = openBacktest(engine, request)
  return opened.ok ? backtestIn(opened.session, opened.plan, options) : opened
}

export type OpenedBacktest =
  | { ok: true; session: EngineSession; plan: RunPlan }
  | { ok: false; problems: StrategyProblem[] }

/** Puts a request's candles into an engine, where it can be run, asked about and run again. */
export function openBacktest(engine: Engine, request: BacktestRequest): OpenedBacktest {
  const markets = request.markets.map((market) => ({
    ...market,
    candles: sliceCandles(market.candles, { toMs: request.toMs }),
  }))
  const problems = runProblems({ ...request, markets })
  if (problems.length > 0) return { ok: false, problems }
  const { strategy, params, account, fromMs } = request
  return { ok: true, session: openSession(engine, markets), plan: { strategy, params, account, fromMs } }
}

/** The same over candles that are already in an engine: for sliders and comparisons. */
export async function backtestIn(
  session: EngineSession,
  plan: RunPlan,
  options: BacktestOptions = {},
): Promise<Backtested> {
  const { seriesOf } = options
  const prepared = prepareRun(session, { ...plan, shown: seriesOf })
  if (!prepared.ok) return prepared
  try {
    const simulation = await finishInSlices(simulationSteps(prepared.run), session, options)
    const record = recordOf(session, plan, simulation)
    const result = await resultOf(session, plan, simulation, record)
    const series = seriesOf === undefined ? undefined : seriesOfRun(prepared.run, session, seriesOf)
    return { ok: true, result, record, series }
  } catch (stopped) {
    return CodeStopped.asProblems(stopped)
  }
}

/** The strategy's own series: what its code showed while it ran, or what its rules are made of. */
function seriesOfRun({ shown, plan }: EngineRun, session: EngineSession, market: number): StrategySeriesAnswer {
  return shown?.answer() ?? strategySeriesIn(session, plan, market)
}

/** Everything a run leaves behind, in columns, at once and without hashes: the part we benchmark. */
export function runRecord(
  session: EngineSession,
  plan: RunPlan,
): { ok: true; record: RunRecord } | { ok: false; problems: StrategyProblem[] } {
  const run = simulate(session, plan)
  return run.ok ? { ok: true, record: recordOf(session, plan, run.simulation) } : run
}

/** Lets other work run between slices, so that progress shows and cancel works. */
async function finishInSlices(
  steps: SimulationSteps,
  session: EngineSession,
  { onProgress, signal }: BacktestOptions,
): Promise<Simulation> {
  const totalCandles = Math.max(...session.markets.map(({ candles }) => candles.openTimeMs.length))
  const breath = new Breath()
  for (;;) {
    signal?.throwIfAborted()
    const step = steps.next()
    if (step.done) return step.value
    if (!breath.isDue) continue
    onProgress?.({ doneCandles: step.value, totalCandles })
    await breath.take()
  }
}

async function resultOf(
  session: EngineSession,
  plan: RunPlan,
  simulation: Simulation,
  record: RunRecord,
): Promise<BacktestResult> {
  const [strategy, data] = await Promise.all([strategyHash(plan), dataHash(session)])
  return {
    engine: session.engine.sha256,
    strategy,
    data,
    trades: tradesOf(record.trades, record.markets, simulation.tags),
    equity: record.equity,
    holding: holdingCurve(holdingOf(session, plan, record.equity.openTimeMs)),
    metrics: metricsOf(record),
    rejected: simulation.rejected,
  }
}

function recordOf(session: EngineSession, plan: RunPlan, simulation: Simulation): RunRecord {
  const { strategy, account } = plan
  return {
    trades: simulation.trades,
    equity: simulation.equity,
    holdingEnd: holdingEnd(holdingOf(session, plan, simulation.equity.openTimeMs)),
    cash: account.cash,
    timeframeMs: timeframesMs[strategy.timeframe],
    markets: session.markets.map(({ market }) => market),
    rejectedCount: simulation.rejected.length,
    ambiguousCandles: simulation.ambiguousCandles,
    exposedSamples: simulation.exposedSamples,
  }
}

function holdingOf({ markets }: EngineSession, plan: RunPlan, sampleTimesMs: Float64Array): Holding {
  return {
    markets: markets.map(({ candles }) => candles),
    sampleTimesMs,
    timeframeMs: timeframesMs[plan.strategy.timeframe],
    cash: plan.account.cash,
    fromMs: plan.fromMs,
  }
}

/** sha256 of the canonical document with its params. */
function strategyHash({ strategy, params }: RunPlan): Promise<string> {
  return sha256Hex(new TextEncoder().encode(canonicalStrategy(strategy, params)))
}

/** The fingerprint of candles: sha256 of every market's name and columns. */
export function hashOfMarkets(markets: readonly MarketCandles[]): Promise<string> {
  return sha256Hex(
    joinBytes(markets.flatMap(({ market, candles }) => [new TextEncoder().encode(market), candleBytes(candles)])),
  )
}

/** A session's candles never change, and hashing a million of them takes longer than running over them. */
const dataHashes = new WeakMap<EngineSession, Promise<string>>()

function dataHash(session: EngineSession): Promise<string> {
  const known = dataHashes.get(session)
  if (known) return known
  const hash = hashOfMarkets(session.markets)
  dataHashes.set(session, hash)
  return hash
}
