import type { Candles } from "#engine"
import { expect, test } from "vitest"
import { CHUNK_CANDLES, candlesFromChunks, chunksOf } from "./candle-chunk.ts"

const grid = { timeframeMs: 60_000, priceDecimals: 2 }

test("candles come back from their rows bit for bit, extra columns and their blanks too", () => {
  for (const count of [1, CHUNK_CANDLES - 1, CHUNK_CANDLES, CHUNK_CANDLES + 1, 2 * CHUNK_CANDLES]) {
    const candles = counted(count)
    expect(candlesFromChunks(chunksOf("m", candles), grid)).toEqual(candles)
  }
})

test("a row holds no more than its share of the column's memory", () => {
  const [first, second] = chunksOf("m", counted(CHUNK_CANDLES + 5))
  expect(first.columns.close.byteLength).toBe(8 * CHUNK_CANDLES)
  expect(second.columns.close.byteLength).toBe(8 * 5)
})

test("a market without rows gives empty columns, not a failure", () => {
  expect(candlesFromChunks([], grid).close).toHaveLength(0)
})

function counted(count: number): Candles {
  const column = (plus: number) => Float64Array.from({ length: count }, (_, at) => at + plus)
  const signal = column(0.5).map((value, at) => (at % 3 === 0 ? Number.NaN : value))
  return { openTimeMs: column(0), open: column(1), high: column(3), low: column(0.1), close: column(2), volume: column(9), extra: { signal }, ...grid }
}
