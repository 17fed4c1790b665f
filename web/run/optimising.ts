import { proxy, type Remote } from "comlink"
import type { Optimisation } from "#engine/run"
import type { StrategyProblem } from "#engine/strategy"
import { BackgroundWorker, WorkerStopped } from "../worker/background-worker.ts"
import type { OptimiseEnding, OptimiseHeard, OptimiseJob } from "./optimise-job.ts"
import { aboutOf } from "./optimise-subject.ts"
import type { OptimiseApi } from "./optimise-worker.ts"
import address from "./optimise-worker.ts?worker&url"

/** Which search it is, and what it looks for. */
type Own = { id: string; about: string; request: OptimiseJob["request"] }

/** This window's search, and which it is. */
export type Optimising = Own &
  (
    | ({ state: "running" | "paused" } & Partial<OptimiseHeard>)
    | { state: "done"; optimisation: Optimisation }
    | { state: "refused"; problems: StrategyProblem[] }
    | { state: "failed"; because: string }
    /** Ended by the person; where it was is kept. */
    | { state: "cancelled" }
  )

let worker: BackgroundWorker<OptimiseApi> | undefined
let current: Optimising | undefined
const listeners = new Set<() => void>()

/** This window's search; undefined before the first. It goes on while another screen is shown. */
export function currentOptimising(): Optimising | undefined {
  return current
}

export function onOptimising(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Begins a search; one under way ends, and is kept where it is. */
export function beginOptimising(asked: OptimiseJob): Promise<void> {
  const id = crypto.randomUUID()
  return run({ id, about: aboutOf(asked.job), request: asked.request }, (remote, onHeard) =>
    remote.begin(id, asked, onHeard),
  )
}

/** Goes on with a kept search; one under way ends, and is kept where it is. */
export function goOnOptimising(own: Own): Promise<void> {
  return run(own, (remote, onHeard) => remote.goOn(own.id, onHeard))
}

/** What is being computed is finished, and nothing more is begun. */
export function pauseOptimising(): void {
  if (current?.state !== "running") return
  show({ ...current, state: "paused", secondsLeft: undefined })
  void worker?.call((remote) => remote.pause()).catch(() => {})
}

export function resumeOptimising(): void {
  if (current?.state !== "paused") return
  show({ ...current, state: "running" })
  void worker?.call((remote) => remote.resume()).catch(() => {})
}

/** Ends the search at once and frees its memory; where it is is kept. */
export function cancelOptimising(): void {
  worker?.stop()
  worker = undefined
}

type Ask = (remote: Remote<OptimiseApi>, onHeard: (heard: OptimiseHeard) => void) => Promise<unknown>

async function run(own: Own, ask: Ask): Promise<void> {
  cancelOptimising()
  const mine = (worker = new BackgroundWorker<OptimiseApi>(address))
  show({ ...own, state: "running" })
  const onHeard = proxy((heard: OptimiseHeard) => {
    const under = current?.id === own.id && current.state === "running"
    if (under) show({ ...own, state: "running", ...heard })
  })
  const ending = await mine.call((remote) => ask(remote, onHeard) as Promise<OptimiseEnding>).catch(endingOf)
  if (worker === mine) cancelOptimising() // its memory is free at once
  if (current?.id === own.id) show({ ...own, ...ending })
}

function endingOf(error: unknown): { state: "cancelled" } | { state: "failed"; because: string } {
  if (error instanceof WorkerStopped) return { state: "cancelled" }
  const { message } = error as Error
  const isSentence = /[.!?]$/.test(message)
  return {
    state: "failed",
    because: isSentence ? message : `The search stopped (${message}). Where it was is kept: go on, or reload the page.`,
  }
}

function show(next: Optimising): void {
  current = next
  for (const listener of listeners) listener()
}
