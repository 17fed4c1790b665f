import type { TaskPool } from "#engine/run"
import { expose } from "comlink"
import { findOptimisation, type KeptOptimisation, putOptimisation, stateOf } from "../db/kept-optimisation.ts"
import { unavailableBecause } from "../db/unavailable.ts"
import { type OptimiseEnding, type OptimiseHeard, type OptimiseJob, optimiseJob } from "./optimise-job.ts"
import { subjectOf } from "./optimise-subject.ts"

export type OptimiseApi = {
  /** Begins a search and keeps it under this id; a worker runs one. Throws in words. */
  begin(id: string, asked: OptimiseJob, onHeard: (heard: OptimiseHeard) => void): Promise<OptimiseEnding>
  /** Goes on with a kept one. Throws in words. */
  goOn(id: string, onHeard: (heard: OptimiseHeard) => void): Promise<OptimiseEnding>
  pause(): void
  resume(): void
}

expose({ begin, goOn, pause, resume } satisfies OptimiseApi)

let pool: TaskPool | undefined
let isPaused = false

async function begin(id: string, asked: OptimiseJob, onHeard: (heard: OptimiseHeard) => void): Promise<OptimiseEnding> {
  const kept = { id, subject: await subjectOf(asked.job), changedAtMs: Date.now(), asked, share: 0 }
  const notKept = await putOptimisation(kept).then(() => undefined, unavailableBecause)
  return run(kept, onHeard, notKept)
}

async function goOn(id: string, onHeard: (heard: OptimiseHeard) => void): Promise<OptimiseEnding> {
  const kept = await findOptimisation(id)
  if (!kept) throw new Error("This search is not kept any more. Begin it again; nothing else was lost.")
  return run(kept, onHeard)
}

/** Two windows that go on with the same search would do everything twice. */
async function run(
  kept: KeptOptimisation,
  onHeard: (heard: OptimiseHeard) => void,
  notKept?: string,
): Promise<OptimiseEnding> {
  return navigator.locks.request(`search ${kept.id}`, { ifAvailable: true }, async (lock) => {
    if (!lock) throw new Error("This search is under way in another window. Look there; nothing was lost.")
    const state = await stateOf(kept.id).catch(() => undefined)
    return optimiseJob(kept, { state, notKept, onHeard, onPool, isPaused: () => isPaused })
  })
}

function onPool(own: TaskPool): void {
  pool = own
  if (isPaused) own.pause()
}

function pause(): void {
  isPaused = true
  pool?.pause()
}

function resume(): void {
  isPaused = false
  pool?.resume()
}
