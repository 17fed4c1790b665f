import { candleColumnNames, refuseCandles, type CandleRefusal } from "../candles.ts"
import { quoted } from "../foreign-text.ts"
import type { ArrowBatch, ArrowDoor, ArrowField, ArrowLibrary, ArrowReader } from "./arrow-library.ts"
import { isReadable, numbersOf } from "./arrow-numbers.ts"
import { refuseImpossibleVectors } from "./arrow-vector.ts"
import type { CandleRows } from "./candle-reader.ts"
import { MOST_CELLS } from "./csv-cells.ts"
import { columnsByName, NO_VOLUME, type CsvLayout } from "./csv-layout.ts"
import { GrowingColumn } from "./growing-column.ts"
import { unpackLz4Frame } from "./lz4-frame.ts"
import { RowColumns } from "./row-columns.ts"
import { Unreadable } from "./unreadable.ts"
import { unpackZstdFrame } from "./zstd-frame.ts"

/** Where notes go, and how many bytes the rows and their unpacked source may take. */
type ArrowReading = { notes: string[]; mostHeldBytes: number; mostColumnBytes: number }

/** Whether a file begins like an Arrow file, Feather version 2 included. */
export function isArrow(first: Uint8Array): boolean {
  return [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31].every((byte, at) => first[at] === byte)
}

/**
 * Rows of a Feather (version 2) or Arrow file, plain or compressed with LZ4 or Zstandard. Columns are known by their
 * names as in a CSV's header. Throws `Unreadable` when there are more rows than fit.
 */
export async function rowsFromArrow(bytes: Uint8Array, door: ArrowDoor, reading: ArrowReading): Promise<CandleRows> {
  const library = await door.load()
  const ZstdStream = await door.loadZstd()
  refuseImpossibleVectors((await door.loadFlatBuffers()).ByteBuffer.prototype)
  const batchRoom = new BatchRoom(reading)
  library.compressionRegistry.set(library.CompressionType.LZ4_FRAME, {
    decode: (packed) => batchRoom.take(unpackLz4Frame(packed, batchRoom.left)),
  })
  library.compressionRegistry.set(library.CompressionType.ZSTD, {
    decode: (packed) => batchRoom.take(unpackZstdFrame(packed, batchRoom.left, ZstdStream)),
  })
  try {
    return rowsFrom(library.RecordBatchReader.from(bytes).open(), { ...reading, library, batchRoom })
  } catch (error) {
    if (error instanceof Unreadable) throw error
    // The library reports damage in many ways, and in none that helps a person.
    return refuseCandles(0, "The feather file is damaged or cut off; export or download it again.")
  }
}

/** What one batch may unpack to on top of the rows before it. */
class BatchRoom {
  taken = 0
  #rowBytes = 0

  constructor(private readonly limits: Pick<ArrowReading, "mostHeldBytes" | "mostColumnBytes">) {}

  /** What one more column of the batch may unpack to. */
  get left(): number {
    const { mostHeldBytes, mostColumnBytes } = this.limits
    return Math.min(mostColumnBytes, mostHeldBytes - this.#rowBytes - this.taken)
  }

  take(column: Uint8Array): Uint8Array {
    this.taken += column.length
    return column
  }

  /** Frees the last batch's budget: its values have become rows. */
  next(rowBytes: number): void {
    this.taken = 0
    this.#rowBytes = rowBytes
  }
}

type Opened = ArrowReading & { library: ArrowLibrary; batchRoom: BatchRoom }

function rowsFrom(reader: ArrowReader, opened: Opened): CandleRows {
  const { fields } = reader.schema
  if (fields.length > MOST_CELLS) return refuseCandles(0, `The feather file has more than ${MOST_CELLS} columns.`)
  const layout = columnsByName(fields.map(({ name }) => name))
  if (!layout.ok) return refuseCandles(0, `In the feather file ${layout.because}`)
  const text = textRefusal(fields, layout)
  if (text !== undefined) return text
  if (layout.cells.volume < 0) opened.notes.push(NO_VOLUME)
  const extras = layout.extras.filter(({ name, cell }) => {
    const isNumbers = isReadable(fields[cell], false)
    if (!isNumbers) opened.notes.push(`The column ${quoted(name)} holds text and was left out.`)
    return isNumbers
  })
  return readBatches(reader, { cells: layout.cells, extras }, opened)
}

type NamedColumns = Pick<CsvLayout, "cells" | "extras">

function textRefusal(fields: ArrowField[], { cells }: NamedColumns): CandleRefusal | undefined {
  const there = candleColumnNames.filter((name) => cells[name] >= 0)
  const text = there.find((name) => !isReadable(fields[cells[name]], name === "openTimeMs"))
  if (text === undefined) return undefined
  return refuseCandles(1, `Row 1: the column ${quoted(fields[cells[text]].name)} holds text, not numbers.`)
}

/**
 * Batch by batch, because the library's own way through a file loops for ever where the place of a batch holds
 * something else, and because this way only one batch is unpacked at a time.
 */
function readBatches(reader: ArrowReader, { cells, extras }: NamedColumns, opened: Opened): CandleRows {
  const { library, batchRoom, mostHeldBytes } = opened
  const rows = new RowColumns(candleColumnNames.length + extras.length, mostHeldBytes)
  const extra = extras.map(() => new GrowingColumn(1024, { most: rows.mostRows }))
  for (let at = 0; at < (reader.numRecordBatches ?? 0); at++) {
    batchRoom.next(rows.heldBytes)
    const batch = wholeBatch(reader.readRecordBatch(at))
    rows.refuseBeyond(batch.numRows, batchRoom.taken)
    const table = new library.Table([batch])
    const column = (cell: number, isTime = false) =>
      cell < 0 ? new Float64Array(batch.numRows) : numbersOf(table, batch, { at: cell, isTime })
    rows.append(candleColumnNames.map((name) => column(cells[name], name === "openTimeMs")))
    extras.forEach(({ cell }, n) => extra[n].append(column(cell)))
  }
  if (rows.length === 0) return refuseCandles(0, "The feather file has no candles.")
  const { columns, rowNumbers } = rows.taken()
  const named = Object.fromEntries(extras.map(({ name }, n) => [name, extra[n].taken()]))
  return { ok: true, columns: { ...columns, extra: named }, rowNumbers }
}

/** A value takes at least a bit; a batch with less than that for its rows is invalid. */
function wholeBatch(batch: ArrowBatch | null): ArrowBatch {
  const isWhole = batch?.data.children.every(
    ({ length, values, valueOffsets }) => length <= 8 * ((valueOffsets ?? values)?.length ?? Infinity),
  )
  if (!isWhole) throw new RangeError("A batch is missing or shorter than it claims.")
  return batch!
}
