import fc from "fast-check"
import type { CandleColumns } from "#engine"
import { expect, test } from "vitest"
import { bucketOf, bucketsOf, CHUNK_CANDLES, chunkOf, columnsFromChunks } from "./candle-chunk.ts"

const MINUTE = 60_000
const place = { marketId: "m", timeframeMs: MINUTE }

const chunksOf = (columns: CandleColumns) => [...bucketsOf(columns, MINUTE)].map(([bucket, part]) => chunkOf({ ...place, bucket }, part))

test("candles come back from their rows bit for bit, with gaps and without, extra columns and their blanks too", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -CHUNK_CANDLES, max: 3 * CHUNK_CANDLES }), fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 60 }), async (start, steps) => {
      const columns = counted(steps.reduce((times, step) => [...times, times.at(-1)! + step * MINUTE], [start * MINUTE]))
      expect(await columnsFromChunks(chunksOf(columns), MINUTE)).toEqual(columns)
    }),
  )
})

test("a bucket is ten thousand timeframes long, wherever a market begins", () => {
  const buckets = bucketsOf(counted(regular(25_000, 5_000)), MINUTE)
  expect([...buckets].map(([bucket, { close }]) => [bucket, close.length])).toEqual([[0, 5_000], [1, 10_000], [2, 10_000]])
  expect(bucketOf(-1, MINUTE)).toBe(-1)
})

test("times are not kept where they can be counted, and kept where they cannot", () => {
  const [whole] = chunksOf(counted(regular(100)))
  const [torn] = chunksOf(counted(regular(100).filter((_, at) => at !== 50)))
  expect([whole.regular, whole.values.size]).toEqual([true, 100 * 8 * 6])
  expect([torn.regular, torn.values.size]).toEqual([false, 99 * 8 * 7])
})

test("a row without the extra column of its neighbours has blanks there", async () => {
  const [first] = chunksOf({ ...counted(regular(2)), extra: {} })
  const [second] = chunksOf(counted(regular(2, CHUNK_CANDLES)))
  expect((await columnsFromChunks([first, second], MINUTE)).extra.signal).toEqual(Float64Array.of(Number.NaN, Number.NaN, Number.NaN, 1.5))
})

test("a market without rows gives empty columns, not a failure", async () => {
  expect((await columnsFromChunks([], MINUTE)).close).toHaveLength(0)
})

function regular(count: number, first = 0): number[] {
  return Array.from({ length: count }, (_, at) => (first + at) * MINUTE)
}

function counted(times: number[]): CandleColumns {
  const column = (plus: number) => Float64Array.from(times, (_, at) => at + plus)
  const signal = column(0.5).map((value, at) => (at % 3 === 0 ? Number.NaN : value))
  return { openTimeMs: Float64Array.from(times), open: column(1), high: column(3), low: column(0.1), close: column(2), volume: column(9), extra: { signal } }
}
