import { expose } from "comlink"
import {
  type ArrowDoor,
  type CandleFileOptions,
  CandleProblems,
  type CandleQuestion,
  type CandleRefusal,
  type Candles,
  type CsvMapping,
  type CsvPreview,
  isCandleTimeframe,
  mendRows,
  previewCsv,
  readCandleFile,
  readCandleRows,
  type ReadCandles,
  timeframeOf,
} from "#engine/candles"
import { mergeCandles, saveMarket } from "../../db/candle-store.ts"
import { loadCandles } from "../../db/load-candles.ts"
import { addFileToMarket, findMarket, listMarkets, type SavedMarket } from "../../db/market-catalogue.ts"
import { checksumDefect } from "./import-checksum.ts"
import { seamJump, STRANGE_JUMP } from "./import-seam.ts"
import { marketNameFromFile, timeframeFromFile } from "../market-name.ts"

/**
 * The person's choices for a file: where its candles go ("ask" where there is a market of its name), and which column
 * is which.
 */
export type ImportWish = {
  place: "ask" | "apart" | { marketId: string }
  /** Joined although the prices do not meet. */
  evenIfStrange?: boolean
  mapping?: CsvMapping
  /** The person's choices for an ambiguous file. */
  choices?: FileChoices
  checksum?: File
  /** Unusable rows left out, the others sorted, as offered. */
  mended?: boolean
}

/** Which of a file's markets is meant; which of day and month its dates have first. */
export type FileChoices = Pick<CandleFileOptions, "market" | "dates">

/**
 * A market of the same name and timeframe exists already. `jump`: how many times apart the prices are where both
 * meet.
 */
export type JoinQuestion = { market: SavedMarket; jump: number }

export type Imported =
  | { state: "kept"; market: SavedMarket }
  /** `mendable` describes the mends that would allow the import. */
  | { state: "refused"; because: string; preview?: CsvPreview; mendable?: string[] }
  | { state: "asks"; question: JoinQuestion }
  /** The file is ambiguous. */
  | { state: "open"; question: CandleQuestion; because: string }

export type ImportApi = {
  /**
   * Reads the file and keeps its candles: all of them, or none and the reason, or none and a question. Throws only
   * when the browser's storage does.
   */
  importFile(file: File, wish: ImportWish, onProgress: (doneBytes: number) => void): Promise<Imported>
}

const api: ImportApi = { importFile }
expose(api)

/** Nobody can see more frequent updates. */
const PROGRESS_MS = 50

const arrow: ArrowDoor = {
  load: () => import("apache-arrow"),
  loadFlatBuffers: () => import("flatbuffers"),
  loadZstd: async () => (await import("fzstd")).Decompress,
}

async function importFile(file: File, wish: ImportWish, onProgress: (doneBytes: number) => void): Promise<Imported> {
  const damage = wish.checksum && (await checksumDefect(file, wish.checksum))
  if (damage) return { state: "refused", because: damage }
  const { mapping, choices } = wish
  const options = { onProgress: now(onProgress), mapping, ...choices, arrow, ...timeframeSaid(file.name) }
  const read = wish.mended ? await readMended(file, options) : await readCandleFile(file.stream(), options)
  if (!read.ok) return refusal(read, file, wish, options)
  const name = marketNameFromFile(choices?.market ?? file.name)
  const known = await marketFor(wish.place, name, read.candles)
  if (known) return joinMarket(known, { file, candles: read.candles, notes: read.notes, wish })
  return {
    state: "kept",
    market: await saveMarket(
      { name, timeframeMs: read.candles.timeframeMs, origin: "file", source: file.name, notes: read.notes },
      read.candles,
    ),
  }
}

async function refusal(
  read: CandleRefusal & { mappable?: boolean },
  file: File,
  wish: ImportWish,
  options: CandleFileOptions,
): Promise<Imported> {
  const { because, ask } = read
  if (ask) return { state: "open", question: ask, because }
  if (read.mappable || wish.mapping) return { state: "refused", because, preview: await previewCsv(file.stream()) }
  const mended = await readMended(file, options)
  return mended.ok ? { state: "refused", because, mendable: mended.notes } : { state: "refused", because }
}

/** The candles of a dirty file, repaired without guessing. */
async function readMended(file: File, options: CandleFileOptions): Promise<ReadCandles> {
  const unreadable = new CandleProblems()
  const rows = await readCandleRows(file.stream(), unreadable, options)
  return rows.ok ? mendRows(rows, unreadable, options) : rows
}

/** Passes progress on, but not more often than visible. */
function now(onProgress: (doneBytes: number) => void): (doneBytes: number) => void {
  let reportedMs = 0
  return (doneBytes) => {
    if (performance.now() - reportedMs < PROGRESS_MS) return
    reportedMs = performance.now()
    onProgress(doneBytes)
  }
}

/** A file of one candle has no distances to infer its timeframe from; its name may give it. */
function timeframeSaid(fileName: string): Pick<CandleFileOptions, "timeframeIfAlone"> {
  const said = timeframeFromFile(fileName)
  return said !== undefined && isCandleTimeframe(said) ? { timeframeIfAlone: said } : {}
}

async function marketFor(
  place: ImportWish["place"],
  name: string,
  { timeframeMs }: Candles,
): Promise<SavedMarket | undefined> {
  if (place === "apart") return undefined
  if (place !== "ask") return findMarket(place.marketId)
  return (await listMarkets()).find(
    (market) => market.name === name && market.timeframeMs === timeframeMs && market.origin !== "synthetic",
  )
}

type Joining = { file: File; candles: Candles; notes: string[]; wish: ImportWish }

async function joinMarket(market: SavedMarket, { file, candles, notes, wish }: Joining): Promise<Imported> {
  const inWords = `${market.name} ${timeframeOf(market.timeframeMs) ?? ""}`.trim()
  if (candles.timeframeMs !== market.timeframeMs)
    return {
      state: "refused",
      because: `Its candles are of ${timeframeOf(candles.timeframeMs)}, so they cannot be added to ${inWords}.`,
    }
  const jump = seamJump(await loadCandles(market), candles)
  if (wish.place === "ask" || (jump > STRANGE_JUMP && !wish.evenIfStrange))
    return { state: "asks", question: { market, jump } }
  const { changed } = await mergeCandles(market.id, candles)
  await addFileToMarket(market.id, [...notes, ...changedNote(file, changed.length)])
  return { state: "kept", market: (await findMarket(market.id)) ?? market }
}

function changedNote({ name }: File, count: number): string[] {
  if (count === 0) return []
  return [
    `${name} had other values for ${count === 1 ? "1 candle that was" : `${count} candles that were`} here already; the file's values replaced them.`,
  ]
}
