import { candleColumnNames, mapColumns, refuseCandles, type CandleColumns, type CandleRefusal } from "../candles.ts"
import { isoTime } from "../iso-time.ts"

/** Columns with the row number of each candle. */
export type NumberedColumns = { columns: CandleColumns; rowNumbers: Uint32Array }

/** The same candles oldest first, reversed in place. */
export function turnRound(numbered: NumberedColumns): NumberedColumns {
  for (const column of allColumns(numbered.columns)) column.reverse()
  numbered.rowNumbers.reverse()
  return numbered
}

/** Rows that were left out: how many, and the numbers of the first few. */
export type DroppedRows = { count: number; first: number[] }

const MOST_NAMED = 5

/**
 * Removes rows that repeat the one before exactly; `dropped` says which. Refuses the same time with other values.
 */
export function dropRepeated(
  numbered: NumberedColumns,
): (NumberedColumns & { ok: true; dropped: DroppedRows }) | CandleRefusal {
  const { columns, rowNumbers } = numbered
  const { openTimeMs } = columns
  const dropped: DroppedRows = { count: 0, first: [] }
  for (let index = 1; index < openTimeMs.length; index++) {
    if (openTimeMs[index] !== openTimeMs[index - 1]) continue
    if (!sameRow(columns, index, index - 1)) return conflictRefusal(numbered, index, index - 1)
    if (dropped.count++ < MOST_NAMED) dropped.first.push(rowNumbers[index])
  }
  if (dropped.count === 0) return { ok: true, ...numbered, dropped }
  const kept = firstOfEach(openTimeMs, rowNumbers)
  for (const column of allColumns(columns)) if (column !== openTimeMs) firstOfEach(openTimeMs, column)
  const length = firstOfEach(openTimeMs, openTimeMs).length
  return { ok: true, columns: mapColumns(columns, (column) => column.subarray(0, length)), rowNumbers: kept, dropped }
}

/** The values at the first of each time, moved in place: neither a copy nor a list of so many rows fits beside them. */
function firstOfEach<Column extends Float64Array | Uint32Array>(openTimeMs: Float64Array, column: Column): Column {
  let kept = 0
  for (let index = 0; index < openTimeMs.length; index++)
    if (index === 0 || openTimeMs[index] !== openTimeMs[index - 1]) column[kept++] = column[index]
  return column.subarray(0, kept) as Column
}

/** Whether two rows hold the same values in every column. */
export function sameRow(columns: CandleColumns, index: number, other: number): boolean {
  return allColumns(columns).every((column) => Object.is(column[index], column[other]))
}

/** The advice where rows of one time contradict one another; of two markets' rows neither is wrong. */
export const KEEP_ONE = "; keep the right one."

/** The refusal of two rows of one time with different values. */
export function conflictRefusal({ columns, rowNumbers }: NumberedColumns, index: number, other: number): CandleRefusal {
  const row = rowNumbers[index]
  const time = isoTime(columns.openTimeMs[index])
  return refuseCandles(
    row,
    `Row ${row}: the time ${time} is also that of row ${rowNumbers[other]}, with different values${KEEP_ONE}`,
  )
}

function allColumns(columns: CandleColumns): Float64Array[] {
  return [...candleColumnNames.map((name) => columns[name]), ...Object.values(columns.extra ?? {})]
}
