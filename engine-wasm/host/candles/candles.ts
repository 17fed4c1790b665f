import { firstBadIndex } from "./quality/candle-defect.ts"
import { timeframeOfTimes } from "./candle-grid.ts"
import { priceDecimalsOf } from "./price-decimals.ts"
import type { CandleTimeframe } from "./timeframe.ts"

/**
 * Columns of candles, oldest first. Times are UTC milliseconds of each candle's open; prices in quote currency per
 * base unit, volume in base units. `extra` has further numeric columns of the file under their own names (NaN where a
 * cell was empty).
 */
export type Candles = {
  openTimeMs: Float64Array
  open: Float64Array
  high: Float64Array
  low: Float64Array
  close: Float64Array
  volume: Float64Array
  extra: Record<string, Float64Array>
  /** The grid: the shortest usual distance between candles. */
  timeframeMs: number
  /**
   * Most digits after the decimal point in any price: prices are on a grid of 10^-priceDecimals. NO_PRICE_GRID
   * (price-decimals.ts) and more means "no grid".
   */
  priceDecimals: number
}

/** The six columns every candle source has, and any others, still unchecked. */
export type CandleColumns = Omit<Candles, "timeframeMs" | "priceDecimals" | "extra"> & {
  extra?: Record<string, Float64Array>
}

/**
 * `row` counts from 1 (in a file: its line, header included); 0 when the whole is refused. `because` is a sentence
 * that names the row. `mappable`: a table whose columns are unknown, which the user may map. `ask`: what the user may
 * decide.
 */
export type CandleRefusal = { ok: false; row: number; because: string; mappable?: true; ask?: CandleQuestion }
/** Which of a file's markets is meant; whether day or month comes first in its dates. */
export type CandleQuestion = { kind: "market"; choices: string[] } | { kind: "dates" }
export type CandlesOrRefusal = { ok: true; candles: Candles } | CandleRefusal

export type CandleGate = {
  /** The timeframe the source declares; without it we infer it from the times, which needs two candles. */
  timeframe?: CandleTimeframe
  /** A likely timeframe, such as from a file's name: counts for one candle alone, which has no distance to another. */
  timeframeIfAlone?: CandleTimeframe
  /** The row numbers to show where they differ from the place counted from 1, such as the lines of a file. */
  rowNumbers?: ArrayLike<number>
}

/**
 * The only gate to `Candles`. Takes the columns over (no copy) and refuses, with the first bad row: unequal lengths,
 * fractional times, out of order or duplicate, mixed time units, prices not above zero, high or low on the wrong
 * side, negative volume, a distance between candles that is not one of our timeframes.
 */
export function candlesFromColumns(columns: CandleColumns, gate: CandleGate = {}): CandlesOrRefusal {
  const rows = columns.openTimeMs.length
  if (rows === 0) return refuseCandles(0, "There are no candles.")
  if (!sameLengths(columns)) return refuseCandles(0, "The columns have different lengths.")
  const bad = firstBadIndex(columns)
  if (bad !== undefined) return refuseRow(bad.index, bad.defect, gate)
  const said = gate.timeframe ?? (rows === 1 ? gate.timeframeIfAlone : undefined)
  const grid = timeframeOfTimes(columns.openTimeMs, said)
  if (!grid.ok)
    return grid.index === undefined ? refuseCandles(0, grid.because) : refuseRow(grid.index, grid.because, gate)
  return {
    ok: true,
    candles: {
      ...columns,
      extra: columns.extra ?? {},
      timeframeMs: grid.timeframeMs,
      priceDecimals: priceDecimalsOf(columns),
    },
  }
}

/**
 * Candles from rows `[openTimeMs, open, high, low, close, volume, …]` of numbers or numeric texts, as exchanges send
 * them; further cells are ignored.
 */
export function candlesFromRows(rows: unknown, gate: CandleGate = {}): CandlesOrRefusal {
  if (!Array.isArray(rows)) return refuseCandles(0, "Candles must be a list of rows.")
  const columns = columnsBy(() => new Float64Array(rows.length))
  for (let index = 0; index < rows.length; index++) {
    const row: unknown = rows[index]
    if (!Array.isArray(row) || row.length < 6)
      return refuseRow(index, "a candle needs six values: open time, open, high, low, close, volume.", gate)
    candleColumnNames.forEach((name, cell) => (columns[name][index] = numberFromCell(row[cell])))
  }
  return candlesFromColumns(columns, gate)
}

/** The candles opening at or after `fromMs` and before `toMs`, as views on the same memory. */
export function sliceCandles(
  candles: Candles,
  { fromMs = -Infinity, toMs = Infinity }: { fromMs?: number; toMs?: number },
): Candles {
  const start = countBefore(candles.openTimeMs, fromMs)
  const end = Math.max(start, countBefore(candles.openTimeMs, toMs))
  return { ...candles, ...mapColumns(candles, (column) => column.subarray(start, end)) }
}

/** The columns every candle has, in the order of a candle file. */
export const candleColumnNames = ["openTimeMs", "open", "high", "low", "close", "volume"] as const
export type CandleColumnName = (typeof candleColumnNames)[number]

/** The six columns, each made from its name. */
export function columnsBy(make: (name: CandleColumnName) => Float64Array): CandleColumns {
  return {
    openTimeMs: make("openTimeMs"),
    open: make("open"),
    high: make("high"),
    low: make("low"),
    close: make("close"),
    volume: make("volume"),
  }
}

/** The same columns, each changed in the same way, the extra ones too. */
export function mapColumns(
  columns: CandleColumns,
  change: (column: Float64Array) => Float64Array,
): Required<CandleColumns> {
  const extra = Object.fromEntries(Object.entries(columns.extra ?? {}).map(([name, column]) => [name, change(column)]))
  return { ...columnsBy((name) => change(columns[name])), extra }
}

/** The candles of these rows, counted from 0, in this order. */
export function candlesOfRows(columns: CandleColumns, rows: ArrayLike<number>): Required<CandleColumns> {
  return mapColumns(columns, (column) => Float64Array.from(rows, (row) => column[row]))
}

/** A refusal whose sentence is already complete. */
export function refuseCandles(row: number, because: string): CandleRefusal {
  return { ok: false, row, because }
}

function refuseRow(index: number, defect: string, gate: CandleGate): CandleRefusal {
  const row = gate.rowNumbers?.[index] ?? index + 1
  return refuseCandles(row, `Row ${row}: ${defect}`)
}

function sameLengths(columns: CandleColumns): boolean {
  const all = [...candleColumnNames.map((name) => columns[name]), ...Object.values(columns.extra ?? {})]
  return all.every((column) => column.length === columns.openTimeMs.length)
}

function numberFromCell(cell: unknown): number {
  if (typeof cell === "number") return cell
  // Number("") and Number(" ") are 0, which would be a price nobody paid.
  return typeof cell === "string" && cell.trim() !== "" ? Number(cell) : Number.NaN
}

/** How many of the ascending times are before a moment. */
export function countBefore(openTimeMs: Float64Array, timeMs: number): number {
  let low = 0
  let high = openTimeMs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (openTimeMs[middle] < timeMs) low = middle + 1
    else high = middle
  }
  return low
}
