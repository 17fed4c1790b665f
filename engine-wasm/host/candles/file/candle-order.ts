import { candleColumnNames, mapColumns, refuseCandles, type CandleColumns, type CandleRefusal } from "../candles.ts"
import { isoTime } from "../iso-time.ts"

/** Columns with the row number of each candle. */
export type NumberedColumns = { columns: CandleColumns; rowNumbers: Float64Array }

/** Whether the whole file runs backwards, as some exporters write it: no step forward and at least one back. */
export function isNewestFirst({ openTimeMs }: CandleColumns): boolean {
  for (let index = 1; index < openTimeMs.length; index++) {
    if (openTimeMs[index] > openTimeMs[index - 1]) return false
  }
  return openTimeMs.length > 1 && openTimeMs[0] > openTimeMs[openTimeMs.length - 1]
}

/** The same candles oldest first, turned round in place. */
export function turnRound(numbered: NumberedColumns): NumberedColumns {
  for (const column of allColumns(numbered.columns)) column.reverse()
  numbered.rowNumbers.reverse()
  return numbered
}

/**
 * Without rows that repeat the one before word for word; `dropped` holds their numbers. Refused: the same time with
 * other values.
 */
export function dropRepeated(
  numbered: NumberedColumns,
): (NumberedColumns & { ok: true; dropped: number[] }) | CandleRefusal {
  const { columns, rowNumbers } = numbered
  const repeated = repeatedIndexes(columns.openTimeMs)
  const conflict = repeated.find((index) => !sameRow(columns, index, index - 1))
  if (conflict !== undefined) return conflictRefusal(numbered, conflict)
  if (repeated.length === 0) return { ok: true, ...numbered, dropped: [] }
  const gone = new Set(repeated)
  const keep = (column: Float64Array) => column.filter((_, index) => !gone.has(index))
  const dropped = repeated.map((index) => rowNumbers[index])
  return { ok: true, columns: mapColumns(columns, keep), rowNumbers: keep(rowNumbers), dropped }
}

/** Whether two rows hold the same values in every column. */
export function sameRow(columns: CandleColumns, index: number, other: number): boolean {
  return allColumns(columns).every((column) => Object.is(column[index], column[other]))
}

// Indexes of rows whose time is that of the row before.
function repeatedIndexes(openTimeMs: Float64Array): number[] {
  const repeated: number[] = []
  for (let index = 1; index < openTimeMs.length; index++) {
    if (openTimeMs[index] === openTimeMs[index - 1]) repeated.push(index)
  }
  return repeated
}

function conflictRefusal({ columns, rowNumbers }: NumberedColumns, index: number): CandleRefusal {
  const row = rowNumbers[index]
  const time = isoTime(columns.openTimeMs[index])
  return refuseCandles(
    row,
    `Row ${row}: the time ${time} is also that of row ${rowNumbers[index - 1]}, with different values; keep the right one.`,
  )
}

function allColumns(columns: CandleColumns): Float64Array[] {
  return [...candleColumnNames.map((name) => columns[name]), ...Object.values(columns.extra ?? {})]
}
