import { candleColumnNames, type CandleColumns, columnsBy } from "../candles.ts"

/** Candles of one market as one array, stored and read in one go. */
export type PackedCandles = {
  count: number
  firstMs: number
  /** Whether each candle opens one timeframe after the one before: then `values` has no times. */
  regular: boolean
  extraNames: string[]
  /**
   * `count` for each column: times (unless regular), open, high, low, close, volume, then the extra columns in order.
   */
  values: Float64Array<ArrayBuffer>
}

/** Packs ascending candles of one timeframe. */
export function packCandles(columns: CandleColumns, timeframeMs: number): PackedCandles {
  const { openTimeMs, extra = {} } = columns
  const count = openTimeMs.length
  const regular = openTimeMs.every((time, at) => time === openTimeMs[0] + at * timeframeMs)
  const extraNames = Object.keys(extra)
  const kept = [
    ...candleColumnNames.slice(regular ? 1 : 0).map((name) => columns[name]),
    ...extraNames.map((name) => extra[name]),
  ]
  const values = new Float64Array(kept.length * count)
  kept.forEach((column, at) => values.set(column, at * count))
  return { count, firstMs: openTimeMs[0] ?? 0, regular, extraNames, values }
}

/**
 * Packed candles of one market, in order of time, as columns again: one copy. Where one lacks an extra column that
 * others have, it has NaN.
 */
export function unpackCandles(parts: readonly PackedCandles[], timeframeMs: number): Required<CandleColumns> {
  const total = parts.reduce((sum, { count }) => sum + count, 0)
  const joined = (fill: (column: Float64Array, part: PackedCandles) => void) => {
    const column = new Float64Array(total)
    let at = 0
    for (const part of parts) fill(column.subarray(at, (at += part.count)), part)
    return column
  }
  const extraNames = new Set(parts.flatMap((part) => part.extraNames))
  const extra = Object.fromEntries(
    [...extraNames].map((name) => [name, joined((column, part) => fillExtra(column, part, name))]),
  )
  const ofName = (name: (typeof candleColumnNames)[number]) =>
    joined((column, part) => fillColumn(column, part, candleColumnNames.indexOf(name), timeframeMs))
  return { ...columnsBy(ofName), extra }
}

function fillColumn(column: Float64Array, part: PackedCandles, place: number, timeframeMs: number) {
  if (!part.regular) return column.set(columnAt(part, place))
  if (place > 0) return column.set(columnAt(part, place - 1))
  for (let at = 0; at < column.length; at++) column[at] = part.firstMs + at * timeframeMs
}

function fillExtra(column: Float64Array, part: PackedCandles, name: string) {
  const place = part.extraNames.indexOf(name)
  if (place < 0) column.fill(Number.NaN)
  else column.set(columnAt(part, candleColumnNames.length - (part.regular ? 1 : 0) + place))
}

function columnAt({ values, count }: PackedCandles, place: number): Float64Array {
  return values.subarray(place * count, (place + 1) * count)
}
