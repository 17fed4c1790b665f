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
import { forecastAnswer, type ForecastTask } from "./forecast-answer.ts"
import { type JobLook, lookedInto } from "./job-look.ts"
import { failureOf } from "./job-request.ts"
import type { AskedJob, AskedRun, AskedSearch, AskedSweep, JobOutcome } from "./job.ts"
import { optimiseAnswer } from "./optimise-answer.ts"
import { backtestAnswer, sweepAnswer } from "./run-answer.ts"
import { sweptBy, usefulThreads } from "./sweep-threads.ts"
import { taskThreads } from "./task-threads.ts"

/** What the thread receives: a job whose candles are in the data directory, a look into one, a forecast's work, or code to compile and no more. */
export type JobData =
  | { job: AskedJob; look?: JobLook; dataDirectory: string }
  | { forecast: ForecastTask; dataDirectory: string }
  | { check: unknown }
/** Progress from 0 to 1, and at last how it ended. */
export type JobNews = { progress: number } | JobOutcome

// Bots come first. Elsewhere than on Linux a priority is the whole process's.
if (process.platform === "linux") setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
const post = (news: JobNews) => parentPort?.postMessage(news)
const data = workerData as JobData

try {
  post(await outcomeOf(data))
} catch (error) {
  if (!(error instanceof CodeRefused)) throw error
  post(failureOf(error.problems))
}

async function outcomeOf(asked: JobData): Promise<JobOutcome> {
  const onProgress = (progress: number) => post({ progress })
  if ("forecast" in asked) return forecastAnswer(asked.forecast, { ...asked, engine: await rulesEngine(), onProgress })
  const strategy = readAgain("check" in asked ? asked.check : asked.job.run.strategy)
  const engine = await engineFor(strategy, await rulesEngine())
  if ("check" in asked) return { result: "" }
  return jobOutcome(asked, { strategy, engine, markets: await marketsOf(asked.job.run, asked.dataDirectory) })
}

/** It was checked before it was kept. */
function readAgain(document: unknown): StrategyDocument {
  const read = strategyFromJson(document)
  if (!read.ok) throw new CodeRefused(read.problems)
  return read.strategy
}

async function rulesEngine(): Promise<Engine> {
  const built = await builtEngine()
  if (built === undefined) throw new Error("The engine is not built yet; run `npm run build` once.")
  return built
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

type Ready = { strategy: StrategyDocument; engine: Engine; markets: MarketCandles[] }

async function jobOutcome({ job, look }: Extract<JobData, { job: AskedJob }>, ready: Ready): Promise<JobOutcome> {
  const { run } = job
  const { markets } = ready
  const without = run.markets.find((name) => !markets.some(({ market }) => market === name))
  if (without !== undefined)
    return failureOf([{ path: "markets", because: `${without} has no candles in this period` }])
  if (look !== undefined) return lookedInto({ run, ...ready }, look)
  if (job.kind === "backtest") return backtested(run, ready)
  return "search" in job ? searched(run, job.search, ready) : swept(run, job.sweep, ready)
}

async function backtested(run: AskedRun, { strategy, engine, markets }: Ready): Promise<JobOutcome> {
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
  { strategy, engine, markets }: Ready,
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
  { strategy, engine, markets: own }: Ready,
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
