import fc from "fast-check"
import { expect, test } from "vitest"
import { type CandleColumns, columnsBy } from "../candles.ts"
import { mergeColumns } from "./merge-columns.ts"
import { MINUTE_MS } from "../timeframe.ts"

const times = fc
  .uniqueArray(fc.nat({ max: 60 }))
  .map((minutes) => minutes.toSorted((a, b) => a - b).map((minute) => minute * MINUTE_MS))

test("merged candles are those of either side once, in order, the newer values where both have one", () => {
  fc.assert(
    fc.property(times, times, (before, after) => {
      const { columns, added, changed } = mergeColumns(pricedAt(before, 1), pricedAt(after, 2))
      const together = [...new Set([...before, ...after])].toSorted((a, b) => a - b)
      expect([...columns.openTimeMs]).toEqual(together)
      expect([...columns.close]).toEqual(together.map((time) => (after.includes(time) ? 2 : 1)))
      expect(added).toBe(together.length - before.length)
      expect(changed.map(({ openTimeMs }) => openTimeMs)).toEqual(before.filter((time) => after.includes(time)))
    }),
  )
})

test("the same candles again change nothing", () => {
  const candles = pricedAt([0, MINUTE_MS], 5)
  expect(mergeColumns(candles, candles)).toEqual({ columns: { ...candles, extra: {} }, added: 0, changed: [] })
})

test("an extra column that only one side has stays, with blanks where that side has no candle", () => {
  const before = { ...pricedAt([0, MINUTE_MS], 1), extra: { signal: Float64Array.of(7, 8) } }
  expect(mergeColumns(before, pricedAt([MINUTE_MS, 2 * MINUTE_MS], 2)).columns.extra).toEqual({
    signal: Float64Array.of(7, 8, Number.NaN),
  })
})

function pricedAt(openTimesMs: number[], price: number): CandleColumns {
  return {
    ...columnsBy(() => new Float64Array(openTimesMs.length).fill(price)),
    openTimeMs: Float64Array.from(openTimesMs),
  }
}
