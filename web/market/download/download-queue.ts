import { proxy } from "comlink"
import { liveQuery } from "dexie"
import { useSyncExternalStore } from "react"
import type { VenueId } from "#venues"
import { BackgroundWorker, WorkerFailed } from "../../worker/background-worker.ts"
import { changeDownload, type DownloadJob, listDownloads, removeDownload } from "../../db/download-job.ts"
import type { DownloadStep } from "./download-run.ts"
import type { DownloadApi, MarketsAnswer } from "./download-worker.ts"
import address from "./download-worker.ts?worker&url"

/** More would only share the exchange's limits between them. */
const AT_ONCE = 2

/** Jobs this window has handed to its worker. */
const running = new Set<string>()
const steps = new Map<string, DownloadStep>()
const listeners = new Set<() => void>()
let lastDone: DownloadJob | undefined
let worker: BackgroundWorker<DownloadApi> | undefined
let started = false

/**
 * Runs the jobs in the database, in this window's worker, from now on. The database alone decides what runs: it
 * notices a job that is paused, cancelled or begun in any window.
 */
export function runDownloads() {
  if (started) return
  started = true
  void tryAgain()
  addEventListener("online", () => void tryAgain())
  // Where there is no database there are no jobs either.
  liveQuery(listDownloads).subscribe({ next: follow, error: () => {} })
}

/** The state of a job of this window; undefined while it waits for its turn, or runs in another window. */
export function useDownloadStep(jobId: string): DownloadStep | undefined {
  return useSyncExternalStore(subscribe, () => steps.get(jobId))
}

/** The job completed last, for as long as the window is open. */
export function useLastDownload(): DownloadJob | undefined {
  return useSyncExternalStore(subscribe, () => lastDone)
}

/** Asks an exchange for its markets. Throws only when the worker cannot start. */
export async function fetchVenueMarkets(venue: VenueId): Promise<MarketsAnswer> {
  return background().call(async (remote) => await remote.markets(venue))
}

/** Failures that pass, such as a long network outage, get another chance. */
async function tryAgain() {
  const jobs = await listDownloads().catch(() => [])
  for (const job of jobs) if (job.state === "failed" && job.passes) await changeDownload(job.id, { state: "wanted" })
}

function follow(jobs: DownloadJob[]) {
  const wanted = jobs.filter(({ state }) => state === "wanted")
  for (const id of running)
    if (!wanted.some((job) => job.id === id)) void background().call(async (remote) => await remote.stop(id))
  for (const job of wanted) if (running.size < AT_ONCE && !running.has(job.id)) void run(job)
}

async function run(job: DownloadJob) {
  running.add(job.id)
  // Progress has its own channel, and may arrive after the outcome.
  const onStep = proxy((step: DownloadStep) => running.has(job.id) && show(job.id, step))
  try {
    await settle(job, await background().call(async (remote) => await remote.run(job, onStep)))
  } catch (error) {
    if (error instanceof WorkerFailed) worker = undefined // a new one is started for the next call
    await changeDownload(job.id, {
      state: "failed",
      because: `The download stopped (${(error as Error).message}). The candles so far are kept.`,
    })
  } finally {
    running.delete(job.id)
    show(job.id, undefined)
    follow(await listDownloads())
  }
}

async function settle(job: DownloadJob, outcome: Awaited<ReturnType<DownloadApi["run"]>>) {
  if (outcome.state === "done") lastDone = job
  if (outcome.state === "failed") await changeDownload(job.id, outcome)
  if (outcome.state === "done" || outcome.state === "gone") await removeDownload(job.id)
}

function background(): BackgroundWorker<DownloadApi> {
  return (worker ??= new BackgroundWorker<DownloadApi>(address))
}

function show(jobId: string, step: DownloadStep | undefined) {
  if (step) steps.set(jobId, step)
  else steps.delete(jobId)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
