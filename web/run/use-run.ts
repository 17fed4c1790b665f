import type { FreqtradeMetric, Light, RunJson } from "#engine/result"
import type { TradeLevels } from "#engine/run"
import { proxy } from "comlink"
import { startTransition, useEffect, useMemo, useRef, useState } from "react"
import type { StrategyProblem } from "#engine/strategy"
import { BackgroundWorker, WorkerStopped } from "../worker/background-worker.ts"
import { unavailableIfDatabase } from "../db/unavailable.ts"
import type { BacktestApi } from "./backtest-worker.ts"
import address from "./backtest-worker.ts?worker&url"
import { withBarsOf } from "./chart-columns.ts"
import type { FunctionPictures } from "./function-pictures.ts"
import type { StrategyFacts } from "./facts-job.ts"
import type { RunAnswer, RunJob } from "./run-job.ts"
import type { RunReport } from "./run-report.ts"
import { type RunPhase, type Running, watchRun } from "./run-watch.ts"
import type { ReportedNever, ReportedWhy } from "./why-job.ts"

/** The state of the newest job. */
export type RunState =
  | Running
  /** `isRepeated`: the person ran the same again, and the result is the same to the last bit. */
  | { state: "done"; tookMs: number; isRepeated: boolean }
  /** `during`: what it was at when the person stopped it. */
  | { state: "cancelled"; during: RunPhase }
  | { state: "refused"; problems: StrategyProblem[] }
  | { state: "failed"; because: string }

/** `report` is the newest finished run; it stays in view while the next one is under way. */
export type Run = RunState & { report?: RunReport; run: () => void; cancel: () => void }

/** Runs a job in the background, and again whenever it changes; without a job it waits. */
export function useRun(job: RunJob | undefined): Run {
  const [status, setStatus] = useState<RunState>({ state: "running" })
  const [report, setReport] = useState<RunReport>()
  const [wish, setWish] = useState(0)
  const newest = useRef(0)
  const isStuck = useRef(false)
  const shown = useRef<{ own: number; report?: RunReport }>({ own: 0 })
  const before = useRef<{ key: string; resultHash: string }>(undefined)
  const key = job && JSON.stringify(job)

  useEffect(() => {
    if (key === undefined) return
    const own = ++newest.current
    const report = (next: RunState) => own === newest.current && setStatus(next)
    const start = async () => {
      const late = setTimeout(() => report({ state: "running" }), BLINK_MS)
      const startedMs = performance.now()
      const job = JSON.parse(key) as RunJob
      // Code that does not answer would keep the newer run waiting, perhaps the one in which it is mended.
      if (isStuck.current) stopBacktests()
      const watch = watchRun((running) => {
        isStuck.current = job.strategy.code !== undefined && running.lateIn === "candles"
        report(running)
      })
      const answer = await answerTo(job, watch.heard)
      const during = watch.end()
      isStuck.current = false
      clearTimeout(late)
      if (answer.state === "superseded") return
      if (answer.state === "cancelled") return report({ ...answer, during })
      if (answer.state !== "done") return report(answer)
      const { resultHash } = answer.report
      const isRepeated = before.current?.key === key && before.current.resultHash === resultHash
      before.current = { key, resultHash }
      const tookMs = performance.now() - startedMs
      const last = shown.current
      // During a drag no answer belongs to the newest job; the person sees the newest answer move.
      if (own > last.own)
        shown.current = {
          own,
          report: { ...answer.report, chart: withBarsOf(last.report?.chart, answer.report.chart) },
        }
      const show = () => {
        setReport(shown.current.report)
        report({ state: "done", tookMs, isRepeated })
      }
      // The first result brings a whole screen with it, which may be drawn in pieces; those after it only move.
      if (last.report) show()
      else startTransition(show)
    }
    const frame = setTimeout(() => void start())
    return () => clearTimeout(frame)
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- wishing for the same job again runs it again
  }, [key, wish])

  return useMemo(
    () => ({ ...status, report, run: () => setWish(wish + 1), cancel: stopBacktests }),
    [status, report, wish],
  )
}

/** A run shorter than this shows no progress: while a slider is dragged, every run is. */
const BLINK_MS = 60

let worker: BackgroundWorker<BacktestApi> | undefined
let endFirst: () => void

/** Resolves when this window's first run has ended, however it did. */
export const firstRunEnded = new Promise<void>((resolve) => (endFirst = resolve))

/** Starts the worker, which fetches the engine and the sample market while the page is still starting. */
export function warmUpBacktests() {
  worker ??= new BackgroundWorker<BacktestApi>(address)
}

