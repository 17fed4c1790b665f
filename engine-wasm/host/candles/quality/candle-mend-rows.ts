import { isPriceGood, isVolumeGood } from "./candle-defect.ts"
import type { NumberedColumns } from "../file/candle-order.ts"
import type { CandleProblems } from "../file/candle-problems.ts"
import type { ReadCandles } from "../file/candle-reader.ts"
import { candlesFromColumns, mapColumns, refuseCandles, type CandleColumns, type CandleGate } from "../candles.ts"

/** When more of a file than this is unusable, something else is wrong with it. */
const MOST_LEFT_OUT = 0.1
const LATEST_MS = 1e14
const DIGIT = 2 ** 16

/**
 * Candles of a file the gate refuses, repaired without guessing: rows that are unreadable or impossible to trade on
 * are left out, the others sorted by time, and of several with the same time the last one counts. `notes` say how
 * many of each. Refused: what the gate still refuses then, and files of which more than a tenth would be left out.
 * Takes the columns over.
 */
export function mendRows(
  { columns, rowNumbers }: NumberedColumns,
  unreadable: Pick<CandleProblems, "count">,
  gate: CandleGate = {},
): ReadCandles {
  const rows = rowNumbers.length
  const usable = usableRows(columns, rowNumbers)
  const leftOut = rows - usable.length + unreadable.count
  if (leftOut > MOST_LEFT_OUT * (rows + unreadable.count))
    return refuseCandles(0, "More than a tenth of the rows cannot be used.")
  const late = outOfOrder(columns, usable)
  const kept = lastOfEachTime(columns, late === 0 ? usable : sortedByTime(columns, usable))
  const answer = candlesFromColumns(movedTogether(columns, kept), gate)
  if (!answer.ok) return answer
  const notes = [
    counted(
      leftOut,
      "row with an impossible price, volume or time left out.",
      "rows with an impossible price, volume or time left out.",
    ),
    counted(late, "row out of order put in its place.", "rows out of order put in their place."),
    counted(
      usable.length - kept.length,
      "row left out for a later one with the same time.",
      "rows left out for later ones with the same time.",
    ),
  ]
  return { ok: true, candles: answer.candles, notes: notes.filter((note) => note !== "") }
}

/** The places of usable rows, in the memory of the rows' numbers, which nobody needs any more. */
function usableRows(columns: CandleColumns, room: Uint32Array): Uint32Array {
  let count = 0
  for (let row = 0; row < room.length; row++) if (isUsable(columns, row)) room[count++] = row
  return room.subarray(0, count)
}

function isUsable(columns: CandleColumns, row: number): boolean {
  const time = columns.openTimeMs[row]
  const inTime = Number.isInteger(time) && Math.abs(time) < LATEST_MS
  return inTime && isPriceGood(columns, row) && isVolumeGood(columns.volume[row])
}

function outOfOrder({ openTimeMs }: CandleColumns, rows: Uint32Array): number {
  let [latest, late] = [-Infinity, 0]
  for (const row of rows) {
    if (openTimeMs[row] < latest) late++
    else latest = openTimeMs[row]
  }
  return late
}

/**
 * Sorts rows by time, equal times in their original order, digit by digit: comparing millions of shuffled rows takes
 * ten times as long. Times are within ±1e14, so their distance has three digits of sixteen bits.
 */
function sortedByTime({ openTimeMs }: CandleColumns, rows: Uint32Array): Uint32Array {
  const first = rows.reduce((least, row) => Math.min(least, openTimeMs[row]), Infinity)
  let [from, to]: Uint32Array[] = [rows, new Uint32Array(rows.length)]
  for (const unit of [1, DIGIT, DIGIT * DIGIT]) {
    const digitOf = (row: number) => Math.floor((openTimeMs[row] - first) / unit) % DIGIT
    const places = new Uint32Array(DIGIT + 1)
    for (const row of from) places[digitOf(row) + 1]++
    for (let digit = 0; digit < DIGIT; digit++) places[digit + 1] += places[digit]
    for (const row of from) to[places[digitOf(row)]++] = row
    ;[from, to] = [to, from]
  }
  return from
}

function lastOfEachTime({ openTimeMs }: CandleColumns, rows: Uint32Array): Uint32Array {
  let count = 0
  for (let at = 0; at < rows.length; at++)
    if (openTimeMs[rows[at]] !== openTimeMs[rows[at + 1]]) rows[count++] = rows[at]
  return rows.subarray(0, count)
}

/** Moves these rows into this order, column by column in place: a second set of columns could be too much. */
function movedTogether(columns: CandleColumns, rows: Uint32Array): Required<CandleColumns> {
  const room = new Float64Array(rows.length)
  return mapColumns(columns, (column) => {
    for (let at = 0; at < rows.length; at++) room[at] = column[rows[at]]
    column.set(room)
    return column.subarray(0, rows.length)
  })
}

function counted(count: number, one: string, many: string): string {
  return count === 0 ? "" : `${count} ${count === 1 ? one : many}`
}
