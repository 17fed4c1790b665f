import { proxy } from "comlink"
import type { StrategyProblem } from "#engine/strategy"
import type { KeptModel } from "../db/kept-model.ts"
import { changeTraining, forgetTraining, putTraining } from "../db/kept-training.ts"
import { BackgroundWorker, WorkerStopped } from "../worker/background-worker.ts"
import type { Training, TrainingEnding, TrainingHeard } from "./forecast-job.ts"
import type { ForecastApi } from "./forecast-worker.ts"
import address from "./forecast-worker.ts?worker&url"

/** This window's training of a forecast. */
export type TrainingView = { training: Training } & (
  | { state: "running" | "paused"; heard?: TrainingHeard }
  | { state: "done"; found: KeptModel; notKept?: string }
  | { state: "refused"; problems: StrategyProblem[] }
  | { state: "failed"; because: string }
)

let worker: BackgroundWorker<ForecastApi> | undefined
let current: TrainingView | undefined
let isUntouched = true
const listeners = new Set<() => void>()

/** Undefined before the first, and after one that was cancelled. It goes on while another screen is shown. */
export function currentTraining(): TrainingView | undefined {
  return current
}

/** Whether this window has neither begun nor ended any: what is kept is then of before a reload. */
export function isBeforeAnyTraining(): boolean {
  return isUntouched
}

export function onTraining(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Begins a training in place of any other. */
export async function beginTraining(training: Pick<Training, "marketId" | "request">): Promise<void> {
  const fresh = { ...training, parts: [], isPaused: false }
  await putTraining(fresh).catch(() => {})
  return run(fresh)
}

/** Goes on with a kept one. */
export async function goOnTraining(training: Training): Promise<void> {
  await changeTraining({ isPaused: false }).catch(() => {})
  return run({ ...training, isPaused: false })
}

/** What is being computed is finished, and nothing more is begun. */
export function pauseTraining(): void {
  if (current?.state !== "running") return
  show({ ...current, state: "paused" })
  void changeTraining({ isPaused: true }).catch(() => {})
  void worker?.call((remote) => remote.pause()).catch(() => {})
}

export function resumeTraining(): void {
  if (current?.state !== "paused") return
  show({ ...current, state: "running" })
  void changeTraining({ isPaused: false }).catch(() => {})
  void worker?.call((remote) => remote.resume()).catch(() => {})
}

/** Ends the training at once; nothing of it stays. */
export function cancelTraining(): void {
  worker?.stop()
  worker = undefined
  show(undefined)
  void forgetTraining().catch(() => {})
}

async function run(training: Training): Promise<void> {
  worker?.stop()
  const mine = (worker = new BackgroundWorker<ForecastApi>(address))
  show({ training, state: "running" })
  const onHeard = proxy((heard: TrainingHeard) => {
    if (worker === mine && (current?.state === "running" || current?.state === "paused")) show({ ...current, heard })
  })
  const ending = await mine.call((remote) => remote.train(training, onHeard) as Promise<TrainingEnding>).catch(endingOf)
  if (worker !== mine || ending === undefined) return
  worker.stop() // its memory is free at once
  worker = undefined
  show({ training, ...ending })
}

function endingOf(error: unknown): { state: "failed"; because: string } | undefined {
  if (error instanceof WorkerStopped) return undefined
  const { message } = error as Error
  const isSentence = /[.!?]$/.test(message)
  return {
    state: "failed",
    because: isSentence
      ? message
      : `The training stopped (${message}). Finished parts are kept: go on, or reload the page.`,
  }
}

function show(next: TrainingView | undefined): void {
  isUntouched = false
  current = next
  for (const listener of listeners) listener()
}
