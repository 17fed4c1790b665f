import { candleColumnNames, type Candles } from "../candles.ts"

const ROWS_A_PIECE = 4096

/**
 * Candles as text pieces of a CSV file: header `open_time_ms,open,high,low,close,volume`, then extra columns by name.
 * Every number reads back to the same bits; an unknown value is an empty cell.
 */
export function* candleCsv(candles: Candles): Generator<string> {
  const extras = Object.keys(candles.extra)
  const columns = [...candleColumnNames.map((name) => candles[name]), ...extras.map((name) => candles.extra[name])]
  yield `${["open_time_ms", "open", "high", "low", "close", "volume", ...extras].join(",")}\n`
  for (let from = 0; from < candles.openTimeMs.length; from += ROWS_A_PIECE) {
    yield rowsText(columns, from, Math.min(from + ROWS_A_PIECE, candles.openTimeMs.length))
  }
}

function rowsText(columns: Float64Array[], from: number, to: number): string {
  let text = ""
  for (let index = from; index < to; index++) text += `${columns.map((column) => cellText(column[index])).join(",")}\n`
  return text
}

function cellText(value: number): string {
  if (Number.isNaN(value)) return ""
  const shortest = String(value)
  if (!shortest.includes("e")) return shortest
  // Spreadsheets and other readers stumble over exponents; we write plain digits where they give the same number.
  const plain = value.toFixed(20).replace(/\.?0+$/, "")
  return Number(plain) === value ? plain : shortest
}
