import { candleColumnNames, type CandleColumns, columnsBy } from "../candles.ts"

/** Open, high, low, close and volume of one candle. */
export type CandleValues = { open: number; high: number; low: number; close: number; volume: number }
/**
 * A kept candle whose values differ from the new ones: the exchange changed its history, or a file disagrees with it.
 */
export type ChangedCandle = { openTimeMs: number; before: CandleValues; after: CandleValues }

/** Both together; `added` candles are new, `changed` are those of `before` that now have other values. */
export type MergedColumns = { columns: CandleColumns; added: number; changed: ChangedCandle[] }

/**
 * Merges candles into others; both ascending. Where both have a candle the newer values win; extra columns of one
 * side stay.
 */
export function mergeColumns(before: CandleColumns, after: CandleColumns): MergedColumns {
  const places = placesOf(before.openTimeMs, after.openTimeMs)
  const extraNames = new Set([...Object.keys(before.extra ?? {}), ...Object.keys(after.extra ?? {})])
  const extra = Object.fromEntries(
    [...extraNames].map((name) => [name, pick(places, before.extra?.[name], after.extra?.[name])]),
  )
  return {
    columns: { ...columnsBy((name) => pick(places, before[name], after[name])), extra },
    added: places.before.reduce((sum, place) => sum + (place < 0 ? 1 : 0), 0),
    changed: changedCandles(places, before, after),
  }
}

/** For each candle of the result its place on either side, -1 where that side has none. */
type Places = { before: Int32Array; after: Int32Array }

function placesOf(before: Float64Array, after: Float64Array): Places {
  const places = {
    before: new Int32Array(before.length + after.length),
    after: new Int32Array(before.length + after.length),
  }
  let count = 0
  for (let b = 0, a = 0; b < before.length || a < after.length; count++) {
    const takesBefore = a === after.length || before[b] <= after[a]
    const takesAfter = b === before.length || after[a] <= before[b]
    places.before[count] = takesBefore ? b++ : -1
    places.after[count] = takesAfter ? a++ : -1
  }
  return { before: places.before.subarray(0, count), after: places.after.subarray(0, count) }
}

function pick(places: Places, before: Float64Array | undefined, after: Float64Array | undefined): Float64Array {
  const column = new Float64Array(places.before.length)
  for (let at = 0; at < column.length; at++) {
    const [older, newer] = [places.before[at], places.after[at]]
    column[at] = (newer >= 0 ? after?.[newer] : undefined) ?? (older >= 0 ? before?.[older] : undefined) ?? Number.NaN
  }
  return column
}

function changedCandles(places: Places, before: CandleColumns, after: CandleColumns): ChangedCandle[] {
  const changed: ChangedCandle[] = []
  places.before.forEach((b, at) => {
    const a = places.after[at]
    if (b < 0 || a < 0 || candleColumnNames.every((name) => before[name][b] === after[name][a])) return
    changed.push({ openTimeMs: before.openTimeMs[b], before: valuesAt(before, b), after: valuesAt(after, a) })
  })
  return changed
}

function valuesAt({ open, high, low, close, volume }: CandleColumns, at: number): CandleValues {
  return { open: open[at], high: high[at], low: low[at], close: close[at], volume: volume[at] }
}
