import type { Light, RunJson } from "#engine/result"
import type { TradeLevels } from "#engine/run"
import { proxy } from "comlink"
import { useEffect, useMemo, useRef, useState } from "react"
import type { StrategyProblem } from "#engine/strategy"
import { BackgroundWorker, WorkerStopped } from "../worker/background-worker.ts"
import { unavailableIfDatabase } from "../db/unavailable.ts"
import type { BacktestApi } from "./backtest-worker.ts"
import address from "./backtest-worker.ts?worker&url"
import type { FunctionPictures } from "./function-pictures.ts"
import type { RunAnswer, RunJob } from "./run-job.ts"
import type { RunReport } from "./run-report.ts"
import type { ToldNever, ToldWhy } from "./why-job.ts"

/** How the newest job stands. */
export type RunState =
  | { state: "running"; share?: number }
  /** `isRepeated`: the person asked for the same once more, and it came out the same to the last bit. */
  | { state: "done"; tookMs: number; isRepeated: boolean }
  | { state: "cancelled" }
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
  const shown = useRef(0)
  const before = useRef<{ key: string; resultHash: string }>(undefined)
  const key = job && JSON.stringify(job)

  useEffect(() => {
    if (key === undefined) return
    const own = ++newest.current
    const tell = (next: RunState) => own === newest.current && setStatus(next)
    const start = async () => {
      const late = setTimeout(() => tell({ state: "running" }), BLINK_MS)
      const startedMs = performance.now()
      let isUnderWay = true
      let firstShareMs: number | undefined
      // Progress comes on a way of its own, and may arrive after the answer. A run that is soon over shows none: what
      // comes and goes in a blink only makes the page jump.
      const answer = await answerTo(JSON.parse(key) as RunJob, (share) => {
        firstShareMs ??= performance.now()
        if (isUnderWay && performance.now() - firstShareMs > SOON_OVER_MS) tell({ state: "running", share })
      })
      isUnderWay = false
      clearTimeout(late)
      // During a drag no answer is that of the newest job; the newest answer is what the person sees move.
      if (answer.state === "done" && own > shown.current) {
        shown.current = own
        setReport(answer.report)
      }
      if (answer.state === "superseded") return
      if (answer.state !== "done") return tell(answer)
      const { resultHash } = answer.report
      const isRepeated = before.current?.key === key && before.current.resultHash === resultHash
      before.current = { key, resultHash }
      tell({ state: "done", tookMs: performance.now() - startedMs, isRepeated })
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

const SOON_OVER_MS = 300
/** A run that is over sooner is not worth saying that it runs: while a slider is dragged, each one is. */
const BLINK_MS = 60

let worker: BackgroundWorker<BacktestApi> | undefined
let tellFirstEnd: () => void

/** Resolves when this window's first run has ended, however it did. */
export const firstRunEnded = new Promise<void>((resolve) => (tellFirstEnd = resolve))

/** Starts the worker, which fetches the engine and the sample market while the page is still starting. */
export function warmUpBacktests() {
  worker ??= new BackgroundWorker<BacktestApi>(address)
}

/** Stop and targets over a stretch of a run; nothing when they cannot be had, for a chart does without. */
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

/** Asks for the lights of a run and tells them as they come. Without them a result is a result, so nothing is thrown. */
export async function lightsIn({ job }: RunReport, onLights: (lights: Light[]) => void): Promise<void> {
  warmUpBacktests()
  try {
    await worker!.call((remote) => remote.lights(job, proxy(onLights)))
  } catch {
    return
  }
}

/** Why a run did, or did not, trade at a candle; nothing when a newer question came first. Throws in words. */
export async function whyIn({ job }: RunReport, openTimeMs: number): Promise<ToldWhy | undefined> {
  warmUpBacktests()
  return worker!.call((remote) => remote.why(job, openTimeMs) as Promise<ToldWhy | undefined>)
}

/** Why a run never trades. A result without it is a result, so nothing is thrown. */
export async function neverIn({ job }: RunReport): Promise<ToldNever | undefined> {
  warmUpBacktests()
  try {
    return await worker!.call((remote) => remote.never(job) as Promise<ToldNever | undefined>)
  } catch {
    return undefined
  }
}

/** A run as JSON with all a report is made of. Throws in words. */
export async function runJsonIn({ job }: RunReport): Promise<RunJson> {
  warmUpBacktests()
  return worker!.call((remote) => remote.runJson(job) as Promise<RunJson>)
}

/** How a run does on the part it leaves out. Throws in words when it cannot be run. */
export async function unseenIn({ job }: RunReport): Promise<Light | undefined> {
  warmUpBacktests()
  return worker!.call((remote) => remote.unseen(job) as Promise<Light | undefined>)
}

let pictures: Promise<FunctionPictures> | undefined

/** A small picture of every function, drawn once; none when they cannot be had, for a list does without. */
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

/** Ends what is being run, at once, and gives its memory back; the next run has a worker of its own. */
function stopBacktests() {
  worker?.stop()
  worker = undefined
}

type Ending = RunAnswer | Extract<RunState, { state: "cancelled" | "failed" }>

async function answerTo(job: RunJob, onProgress: (share: number) => unknown): Promise<Ending> {
  warmUpBacktests()
  try {
    return await worker!.call<RunAnswer>((remote) => remote.run(job, proxy(onProgress)) as Promise<RunAnswer>)
  } catch (error) {
    if (error instanceof WorkerStopped) return { state: "cancelled" }
    stopBacktests() // whatever state a worker that failed is in, the next try begins without it
    return { state: "failed", because: failureSentence(error as Error) }
  } finally {
    tellFirstEnd()
  }
}

function failureSentence(error: Error): string {
  const unavailable = unavailableIfDatabase(error)
  if (unavailable !== undefined) return unavailable
  if (error.name === "RangeError")
    return "This device has too little memory for so many candles. Nothing was lost; choose a shorter period or a smaller market."
  return /[.!?]$/.test(error.message)
    ? error.message
    : `The backtest stopped (${error.message}). Your candles and settings are safe; run it again, or reload the page.`
}
