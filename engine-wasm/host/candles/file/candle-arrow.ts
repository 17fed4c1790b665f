import { candleColumnNames, columnsBy, refuseCandles } from "../candles.ts"
import { numberedFromOne, type CandleRows } from "./candle-reader.ts"
import { layoutFromHeader } from "./csv-layout.ts"
import { calendarTimeMs, millisecondsOf, timeUnitOf } from "./csv-time.ts"
import { refuseImpossibleVectors, type VectorReader } from "./arrow-vector.ts"
import { unpackLz4Frame } from "./lz4-frame.ts"

/**
 * What is used of the package apache-arrow. It is handed in, so that the engine depends on nothing and a page loads
 * it only when it is needed.
 */
export type ArrowLibrary = {
  RecordBatchReader: { from(bytes: Uint8Array): ArrowReader }
  Table: new (batches: ArrowBatch[]) => ArrowTable
  compressionRegistry: { set(kind: number, codec: { decode(packed: Uint8Array): Uint8Array }): void }
  CompressionType: { LZ4_FRAME: number; ZSTD: number }
}

type ArrowReader = { open(): { numRecordBatches?: number; readRecordBatch(at: number): ArrowBatch | null } }
type ArrowBatch = {
  data: { children: { length: number; values?: ArrayLike<unknown>; valueOffsets?: ArrayLike<unknown> }[] }
}
type ArrowTable = {
  numRows: number
  schema: { fields: { name: string }[] }
  getChildAt(at: number): ArrowColumn | null
}
type ArrowColumn = { nullCount: number; toArray(): ArrayLike<unknown>; get(at: number): unknown }

/** What is used of the package flatbuffers, with which apache-arrow reads the description of a file. */
export type FlatBuffersLibrary = { ByteBuffer: { prototype: VectorReader } }

/**
 * How to get at apache-arrow, at what it reads descriptions with, and at a decoder of Zstandard for files packed so.
 */
export type ArrowDoor = {
  load(): Promise<ArrowLibrary>
  loadFlatBuffers(): Promise<FlatBuffersLibrary>
  loadZstd(): Promise<(packed: Uint8Array) => Uint8Array>
}

/** More would not fit into a browser's memory twice. */
export const LARGEST_ARROW_BYTES = 512 * 2 ** 20

/** A candle is six numbers of eight bytes. */
const BYTES_A_ROW = 48

/** Whether a file begins as Arrow files do, Feather version 2 among them. */
export function isArrow(first: Uint8Array): boolean {
  return [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31].every((byte, at) => first[at] === byte)
}

/**
 * Rows of a Feather (version 2) or Arrow file, plain or packed with LZ4 or Zstandard. Columns are known by their
 * names as in a CSV's header.
 */
export async function rowsFromArrow(bytes: Uint8Array, door: ArrowDoor, notes: string[]): Promise<CandleRows> {
  const library = await door.load()
  const unpackZstd = await door.loadZstd()
  refuseImpossibleVectors((await door.loadFlatBuffers()).ByteBuffer.prototype)
  library.compressionRegistry.set(library.CompressionType.LZ4_FRAME, { decode: unpackLz4Frame })
  library.compressionRegistry.set(library.CompressionType.ZSTD, { decode: unpackZstd })
  try {
    return rowsFromTable(tableFrom(library, bytes), notes)
  } catch {
    // The library tells of damage in many ways, and in none that helps a person.
    return refuseCandles(0, "The feather file is damaged or cut off; export or download it again.")
  }
}

/**
 * Batch by batch, because the library's own way through a file looks for ever where a place said to hold a batch
 * holds something else.
 */
function tableFrom({ RecordBatchReader, Table }: ArrowLibrary, bytes: Uint8Array): ArrowTable {
  const reader = RecordBatchReader.from(bytes).open()
  const batches = Array.from({ length: reader.numRecordBatches ?? 0 }, (_, at) =>
    wholeBatch(reader.readRecordBatch(at)),
  )
  const table = new Table(batches)
  if (table.numRows > LARGEST_ARROW_BYTES / BYTES_A_ROW)
    throw new RangeError("More rows are claimed than there can be.")
  return table
}

/** The least a value takes is a bit, and what says less than that for the rows it claims is no batch. */
function wholeBatch(batch: ArrowBatch | null): ArrowBatch {
  const isWhole = batch?.data.children.every(
    ({ length, values, valueOffsets }) => length <= 8 * ((valueOffsets ?? values)?.length ?? Infinity),
  )
  if (!isWhole) throw new RangeError("A batch is missing or shorter than it claims.")
  return batch!
}

function rowsFromTable(table: ArrowTable, notes: string[]): CandleRows {
  const layout = layoutFromHeader(
    0,
    table.schema.fields.map(({ name }) => name),
  )
  if (!layout.ok) return refuseCandles(0, `In the feather file ${layout.because}`)
  if (table.numRows === 0) return refuseCandles(0, "The feather file has no candles.")
  const { cells, extras } = layout.layout
  const text = candleColumnNames.find((name) => numbersOf(table, cells[name], name === "openTimeMs") === undefined)
  if (text !== undefined)
    return refuseCandles(1, `Row 1: the column "${table.schema.fields[cells[text]].name}" holds text, not numbers.`)
  const extra = extras.map(({ name, cell }) => [name, numbersOf(table, cell, false)] as const)
  for (const [name, column] of extra)
    if (column === undefined) notes.push(`The column "${name}" holds text and was left out.`)
  const columns = columnsBy((name) => numbersOf(table, cells[name], name === "openTimeMs") as Float64Array)
  return {
    ok: true,
    ...numberedFromOne({
      ...columns,
      extra: Object.fromEntries(extra.filter((each): each is [string, Float64Array] => each[1] !== undefined)),
    }),
  }
}

/**
 * A column as numbers, blanks as NaN; undefined when it holds text. Times become milliseconds: the library answers so
 * for Arrow's own times.
 */
function numbersOf(table: ArrowTable, at: number, isTime: boolean): Float64Array | undefined {
  const column = table.getChildAt(at)!
  const all = column.nullCount === 0 && !isTime ? column.toArray() : undefined
  if (all instanceof Float64Array) return all.slice()
  const values = Array.from({ length: table.numRows }, (_, row) => column.get(row))
  const toNumber = isTime ? timeFrom : numberFrom
  const numbers = Float64Array.from(values, toNumber)
  return numbers.some((number, row) => Number.isNaN(number) && typeof values[row] === "string") ? undefined : numbers
}

function numberFrom(value: unknown): number {
  return value === null || value === undefined || typeof value === "string" ? Number.NaN : Number(value)
}

function timeFrom(value: unknown): number {
  if (typeof value === "string") return calendarTimeMs(value)
  const number = numberFrom(value)
  return millisecondsOf(number, timeUnitOf(number))
}
