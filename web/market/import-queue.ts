import { proxy } from "comlink"
import { useSyncExternalStore } from "react"
import { BackgroundWorker, WorkerStopped } from "../background-worker.ts"
import type { SavedMarket } from "../db/market-catalogue.ts"
import { unavailableBecause } from "../db/unavailable.ts"
import type { ImportApi } from "./import-worker.ts"
import address from "./import-worker.ts?worker&url"

/** A file on its way in, or the reason it did not come in. */
export type ImportJob = { key: number; fileName: string } & (
  | { state: "waiting" | "cancelled" }
  | { state: "reading"; doneBytes: number; totalBytes: number }
  | { state: "done"; market: SavedMarket }
  | { state: "refused"; because: string }
)

let jobs: ImportJob[] = []
const files = new Map<number, File>()
const listeners = new Set<() => void>()
let nextKey = 1
let running: { key: number; worker: BackgroundWorker<ImportApi> } | undefined

/** Every import of this visit, oldest first. They go on while the person looks at another screen. */
export function useImports(): ImportJob[] {
  return useSyncExternalStore(subscribe, () => jobs)
}

/** Reads the files one after another; each comes in whole or not at all. */
export function importFiles(wanted: Iterable<File>) {
  for (const file of wanted) {
    const key = nextKey++
    files.set(key, file)
    put({ key, fileName: file.name, state: "waiting" })
  }
  void readNext()
}

/** Stops an import; nothing of the file is kept. */
export function cancelImport(key: number) {
  change(key, { state: "cancelled" })
  if (running?.key === key) running.worker.stop()
}

/** Takes a finished, cancelled or refused import off the list. */
export function forgetImport(key: number) {
  show(jobs.filter((job) => job.key !== key))
}

async function readNext() {
  const next = jobs.find((job) => job.state === "waiting")
  if (running || !next) return
  // A worker for each file: its memory goes back with it, and stopping it cannot leave another file half read.
  running = { key: next.key, worker: new BackgroundWorker<ImportApi>(address) }
  await readFile(next.key, running.worker)
  running.worker.stop()
  running = undefined
  void readNext()
}

async function readFile(key: number, worker: BackgroundWorker<ImportApi>) {
  const file = files.get(key)!
  files.delete(key)
  change(key, { state: "reading", doneBytes: 0, totalBytes: file.size })
  const onProgress = proxy((doneBytes: number) => change(key, { state: "reading", doneBytes, totalBytes: file.size }))
  try {
    const answer = await worker.call(async (remote) => await remote.importFile(file, onProgress))
    change(key, answer.ok ? { state: "done", market: answer.market } : { state: "refused", because: answer.because })
  } catch (error) {
    if (!(error instanceof WorkerStopped)) change(key, { state: "refused", because: failureSentence(error) })
  }
}

function failureSentence(error: unknown): string {
  const name = (error as Error).name
  if (/Dexie|Quota|OpenFailed|MissingAPI|Abort/.test(name)) return unavailableBecause(error)
  return `The file could not be read (${(error as Error).message}). Nothing of it was kept; try it once more, or a smaller file.`
}

type JobState = ImportJob extends infer Job ? (Job extends ImportJob ? Omit<Job, "key" | "fileName"> : never) : never

/** A cancelled import stays cancelled: its last progress may still be on the way. */
function change(key: number, state: JobState) {
  show(jobs.map((job) => (job.key === key && job.state !== "cancelled" ? { key, fileName: job.fileName, ...state } : job)))
}

function put(job: ImportJob) {
  show([...jobs, job])
}

function show(next: ImportJob[]) {
  jobs = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