/** Stop and targets over a stretch of a run; undefined when unavailable, since a chart works without. */
export async function levelsIn(
  { job }: RunReport,
  stretch: { fromMs: number; toMs: number },
): Promise<TradeLevels | undefined> {
  warmUpBacktests()
  try {
    return await worker!.call((remote) => remote.levels(job, stretch) as Promise<TradeLevels | undefined>)
  } catch {
    return undefined
  }
}

/** Requests the lights of a run and reports them as they arrive. A result works without them, so nothing is thrown. */
export async function lightsIn({ job }: RunReport, onLights: (lights: Light[]) => void): Promise<void> {
  warmUpBacktests()
  try {
    await worker!.call((remote) => remote.lights(job, proxy(onLights)))
  } catch {
    return
  }
}

/** Why a run did, or did not, trade at a candle; undefined when a newer question came first. Throws in words. */
export async function whyIn({ job }: RunReport, openTimeMs: number): Promise<ReportedWhy | undefined> {
  warmUpBacktests()
  return worker!.call((remote) => remote.why(job, openTimeMs) as Promise<ReportedWhy | undefined>)
}

/** Why a run never trades. A result works without it, so nothing is thrown. */
export async function neverIn({ job }: RunReport): Promise<ReportedNever | undefined> {
  warmUpBacktests()
  try {
    return await worker!.call((remote) => remote.never(job) as Promise<ReportedNever | undefined>)
  } catch {
    return undefined
  }
}

/** A run as JSON with all a report is made of. Throws in words. */
export async function runJsonIn({ job }: RunReport): Promise<RunJson> {
  warmUpBacktests()
  return worker!.call((remote) => remote.runJson(job) as Promise<RunJson>)
}

/** The figures of a run as freqtrade defines them. A result without them is a result, so nothing is thrown. */
export async function freqtradeIn({ job }: RunReport): Promise<FreqtradeMetric[]> {
  warmUpBacktests()
  try {
    return await worker!.call((remote) => remote.freqtrade(job) as Promise<FreqtradeMetric[]>)
  } catch {
    return []
  }
}

/** What a strategy did on its market. A screen without it is a screen, so nothing is thrown. */
export async function factsIn(job: RunJob): Promise<StrategyFacts | undefined> {
  warmUpBacktests()
  try {
    return await worker!.call((remote) => remote.facts(job) as Promise<StrategyFacts | undefined>)
  } catch {
    return undefined
  }
}

/** How a run does on the part it leaves out. Throws in words when it cannot be run. */
export async function unseenIn({ job }: RunReport): Promise<Light | undefined> {
  warmUpBacktests()
  return worker!.call((remote) => remote.unseen(job) as Promise<Light | undefined>)
}

let pictures: Promise<FunctionPictures> | undefined

/** A small picture of every function, drawn once; none when unavailable, since a list works without. */
export function picturesOfFunctions(): Promise<FunctionPictures> {
  warmUpBacktests()
  pictures ??= worker!
    .call((remote) => remote.pictures() as Promise<FunctionPictures>)
    .catch(() => {
      pictures = undefined
      return {}
    })
  return pictures
}

/** Ends the running job at once and frees its memory; the next run has a worker of its own. */
function stopBacktests() {
  worker?.stop()
  worker = undefined
}

type Ending = RunAnswer | { state: "cancelled" } | Extract<RunState, { state: "failed" }>

/** Runs a job once, for who shows no progress or its own. */
export async function answerTo(job: RunJob, onProgress: (share: number) => unknown = () => {}): Promise<Ending> {
  warmUpBacktests()
  try {
    return await worker!.call<RunAnswer>((remote) => remote.run(job, proxy(onProgress)) as Promise<RunAnswer>)
  } catch (error) {
    if (error instanceof WorkerStopped) return { state: "cancelled" }
    stopBacktests() // whatever state a worker that failed is in, the next try begins without it
    return { state: "failed", because: failureSentence(error as Error) }
  } finally {
    endFirst()
  }
}

function failureSentence(error: Error): string {
  const unavailable = unavailableIfDatabase(error)
  if (unavailable !== undefined) return unavailable
  if (error.name === "RangeError")
    return "This device has too little memory for this many candles. Nothing was lost; choose a shorter period or a smaller market."
  return /[.!?]$/.test(error.message)
    ? error.message
    : `The backtest stopped (${error.message}). Your candles and settings are safe; run it again, or reload the page.`
}
