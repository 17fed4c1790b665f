import { lookAhead, piecesOf, type ByteStream, type ReadProgress } from "./byte-pieces.ts"
import { joinBytes } from "../candle-bytes.ts"
import { isArrow, LARGEST_ARROW_BYTES, rowsFromArrow, type ArrowDoor } from "./candle-arrow.ts"
import { CandleCsvReader } from "./candle-csv-reader.ts"
import { LARGEST_JSON_BYTES, rowsFromJson } from "./candle-json.ts"
import type { NumberedColumns } from "./candle-order.ts"
import {
  candlesFromNumbered,
  WholeFileReader,
  type CandleProblem,
  type CandleReader,
  type ReadCandles,
} from "./candle-reader.ts"
import type { CsvMapping } from "./csv-mapping.ts"
import { refuseCandles, type CandleGate, type CandleRefusal } from "../candles.ts"
import { unpacked, Unreadable, unpackLimits, type UnpackLimits } from "./unpack.ts"
import { unpackedEntry, zipEntries, type ZipEntry } from "./zip-archive.ts"

export type CandleFileOptions = CandleGate & {
  /** Which file of a zip that holds several. */
  entry?: string
  onProgress?: ReadProgress
  signal?: AbortSignal
  limits?: UnpackLimits
  /** What the columns of a CSV file are, where its header does not say. */
  mapping?: CsvMapping
  /** The way to read Feather files; without it they are refused. */
  arrow?: ArrowDoor
}

const OPENING_BRACKET = 0x5b

/**
 * Candles from a file: CSV, a JSON list, or Feather, plain, gzip or zip, told apart by their first bytes. CSV is read
 * as it streams by; of a zip the
 * packed bytes are held. All or nothing: a refusal names the row, or says what is wrong with the file. Throws the
 * signal's reason when aborted.
 */
export async function readCandleFile(stream: ByteStream, options: CandleFileOptions = {}): Promise<ReadCandles> {
  const rows = await rowsOf(stream, options)
  return rows.ok ? candlesFromNumbered(rows, options, rows.notes) : rows
}

/**
 * Every readable row of a file, good or bad, and what is wrong with the unreadable ones; for looking at dirty files.
 */
export function readCandleRows(
  stream: ByteStream,
  onProblem: (problem: CandleProblem) => void,
  options: CandleFileOptions = {},
) {
  return rowsOf(stream, { ...options, onProblem })
}

type ReaderOptions = CandleFileOptions & { onProblem?: (problem: CandleProblem) => void }

async function rowsOf(
  stream: ByteStream,
  options: ReaderOptions,
): Promise<(NumberedColumns & { ok: true; notes: string[] }) | CandleRefusal> {
  try {
    const { first, pieces } = await lookAhead(unpackedPieces(stream, options), 6)
    const reader = readerFor(first, options)
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

function readerFor(first: Uint8Array, options: ReaderOptions): CandleReader {
  const { arrow, onProblem } = options
  if (first[0] === OPENING_BRACKET)
    return new WholeFileReader((bytes) => rowsFromJson(bytes, onProblem), LARGEST_JSON_BYTES)
  if (isArrow(first) && arrow !== undefined)
    return new WholeFileReader((bytes, notes) => rowsFromArrow(bytes, arrow, notes), LARGEST_ARROW_BYTES)
  return new CandleCsvReader(options)
}

/** The bytes of a plain, gzip or zip file as they are unpacked. Throws `Unreadable`. */
export async function* unpackedPieces(stream: ByteStream, options: CandleFileOptions): AsyncGenerator<Uint8Array> {
  const { first, pieces } = await lookAhead(piecesOf(stream, options), 4)
  const limits = options.limits ?? unpackLimits
  if (first[0] === 0x1f && first[1] === 0x8b) yield* unpacked(pieces, "gzip", limits)
  else if (first[0] === 0x50 && first[1] === 0x4b && first[2] <= 8)
    yield* fileOfZip(await wholeOf(pieces, limits), options, limits)
  else yield* pieces
}

async function* fileOfZip(
  zip: Uint8Array,
  options: CandleFileOptions,
  limits: UnpackLimits,
): AsyncGenerator<Uint8Array> {
  yield* unpackedEntry(zip, candleEntry(zipEntries(zip), options.entry), limits)
}

async function wholeOf(pieces: AsyncGenerator<Uint8Array>, limits: UnpackLimits): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const piece of pieces) {
    bytes += piece.length
    if (bytes > limits.mostBytes / 2)
      throw new Unreadable("The zip is larger than 1 GB; split it into shorter periods.")
    parts.push(piece)
  }
  return joinBytes(parts)
}

function candleEntry(entries: ZipEntry[], wanted: string | undefined): ZipEntry {
  if (entries.some(({ name }) => name === "xl/workbook.xml"))
    throw new Unreadable("This is an Excel workbook; save it as CSV.")
  const tables = entries.filter(
    ({ name }) => /\.(csv|tsv|txt|json|feather|arrow)$/i.test(name) && !name.startsWith("__MACOSX/"),
  )
  const names = tables.map(({ name }) => `"${name}"`).join(", ")
  if (tables.length === 0) throw new Unreadable("The zip holds no candle file.")
  if (wanted === undefined && tables.length > 1)
    throw new Unreadable(`The zip holds ${tables.length} candle files (${names}); say which one, or unpack it.`)
  const entry = wanted === undefined ? tables[0] : tables.find(({ name }) => name === wanted)
  if (entry === undefined) throw new Unreadable(`The zip holds no "${wanted}"; it holds ${names}.`)
  return entry
}
