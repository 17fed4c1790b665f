import { parentPort, workerData } from "node:worker_threads"
import { availableParallelism, constants, setPriority } from "node:os"
import {
  backtestIn,
  dimensionsOf,
  type Engine,
  historyOf,
  type MarketCandles,
  openBacktest,
  optimiseAndShake,
  quoteOf,
  type OptimiseNews,
  runProblems,
  variedCount,
} from "#engine/run"
import { type StrategyDocument, strategyFromJson, type StrategyProblem } from "#engine/strategy"
import { builtEngine, CodeRefused, engineFor } from "../built-engine.ts"
import { openCandleStore } from "../store/candle-store.ts"
import { type JobLook, lookedInto } from "./job-look.ts"
import { failureOf } from "./job-request.ts"
import type { AskedJob, AskedRun, AskedSearch, AskedSweep, JobOutcome } from "./job.ts"
import { optimiseAnswer } from "./optimise-answer.ts"
import { backtestAnswer, sweepAnswer } from "./run-answer.ts"
import { sweptBy, usefulThreads } from "./sweep-threads.ts"
import { taskThreads } from "./task-threads.ts"

/** What the thread receives: a job whose candles are in the data directory, a look into one, or code to compile and no more. */
export type JobData = { job: AskedJob; look?: JobLook; dataDirectory: string } | { check: unknown }
/** Progress from 0 to 1, and at last how it ended. */
export type JobNews = { progress: number } | JobOutcome

// Bots come first. Elsewhere than on Linux a priority is the whole process's.
if (process.platform === "linux") setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
const post = (news: JobNews) => parentPort?.postMessage(news)
const data = workerData as JobData
const strategy = readAgain("check" in data ? data.check : data.job.run.strategy)

try {
  const engine = await engineOf(strategy)
  if ("check" in data) post({ result: "" })
  else post(await outcomeOf(data, engine, await marketsOf(data.job.run, data.dataDirectory)))
} catch (error) {
  if (!(error instanceof CodeRefused)) throw error
  post(failureOf(error.problems))
}

/** It was checked before it was kept. */
function readAgain(document: unknown): StrategyDocument {
  const read = strategyFromJson(document)
  if (!read.ok) throw new CodeRefused(read.problems)
  return read.strategy
}

async function engineOf(document: StrategyDocument): Promise<Engine> {
  const built = await builtEngine()
  if (built === undefined) throw new Error("The engine is not built yet; run `npm run build` once.")
  return engineFor(document, built)
}

async function marketsOf(run: AskedRun, dataDirectory: string): Promise<MarketCandles[]> {
  const store = await openCandleStore(dataDirectory)
  const { venue, timeframe, fromMs, toMs } = run
  const markets: MarketCandles[] = []
  for (const market of run.markets) {
    const name = { venue, market, timeframe }
    const candles = await store.read(name, { fromMs, toMs })
    if (candles !== undefined) markets.push({ market, candles })
    if ((await store.find(name))?.gaps === null) await store.seal(name)
  }
  await store.close()
  return markets
}

async function outcomeOf(
  { job, look }: Extract<JobData, { job: AskedJob }>,
  engine: Engine,
  markets: MarketCandles[],
): Promise<JobOutcome> {
  const { run } = job
  const without = run.markets.find((name) => !markets.some(({ market }) => market === name))
  if (without !== undefined)
    return failureOf([{ path: "markets", because: `${without} has no candles in this period` }])
  if (look !== undefined) return lookedInto({ run, strategy, engine, markets }, look)
  if (job.kind === "backtest") return backtested(run, engine, markets)
  return "search" in job ? searched(run, job.search, engine, markets) : swept(run, job.sweep, engine, markets)
}

async function backtested(run: AskedRun, engine: Engine, markets: MarketCandles[]): Promise<JobOutcome> {
  const { params, account, fromMs, toMs } = run
  const opened = openBacktest(engine, { strategy, params, markets, account, fromMs, toMs })
  if (!opened.ok) return failureOf(opened.problems)
  const { session, plan } = opened
  const ran = await backtestIn(session, plan, {
    onProgress: ({ doneCandles, totalCandles }) => post({ progress: doneCandles / totalCandles }),
  })
  return ran.ok ? { result: JSON.stringify(await backtestAnswer(session, plan, ran)) } : failureOf(ran.problems)
}

async function swept(
  { params, account, fromMs }: AskedRun,
  { vary, rank, fewestTrades, mostRows }: AskedSweep,
  engine: Engine,
  markets: MarketCandles[],
): Promise<JobOutcome> {
  const problems: StrategyProblem[] = runProblems({ strategy, markets, account, fromMs })
  if (problems.length > 0) return failureOf(problems)
  const request = { strategy, vary, params, account, rank, fewestTrades, fromMs }
  const threads = Math.min(mostThreads(), usefulThreads(vary, markets), variedCount(vary))
  const answer = await sweptBy({ engine, markets }, request, {
    threads,
    onProgress: ({ done, total }) => post({ progress: total > 0 ? done / total : 0 }),
  })
  if (!answer.ok) return failureOf(answer.problems)
  const { rows, refused, ...rest } = sweepAnswer(rank, answer)
  const leftOut = { rows: Math.max(0, rows.length - mostRows), refused: Math.max(0, refused.length - mostRows) }
  const kept = { ...rest, rows: rows.slice(0, mostRows), refused: refused.slice(0, mostRows), leftOut }
  return { result: JSON.stringify(kept) }
}

async function searched(
  { params, account, fromMs }: AskedRun,
  { vary, ...asked }: AskedSearch,
  engine: Engine,
  own: MarketCandles[],
): Promise<JobOutcome> {
  const problems = runProblems({ strategy, markets: own, account, fromMs })
  if (problems.length > 0) return failureOf(problems)
  const space = { variants: [strategy], dimensions: dimensionsOf(vary) }
  const request = { ...asked, terms: { space, params, account }, history: historyOf(own, { fromMs }) }
  const threads = taskThreads(engine, { own }, mostThreads())
  const onNews = ({ share }: OptimiseNews) => post({ progress: share })
  const shaken = { markets: own, currency: quoteOf(own[0].market) }
  const found = await optimiseAndShake(threads, request, shaken, { onNews }).finally(() => threads.close())
  return found.ok ? { result: JSON.stringify(optimiseAnswer(found.optimisation)) } : failureOf(found.problems)
}

/** One processor stays with the relay and its bots. */
function mostThreads(): number {
  return Math.max(1, availableParallelism() - 1)
}
