import { candleColumnNames, mapColumns, refuseCandles, type CandleColumns, type CandleRefusal } from "../candles.ts"
import { isoTime } from "../iso-time.ts"
import { GrowingColumn } from "./growing-column.ts"

/** Columns with the row number of each candle. */
export type NumberedColumns = { columns: CandleColumns; rowNumbers: Uint32Array }

/** The same candles oldest first, reversed in place. */
export function turnRound(numbered: NumberedColumns): NumberedColumns {
  for (const column of allColumns(numbered.columns)) column.reverse()
  numbered.rowNumbers.reverse()
  return numbered
}

/**
 * Removes rows that repeat the one before exactly; `dropped` has their numbers. Refuses the same time with other
 * values.
 */
export function dropRepeated(
  numbered: NumberedColumns,
): (NumberedColumns & { ok: true; dropped: Uint32Array }) | CandleRefusal {
  const { columns, rowNumbers } = numbered
  const repeated = repeatedIndexes(columns.openTimeMs)
  const conflict = repeated.find((index) => !sameRow(columns, index, index - 1))
  if (conflict !== undefined) return conflictRefusal(numbered, conflict, conflict - 1)
  if (repeated.length === 0) return { ok: true, ...numbered, dropped: repeated }
  const dropped = repeated.map((index) => rowNumbers[index])
  const keep = (column: Float64Array) => without(column, repeated)
  return { ok: true, columns: mapColumns(columns, keep), rowNumbers: without(rowNumbers, repeated), dropped }
}

/** A column without some of its indexes, ascending; moved in place, because a copy could be too much. */
function without<Column extends Float64Array | Uint32Array>(column: Column, places: ArrayLike<number>): Column {
  let kept = places[0] ?? column.length
  for (let at = 0; at < places.length; at++) {
    const end = places[at + 1] ?? column.length
    column.copyWithin(kept, places[at] + 1, end)
    kept += end - places[at] - 1
  }
  return column.subarray(0, kept) as Column
}

/** Whether two rows hold the same values in every column. */
export function sameRow(columns: CandleColumns, index: number, other: number): boolean {
  return allColumns(columns).every((column) => Object.is(column[index], column[other]))
}

// Indexes of rows whose time is that of the row before.
function repeatedIndexes(openTimeMs: Float64Array): Uint32Array {
  const repeated = new GrowingColumn<Uint32Array>(16, { whole: true })
  for (let index = 1; index < openTimeMs.length; index++) {
    if (openTimeMs[index] === openTimeMs[index - 1]) repeated.push(index)
  }
  return repeated.taken()
}

/** The refusal of two rows of one time with different values. */
export function conflictRefusal({ columns, rowNumbers }: NumberedColumns, index: number, other: number): CandleRefusal {
  const row = rowNumbers[index]
  const time = isoTime(columns.openTimeMs[index])
  return refuseCandles(
    row,
    `Row ${row}: the time ${time} is also that of row ${rowNumbers[other]}, with different values; keep the right one.`,
  )
}

function allColumns(columns: CandleColumns): Float64Array[] {
  return [...candleColumnNames.map((name) => columns[name]), ...Object.values(columns.extra ?? {})]
}
