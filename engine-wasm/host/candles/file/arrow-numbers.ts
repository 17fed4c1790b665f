import type { ArrowBatch, ArrowField, ArrowTable } from "./arrow-library.ts"
import { calendarTimeMs, millisecondsOf, timeUnitOf } from "./csv-time.ts"

// Type numbers of Arrow's own library; https://github.com/apache/arrow-js/blob/main/src/enum.ts
const NUMBERS = new Set([1 /* none */, 2 /* int */, 3 /* float */, 6 /* bool */, 8 /* date */, 10 /* timestamp */])
const TEXTS = new Set([5, 20 /* large */])
/** No time is longer, and a text column may claim a megabyte for each row without having it. */
const LONGEST_TIME = 64

/** Whether we can read a column as numbers; times may also be texts. */
export function isReadable({ type }: ArrowField, isTime: boolean): boolean {
  return NUMBERS.has((type.dictionary ?? type).typeId) || (isTime && TEXTS.has(type.typeId))
}

/**
 * A batch's column as numbers, blanks and anything else as NaN. Times become milliseconds: the library does so for
 * Arrow's own times.
 */
export function numbersOf(
  table: ArrowTable,
  batch: ArrowBatch,
  { at, isTime }: { at: number; isTime: boolean },
): Float64Array {
  const column = table.getChildAt(at)!
  const all = column.nullCount === 0 && !isTime ? column.toArray() : undefined
  if (all instanceof Float64Array && all.length === batch.numRows) return all
  const { valueOffsets } = batch.data.children[at]
  const numbers = new Float64Array(batch.numRows)
  for (let row = 0; row < numbers.length; row++) {
    const isLong = valueOffsets !== undefined && lengthAt(valueOffsets, row) > LONGEST_TIME
    const value = isLong ? undefined : column.get(row)
    numbers[row] = isTime ? timeFrom(value) : numberFrom(value)
  }
  return numbers
}

function lengthAt(offsets: ArrayLike<number | bigint>, row: number): number {
  return Number(offsets[row + 1]) - Number(offsets[row])
}

function numberFrom(value: unknown): number {
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean"
    ? Number(value)
    : Number.NaN
}

function timeFrom(value: unknown): number {
  if (typeof value === "string") return calendarTimeMs(value)
  const number = numberFrom(value)
  return millisecondsOf(number, timeUnitOf(number))
}
