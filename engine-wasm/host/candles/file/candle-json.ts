import { candleColumnNames, columnsBy, refuseCandles, type CandleRefusal } from "../candles.ts"
import { numberedFromOne, type CandleProblem, type CandleRows } from "./candle-reader.ts"
import type { NumberedColumns } from "./candle-order.ts"
import { millisecondsOf, timeUnitOf } from "./csv-time.ts"

/** V8 cannot hold a longer text. */
export const LARGEST_JSON_BYTES = 480 * 2 ** 20

/**
 * Rows of a JSON list `[[open time, open, high, low, close, volume, …], …]` of numbers or numeric texts, as freqtrade
 * kept its candles and Binance
 * answers; the time in any unit since 1970. Rows are numbered by their place in the list, from 1. With `onProblem`
 * bad rows are told and left out.
 */
export function rowsFromJson(bytes: Uint8Array, onProblem?: (problem: CandleProblem) => void): CandleRows {
  const list = listFrom(bytes)
  if (!Array.isArray(list)) return list
  if (list.length === 0) return refuseCandles(0, "The list has no candles.")
  const numbered = numberedFromOne(columnsBy(() => new Float64Array(list.length)))
  let kept = 0
  for (let at = 0; at < list.length; at++) {
    const what = readRow(list[at], numbered, kept)
    if (what === undefined) numbered.rowNumbers[kept++] = at + 1
    else if (onProblem === undefined) return refuseCandles(at + 1, `Row ${at + 1}: ${what}`)
    else onProblem({ row: at + 1, what })
  }
  const cut = (column: Float64Array) => column.subarray(0, kept)
  return { ok: true, columns: columnsBy((name) => cut(numbered.columns[name])), rowNumbers: cut(numbered.rowNumbers) }
}

function listFrom(bytes: Uint8Array): unknown[] | CandleRefusal {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return Array.isArray(value)
      ? value
      : refuseCandles(
          0,
          "This JSON is not a list of candles; expected [[open time, open, high, low, close, volume], …].",
        )
  } catch {
    return refuseCandles(0, "The JSON is damaged or cut off; export or download it again.")
  }
}

function readRow(row: unknown, { columns }: NumberedColumns, at: number): string | undefined {
  if (!Array.isArray(row) || row.length < 6)
    return "a candle needs six values: open time, open, high, low, close, volume."
  for (let cell = 0; cell < candleColumnNames.length; cell++) {
    const value = numberOf(row[cell])
    if (Number.isNaN(value))
      return `the ${cell === 0 ? "time" : candleColumnNames[cell]} holds ${JSON.stringify(row[cell])?.slice(0, 40)}, which is not a number.`
    columns[candleColumnNames[cell]][at] = cell === 0 ? millisecondsOf(value, timeUnitOf(value)) : value
  }
  return undefined
}

function numberOf(cell: unknown): number {
  if (typeof cell === "number") return cell
  return typeof cell === "string" && cell.trim() !== "" ? Number(cell) : Number.NaN
}
