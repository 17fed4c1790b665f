import { lookAhead, piecesOf, type ByteStream, type ReadProgress } from "./byte-pieces.ts"
import { joinBytes } from "./candle-bytes.ts"
import { CandleCsvReader, type CandleProblem, type ReadCandles } from "./candle-csv-reader.ts"
import { refuseCandles, type CandleGate, type CandleRefusal } from "./candles.ts"
import { unpacked, Unreadable, unpackLimits, type UnpackLimits } from "./unpack.ts"
import { unpackedEntry, zipEntries, type ZipEntry } from "./zip-archive.ts"

export type CandleFileOptions = CandleGate & {
  /** Which file of a zip that holds several. */
  entry?: string
  onProgress?: ReadProgress
  signal?: AbortSignal
  limits?: UnpackLimits
}

/**
 * Candles from a file: CSV, plain, gzip or zip, told apart by their first bytes. Plain and gzip files are read as they stream by; of a
 * zip the packed bytes are held. All or nothing: a refusal names the row, or says what is wrong with the file. Throws the signal's reason when aborted.
 */
export async function readCandleFile(stream: ByteStream, options: CandleFileOptions = {}): Promise<ReadCandles> {
  const reader = new CandleCsvReader(options)
  return (await readInto(reader, stream, options)) ?? reader.finish()
}

/** Every readable row of a file, good or bad, and what is wrong with the unreadable ones; for looking at dirty files. */
export async function readCandleRows(stream: ByteStream, onProblem: (problem: CandleProblem) => void, options: CandleFileOptions = {}) {
  const reader = new CandleCsvReader({ ...options, onProblem })
  const refusal = await readInto(reader, stream, options)
  const rows = refusal ?? reader.finishRows()
  return rows.ok ? { ...rows, notes: reader.notes } : rows
}

async function readInto(reader: CandleCsvReader, stream: ByteStream, options: CandleFileOptions): Promise<CandleRefusal | undefined> {
  try {
    for await (const piece of csvPieces(stream, options)) {
      reader.push(piece)
      if (reader.refused) break
    }
    return undefined
  } catch (error) {
    if (error instanceof Unreadable) return refuseCandles(0, error.message)
    throw error
  }
}

async function* csvPieces(stream: ByteStream, options: CandleFileOptions): AsyncGenerator<Uint8Array> {
  const { first, pieces } = await lookAhead(piecesOf(stream, options), 4)
  const limits = options.limits ?? unpackLimits
  if (first[0] === 0x1f && first[1] === 0x8b) yield* unpacked(pieces, "gzip", limits)
  else if (first[0] === 0x50 && first[1] === 0x4b && first[2] <= 8) yield* csvOfZip(await wholeOf(pieces, limits), options, limits)
  else yield* pieces
}

async function* csvOfZip(zip: Uint8Array, options: CandleFileOptions, limits: UnpackLimits): AsyncGenerator<Uint8Array> {
  yield* unpackedEntry(zip, csvEntry(zipEntries(zip), options.entry), limits)
}

async function wholeOf(pieces: AsyncGenerator<Uint8Array>, limits: UnpackLimits): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const piece of pieces) {
    bytes += piece.length
    if (bytes > limits.mostBytes / 2) throw new Unreadable("The zip is larger than 1 GB; split it into shorter periods.")
    parts.push(piece)
  }
  return joinBytes(parts)
}

function csvEntry(entries: ZipEntry[], wanted: string | undefined): ZipEntry {
  if (entries.some(({ name }) => name === "xl/workbook.xml")) throw new Unreadable("This is an Excel workbook; save it as CSV.")
  const tables = entries.filter(({ name }) => /\.(csv|tsv|txt)$/i.test(name) && !name.startsWith("__MACOSX/"))
  const names = tables.map(({ name }) => `"${name}"`).join(", ")
  if (tables.length === 0) throw new Unreadable("The zip holds no CSV file.")
  if (wanted === undefined && tables.length > 1) throw new Unreadable(`The zip holds ${tables.length} CSV files (${names}); say which one, or unpack it.`)
  const entry = wanted === undefined ? tables[0] : tables.find(({ name }) => name === wanted)
  if (entry === undefined) throw new Unreadable(`The zip holds no "${wanted}"; it holds ${names}.`)
  return entry
}
