import { lookAhead, piecesOf, type ByteStream, type ReadProgress } from "./byte-pieces.ts"
import { quoted, quotedList } from "../foreign-text.ts"
import type { ArrowDoor } from "./arrow-library.ts"
import { isArrow, rowsFromArrow } from "./candle-arrow.ts"
import { CandleCsvReader, type CsvChoices } from "./candle-csv-reader.ts"
import { CandleJsonReader } from "./candle-json.ts"
import type { CandleProblems } from "./candle-problems.ts"
import {
  candlesFromNumbered,
  WholeFileReader,
  type CandleReader,
  type NumberedRows,
  type ReadCandles,
} from "./candle-reader.ts"
import { refuseCandles, type CandleGate, type CandleRefusal } from "../candles.ts"
import { fileLimits, megabytes, type FileLimits } from "./file-limits.ts"
import { ungzipped } from "./gzip-members.ts"
import { HeldBytes } from "./held-bytes.ts"
import { tooLarge } from "./unpack.ts"
import { Unreadable } from "./unreadable.ts"
import { unpackedEntry, zipEntries, type ZipEntry } from "./zip-archive.ts"

export type CandleFileOptions = CandleGate &
  CsvChoices & {
    /** Which file of a zip that holds several. */
    entry?: string
    onProgress?: ReadProgress
    signal?: AbortSignal
    limits?: FileLimits
    /** The Feather reader; without it Feather files are refused. */
    arrow?: ArrowDoor
  }

const OPENING_BRACKET = 0x5b

/**
 * Candles from a file: CSV, a JSON list, or Feather, plain, gzip or zip, recognised by their first bytes. Reads CSV
 * as a stream; holds a zip's compressed bytes in memory. All or nothing: a refusal names the row, or says what is
 * wrong with the file. Throws the signal's reason when it aborts.
 */
export async function readCandleFile(stream: ByteStream, options: CandleFileOptions = {}): Promise<ReadCandles> {
  const rows = await rowsOf(stream, options)
  return rows.ok ? candlesFromNumbered(rows, options, rows.notes) : rows
}

/** Every readable row of a file, good or bad; `problems` gets the unreadable ones. For looking at dirty files. */
export function readCandleRows(stream: ByteStream, problems: CandleProblems, options: CandleFileOptions = {}) {
  return rowsOf(stream, { ...options, problems })
}

type ReaderOptions = CandleFileOptions & { problems?: CandleProblems }

async function rowsOf(
  stream: ByteStream,
  options: ReaderOptions,
): Promise<(NumberedRows & { ok: true; notes: string[] }) | CandleRefusal> {
  try {
    const held = { bytes: 0 }
    const { first, pieces } = await lookAhead(unpackedPieces(stream, options, held), 6)
    const reader = readerFor(first, options, held.bytes)
    for await (const piece of pieces) {
      reader.push(piece)
      if (reader.refused) break
    }
    const rows = await reader.finishRows()
    return rows.ok ? { ...rows, notes: reader.notes } : rows
  } catch (error) {
    if (error instanceof Unreadable) return refuseCandles(0, error.message)
    throw error
  }
}

function readerFor(first: Uint8Array, options: ReaderOptions, heldBytes: number): CandleReader {
  const { arrow, limits = fileLimits } = options
  const mostHeldBytes = limits.mostHeldBytes - heldBytes
  if (first[0] === OPENING_BRACKET) return new CandleJsonReader({ ...limits, ...options, mostHeldBytes })
  if (isArrow(first) && arrow !== undefined)
    return new WholeFileReader(
      (bytes, notes) => rowsFromArrow(bytes, arrow, { ...limits, notes, mostHeldBytes: mostHeldBytes - bytes.length }),
      Math.min(limits.mostWholeBytes, mostHeldBytes),
    )
  return new CandleCsvReader({ ...limits, ...options, mostHeldBytes })
}

/**
 * The bytes of a plain, gzip or zip file as they are unpacked; `held` gets how many must stay in memory throughout.
 * Throws `Unreadable`.
 */
export async function* unpackedPieces(
  stream: ByteStream,
  { limits = fileLimits, ...options }: CandleFileOptions,
  held = { bytes: 0 },
): AsyncGenerator<Uint8Array> {
  const { first, pieces } = await lookAhead(piecesOf(stream, options), 4)
  if (first[0] === 0x1f && first[1] === 0x8b) yield* ungzipped(pieces, limits)
  else if (first[0] === 0x50 && first[1] === 0x4b && first[2] <= 8) {
    const zip = await wholeOf(pieces, limits)
    held.bytes = zip.length
    yield* unpackedEntry(zip, candleEntry(zipEntries(zip, limits), options.entry), limits)
  } else yield* upTo(pieces, limits)
}

async function wholeOf(pieces: AsyncGenerator<Uint8Array>, limits: FileLimits): Promise<Uint8Array> {
  const whole = new HeldBytes(
    limits.mostWholeBytes,
    `The zip is larger than ${megabytes(limits.mostWholeBytes)}; unpack it, or split it into shorter periods.`,
  )
  for await (const piece of pieces) whole.push(piece)
  return whole.taken()
}

async function* upTo(pieces: AsyncGenerator<Uint8Array>, limits: FileLimits): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const piece of pieces) {
    bytes += piece.length
    if (bytes > limits.mostBytes) throw new Unreadable(tooLarge(limits))
    yield piece
  }
}

function candleEntry(entries: ZipEntry[], wanted: string | undefined): ZipEntry {
  if (entries.some(({ name }) => name === "xl/workbook.xml"))
    throw new Unreadable("This is an Excel workbook; save it as CSV.")
  const tables = entries.filter(
    ({ name }) => /\.(csv|tsv|txt|json|feather|arrow)$/i.test(name) && !name.startsWith("__MACOSX/"),
  )
  const names = quotedList(tables.map(({ name }) => name))
  if (tables.length === 0) throw new Unreadable("The zip holds no candle file.")
  if (wanted === undefined && tables.length > 1)
    throw new Unreadable(`The zip holds ${tables.length} candle files (${names}); say which one, or unpack it.`)
  const entry = wanted === undefined ? tables[0] : tables.find(({ name }) => name === wanted)
  if (entry === undefined) throw new Unreadable(`The zip holds no ${quoted(wanted)}; it holds ${names}.`)
  return entry
}
