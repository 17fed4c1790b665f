import type { CandleQuestion, CsvMapping, CsvPreview } from "#engine/candles"
import { proxy } from "comlink"
import { useSyncExternalStore } from "react"
import { BackgroundWorker, WorkerStopped } from "../../worker/background-worker.ts"
import type { SavedMarket } from "../../db/market-catalogue.ts"
import { unavailableIfDatabase } from "../../db/unavailable.ts"
import { withChecksums } from "./import-checksum.ts"
import type { FileChoices, ImportApi, Imported, ImportWish, JoinQuestion } from "./import-worker.ts"
import address from "./import-worker.ts?worker&url"
import { rememberedMapping, rememberMapping } from "./mapping-memory.ts"
import { partsOfOneMarket } from "../market-name.ts"

/** A file being imported, a question about it, or the reason it was refused. */
export type ImportJob = { key: number; fileName: string } & (
  | { state: "waiting" | "cancelled" }
  | { state: "reading"; doneBytes: number; totalBytes: number }
  /** First of several files that look like one market; the others of `keys` wait out of sight. */
  | { state: "parts"; keys: number[] }
  | { state: "held" }
  | { state: "asks"; question: JoinQuestion }
  | { state: "open"; question: CandleQuestion; because: string }
  | { state: "mapping"; preview: CsvPreview; because: string }
  | { state: "done"; market: SavedMarket }
  /** `mendable` describes the mends that would allow the import. */
  | { state: "refused"; because: string; mendable?: string[] }
)

/** A file and the person's choices. Files of one `series` go into the market of the first that was kept. */
type Wanted = { file: File; wish: ImportWish; series?: { marketId?: string } }

let jobs: ImportJob[] = []
const wanted = new Map<number, Wanted>()
const listeners = new Set<() => void>()
let nextKey = 1
let running: { key: number; worker: BackgroundWorker<ImportApi> } | undefined

/** Every import of this visit, oldest first. They go on while the person looks at another screen. */
export function useImports(): ImportJob[] {
  return useSyncExternalStore(subscribe, () => jobs)
}

/**
 * Reads the files one after another; each is imported whole or not at all. Checksum files are compared with their
 * files.
 */
export function importFiles(dropped: Iterable<File>) {
  const { files, lonely } = withChecksums([...dropped])
  const series = partsOfOneMarket(files.map(({ file }) => file))
  const inSeries = new Set(series.flat())
  for (const parts of series) addParts(parts.map((part) => files.find(({ file }) => file === part)!))
  for (const each of files) if (!inSeries.has(each.file)) add(each, { state: "waiting" })
  for (const file of lonely)
    add(
      { file },
      { state: "refused", because: "It is the checksum of another file. Drop both together, and they are compared." },
    )
  void readNext()
}

/** Whether files that look like parts of one market are to become one. */
export function decideParts(keys: number[], joined: boolean) {
  const series = joined ? {} : undefined
  for (const key of keys) {
    const each = wanted.get(key)!
    wanted.set(key, { ...each, series, wish: { ...each.wish, place: joined ? "ask" : "apart" } })
    change(key, { state: "waiting" })
  }
  void readNext()
}

/** Whether the candles of a file are added to the market that is here already, or make one of their own. */
export function decideJoin(key: number, { market }: JoinQuestion, joined: boolean) {
  goOn(key, { place: joined ? { marketId: market.id } : "apart", evenIfStrange: joined })
  setSeries(wanted.get(key)?.series, { from: "held", to: "waiting" })
}

/** Reads a table as the person chose; other files with the same header are read the same way. */
export function decideMapping(key: number, preview: CsvPreview, mapping: CsvMapping) {
  rememberMapping(preview, mapping)
  const header = preview.rows[0].join()
  const alike = jobs.filter(
    (job) => job.key === key || (job.state === "mapping" && mapping.hasHeader && job.preview.rows[0].join() === header),
  )
  for (const job of alike) goOn(job.key, { mapping })
}

/** Reads an ambiguous file as the person chose. */
export function decideChoice(key: number, choices: FileChoices) {
  goOn(key, { choices: { ...wanted.get(key)?.wish.choices, ...choices } })
}

/** Imports a refused file with the offered mends. */
export function importMended(key: number) {
  goOn(key, { mended: true })
}

