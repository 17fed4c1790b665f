import fc from "fast-check"
import { expect, test } from "vitest"
import type { CandleColumns } from "../candles.ts"
import { bucketOf, bucketsOf, CHUNK_CANDLES } from "./candle-bucket.ts"
import { packCandles, unpackCandles } from "./packed-candles.ts"
import { MINUTE_MS } from "../timeframe.ts"

const packedOf = (columns: CandleColumns) =>
  [...bucketsOf(columns, MINUTE_MS).values()].map((part) => packCandles(part, MINUTE_MS))

test("candles come back bit for bit, with gaps and without, extra columns and their blanks too", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -CHUNK_CANDLES, max: 3 * CHUNK_CANDLES }),
      fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 60 }),
      (start, steps) => {
        const columns = counted(
          steps.reduce((times, step) => [...times, times.at(-1)! + step * MINUTE_MS], [start * MINUTE_MS]),
        )
        expect(unpackCandles(packedOf(columns), MINUTE_MS)).toEqual(columns)
      },
    ),
  )
})

test("a bucket is ten thousand timeframes long, wherever a market begins", () => {
  const buckets = bucketsOf(counted(regular(25_000, 5_000)), MINUTE_MS)
  expect([...buckets].map(([bucket, { close }]) => [bucket, close.length])).toEqual([
    [0, 5_000],
    [1, 10_000],
    [2, 10_000],
  ])
  expect(bucketOf(-1, MINUTE_MS)).toBe(-1)
})

test("times are left out where they are regular, and kept where they are not", () => {
  const [whole] = packedOf(counted(regular(100)))
  const [torn] = packedOf(counted(regular(100).filter((_, at) => at !== 50)))
  expect([whole.regular, whole.values.length]).toEqual([true, 100 * 6])
  expect([torn.regular, torn.values.length]).toEqual([false, 99 * 7])
})

test("where the extra column of the neighbours is missing, there are blanks", () => {
  const [first] = packedOf({ ...counted(regular(2)), extra: {} })
  const [second] = packedOf(counted(regular(2, CHUNK_CANDLES)))
  expect(unpackCandles([first, second], MINUTE_MS).extra.signal).toEqual(
    Float64Array.of(Number.NaN, Number.NaN, Number.NaN, 1.5),
  )
})

test("an empty pack gives empty columns, not a failure", () => {
  expect(unpackCandles([], MINUTE_MS).close).toHaveLength(0)
})

function regular(count: number, first = 0): number[] {
  return Array.from({ length: count }, (_, at) => (first + at) * MINUTE_MS)
}

function counted(times: number[]): CandleColumns {
  const column = (plus: number) => Float64Array.from(times, (_, at) => at + plus)
  const signal = column(0.5).map((value, at) => (at % 3 === 0 ? Number.NaN : value))
  return {
    openTimeMs: Float64Array.from(times),
    open: column(1),
    high: column(3),
    low: column(0.1),
    close: column(2),
    volume: column(9),
    extra: { signal },
  }
}
