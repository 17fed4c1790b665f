import type { FreqtradeMetric, Light, RunJson } from "#engine/result"
import type { TradeLevels } from "#engine/run"
import { expose, transfer } from "comlink"
import { sampleCandles } from "../db/sample-market.ts"
import type { StrategyFacts } from "./facts-job.ts"
import { fetchEngine } from "./fetch-engine.ts"
import type { FunctionPictures } from "./function-pictures.ts"
import { type RunAnswer, type RunJob, runJob } from "./run-job.ts"
import type { RunReport } from "./run-report.ts"
import type { ReportedNever, ReportedWhy } from "./why-job.ts"

export type BacktestApi = {
  /** Runs a job; a newer call replaces one under way. Throws when the engine or the candles are not available. */
  run(job: RunJob, onProgress: (share: number) => void): Promise<RunAnswer>
  /** Stop and targets over a stretch of a job's run; undefined when unknown. */
  levels(job: RunJob, stretch: { fromMs: number; toMs: number }): Promise<TradeLevels | undefined>
  /** How a job does on the part it leaves out; undefined where there is none. */
  unseen(job: RunJob): Promise<Light | undefined>
  /** The lights of a job's result, as they arrive; a newer run or a newer call ends it. */
  lights(job: RunJob, onLights: (lights: Light[]) => void): Promise<void>
  /** What a strategy did on its market; undefined when a run comes first, or the job is refused. */
  facts(job: RunJob): Promise<StrategyFacts | undefined>
  /** Why a job did, or did not, trade at a candle; undefined when a newer question came first. */
  why(job: RunJob, openTimeMs: number): Promise<ReportedWhy | undefined>
  /**
   * Why a job never trades, and what would change that; undefined when that cannot be counted or a newer question
   * came.
   */
  never(job: RunJob): Promise<ReportedNever | undefined>
  /** A small picture of every function of the formula language. */
  pictures(): Promise<FunctionPictures>
  /** A job's run as JSON with all a report is made of. Throws in words. */
  runJson(job: RunJob): Promise<RunJson>
  /** The figures of a job's run as freqtrade defines them. */
  freqtrade(job: RunJob): Promise<FreqtradeMetric[]>
}

expose({ run, facts, levels, lights, unseen, why, never, pictures, runJson, freqtrade } satisfies BacktestApi)

// Most visits begin with the sample: it is made while the engine comes and the page is still starting. The job that
// needs the engine reports a failure.
fetchEngine().catch(() => {})
sampleCandles()

let current = new AbortController()
let gathering = new AbortController()
let lighting = new AbortController()

async function run(job: RunJob, onProgress: (share: number) => void): Promise<RunAnswer> {
  current.abort()
  lighting.abort()
  gathering.abort()
  current = new AbortController()
  gathering = new AbortController()
  const { signal } = current
  // While a slider is dragged, jobs queue up: we receive the newer ones first.
  await new Promise((resolve) => setTimeout(resolve))
  if (signal.aborted) return { state: "superseded" }
  try {
    const answer = await inTurn(() => runJob(job, { onProgress, signal }))
    return answer.state === "done" ? transfer(answer, handedOver(answer.report)) : answer
  } catch (error) {
    if (signal.aborted) return { state: "superseded" }
    throw error
  }
}

/** What was made for this report alone, and need not be copied. The equity's times are the candles' own. */
function handedOver({ chart, lines, equity }: RunReport): ArrayBufferLike[] {
  const { barMs: _, ...columns } = chart
  return [...Object.values(columns), ...lines.map(({ values }) => values), equity.equity].map(({ buffer }) => buffer)
}

/** What a first result does not need comes in when it is asked for. */
const levelsJob = () => import("./levels-job.ts")
const lightsJob = () => import("./lights-job.ts")

async function levels(job: RunJob, stretch: { fromMs: number; toMs: number }): Promise<TradeLevels | undefined> {
  const { levelsOf } = await levelsJob()
  return inTurn(() => levelsOf(job, stretch))
}

async function unseen(job: RunJob): Promise<Light | undefined> {
  const { unseenLightOf } = await lightsJob()
  return inTurn(() => unseenLightOf(job))
}

async function lights(job: RunJob, onLights: (lights: Light[]) => void): Promise<void> {
  lighting.abort()
  lighting = new AbortController()
  const { signal } = lighting
  try {
    const { lightsOf } = await lightsJob()
    await lightsOf(job, { onLights: (some) => !signal.aborted && onLights(some), inTurn, signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

async function facts(job: RunJob): Promise<StrategyFacts | undefined> {
  const { signal } = gathering
  try {
    const { factsOf } = await import("./facts-job.ts")
    return await inTurn(async () => (signal.aborted ? undefined : factsOf(job, signal)))
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  }
}

let asking = new AbortController()

/** A newer question replaces one under way. */
async function answered<Answer>(ask: (signal: AbortSignal) => Promise<Answer>): Promise<Answer | undefined> {
  asking.abort()
  asking = new AbortController()
  const { signal } = asking
  try {
    return await inTurn(async () => (signal.aborted ? undefined : ask(signal)))
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  }
}

const whyJob = () => import("./why-job.ts")

function why(job: RunJob, openTimeMs: number): Promise<ReportedWhy | undefined> {
  return answered(async (signal) => (await whyJob()).whyOf(job, { openTimeMs, signal }))
}

function never(job: RunJob): Promise<ReportedNever | undefined> {
  return answered(async (signal) => (await whyJob()).neverOf(job, signal))
}

async function pictures(): Promise<FunctionPictures> {
  const { functionPictures } = await import("./function-pictures.ts")
  return functionPictures()
}

async function runJson(job: RunJob): Promise<RunJson> {
  const { runJsonOf } = await import("./export-job.ts")
  return inTurn(() => runJsonOf(job, new AbortController().signal))
}

async function freqtrade(job: RunJob): Promise<FreqtradeMetric[]> {
  const { freqtradeOf } = await import("./export-job.ts")
  return inTurn(() => freqtradeOf(job))
}

let turn: Promise<unknown> = Promise.resolve()

/** Runs share one engine, one after another: two at once would overwrite each other. */
function inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  const answer = turn.then(work)
  turn = answer.catch(() => {})
  return answer
}