/** Stops an import; nothing of the file is kept. */
export function cancelImport(key: number) {
  change(key, { state: "cancelled" })
  if (running?.key === key) running.worker.stop()
  else wanted.delete(key)
}

/** Removes a finished, cancelled or refused import from the list. */
export function forgetImport(key: number) {
  const series = wanted.get(key)?.series
  wanted.delete(key)
  show(jobs.filter((job) => job.key !== key))
  setSeries(series, { from: "held", to: "waiting" })
  void readNext()
}

function add({ file, checksum }: { file: File; checksum?: File }, state: JobState): number {
  const key = nextKey++
  wanted.set(key, { file, wish: { place: "ask", checksum } })
  show([...jobs, { key, fileName: file.name, ...state }])
  return key
}

function addParts(parts: { file: File; checksum?: File }[]) {
  const keys = parts.map((part) => add(part, { state: "held" }))
  change(keys[0], { state: "parts", keys })
}

function setSeries(series: Wanted["series"], { from, to }: { from: "held" | "waiting"; to: "held" | "waiting" }) {
  if (!series) return
  for (const job of jobs)
    if (job.state === from && wanted.get(job.key)?.series === series) change(job.key, { state: to })
}

function goOn(key: number, wish: Partial<ImportWish>) {
  const each = wanted.get(key)!
  wanted.set(key, { ...each, wish: { ...each.wish, ...wish } })
  change(key, { state: "waiting" })
  void readNext()
}

async function readNext() {
  const next = jobs.find((job) => job.state === "waiting")
  if (running || !next) return
  // A worker for each file: its memory is freed with it, and stopping it cannot leave another file half read.
  running = { key: next.key, worker: new BackgroundWorker<ImportApi>(address) }
  await readFile(next.key, running.worker)
  running.worker.stop()
  running = undefined
  void readNext()
}

async function readFile(key: number, worker: BackgroundWorker<ImportApi>) {
  const { file, wish, series } = wanted.get(key)!
  const place = series?.marketId && wish.place === "ask" ? { marketId: series.marketId } : wish.place
  change(key, { state: "reading", doneBytes: 0, totalBytes: file.size })
  const onProgress = proxy(
    (doneBytes: number) => isReading(key) && change(key, { state: "reading", doneBytes, totalBytes: file.size }),
  )
  try {
    take(key, await worker.call(async (remote) => await remote.importFile(file, { ...wish, place }, onProgress)))
  } catch (error) {
    if (!(error instanceof WorkerStopped)) change(key, { state: "refused", because: failureSentence(error) })
  }
}

function take(key: number, answer: Imported) {
  const { wish, series } = wanted.get(key)!
  if (answer.state === "asks") {
    change(key, answer)
    // One question for all files of a series: the others follow the first.
    return setSeries(series, { from: "waiting", to: "held" })
  }
  if (answer.state === "open") return change(key, answer)
  if (answer.state === "refused") return takeRefusal(key, answer, wish)
  if (series) series.marketId ??= answer.market.id
  wanted.delete(key)
  change(key, { state: "done", market: answer.market })
}

function takeRefusal(
  key: number,
  { because, preview, mendable }: Extract<Imported, { state: "refused" }>,
  wish: ImportWish,
) {
  const remembered = preview && wish.mapping === undefined ? rememberedMapping(preview) : undefined
  if (remembered) goOn(key, { mapping: remembered })
  else
    change(
      key,
      preview
        ? { state: "mapping", preview: { ...preview, guess: wish.mapping ?? preview.guess }, because }
        : { state: "refused", because, mendable },
    )
}

function failureSentence(error: unknown): string {
  return (
    unavailableIfDatabase(error) ??
    `The file could not be read (${(error as Error).message}). Try it once more, or a smaller file.`
  )
}

type JobState = ImportJob extends infer Job ? (Job extends ImportJob ? Omit<Job, "key" | "fileName"> : never) : never

/** Progress has its own channel, and may arrive after the answer. */
function isReading(key: number): boolean {
  return jobs.some((job) => job.key === key && job.state === "reading")
}

/** A cancelled import stays cancelled. */
function change(key: number, state: JobState) {
  show(
    jobs.map((job) => (job.key === key && job.state !== "cancelled" ? { key, fileName: job.fileName, ...state } : job)),
  )
}

function show(next: ImportJob[]) {
  jobs = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
