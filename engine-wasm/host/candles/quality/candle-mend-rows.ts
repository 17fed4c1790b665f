import { priceDefect, volumeDefect } from "./candle-defect.ts"
import type { NumberedColumns } from "../file/candle-order.ts"
import type { CandleProblems } from "../file/candle-problems.ts"
import type { ReadCandles } from "../file/candle-reader.ts"
import { candlesFromColumns, candlesOfRows, refuseCandles, type CandleColumns, type CandleGate } from "../candles.ts"

/** When more of a file than this is unusable, something else is wrong with it. */
const MOST_LEFT_OUT = 0.1

/**
 * Candles of a file the gate refuses, put right as far as it can be done without guessing: rows nobody could read or
 * trade on are left out,
 * the others put in order of time, and of several with the same time the last one stands. `notes` say how many of
 * each. Refused: what the gate
 * still refuses then, and files of which more than a tenth would be left out.
 */
export function mendRows(
  { columns, rowNumbers }: NumberedColumns,
  unreadable: Pick<CandleProblems, "count">,
  gate: CandleGate = {},
): ReadCandles {
  const rows = Array.from(rowNumbers.keys())
  const usable = rows.filter((row) => isUsable(columns, row))
  const leftOut = rows.length - usable.length + unreadable.count
  if (leftOut > MOST_LEFT_OUT * (rows.length + unreadable.count))
    return refuseCandles(0, "More than a tenth of the rows cannot be used.")
  const inOrder = usable.toSorted((a, b) => columns.openTimeMs[a] - columns.openTimeMs[b])
  const kept = inOrder.filter((row, at) => columns.openTimeMs[row] !== columns.openTimeMs[inOrder[at + 1]])
  const answer = candlesFromColumns(candlesOfRows(columns, kept), gate)
  if (!answer.ok) return answer
  const notes = [
    counted(
      leftOut,
      "row with an impossible price, volume or time left out.",
      "rows with an impossible price, volume or time left out.",
    ),
    counted(outOfOrder(columns, usable), "row out of order put in its place.", "rows out of order put in their place."),
    counted(
      usable.length - kept.length,
      "row left out for a later one with the same time.",
      "rows left out for later ones with the same time.",
    ),
  ]
  return { ok: true, candles: answer.candles, notes: notes.filter((note) => note !== "") }
}

function isUsable(columns: CandleColumns, row: number): boolean {
  const time = columns.openTimeMs[row]
  return (
    Number.isInteger(time) &&
    Math.abs(time) < 1e14 &&
    priceDefect(columns, row) === undefined &&
    volumeDefect(columns.volume[row]) === undefined
  )
}

function outOfOrder({ openTimeMs }: CandleColumns, rows: number[]): number {
  let latest = -Infinity
  return rows.filter((row) => {
    const isLate = openTimeMs[row] < latest
    latest = Math.max(latest, openTimeMs[row])
    return isLate
  }).length
}

function counted(count: number, one: string, many: string): string {
  return count === 0 ? "" : `${count} ${count === 1 ? one : many}`
}
