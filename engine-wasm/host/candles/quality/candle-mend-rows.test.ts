import fc from "fast-check"
import { expect, test } from "vitest"
import { mendRows } from "./candle-mend-rows.ts"
import { candlesFromRows, columnsBy, candleColumnNames } from "../candles.ts"
import { HOUR_MS } from "../timeframe.ts"

type Row = [hour: number, open: number, high: number, low: number, close: number, volume: number]

const row = (hour: number, close = 10): Row => [hour, 10, 12, 9, close, 5]
const hours = (count: number) => Array.from({ length: count }, (_, hour) => row(hour))

function mend(rows: Row[]) {
  const times = rows.map(([hour, ...rest]) => [hour * HOUR_MS, ...rest])
  const columns = columnsBy((name) => Float64Array.from(times, (cells) => cells[candleColumnNames.indexOf(name)]))
  return mendRows({ columns, rowNumbers: Uint32Array.from(rows.keys()) }, { count: 0 })
}

test("rows in any order come out in order of time, as if nothing had been wrong", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(hours(40), { minLength: 40, maxLength: 40 }), (rows) => {
      const mended = mend(rows)
      expect(mended.ok && mended.candles).toEqual(
        (candlesFromRows(hours(40).map(([hour, ...rest]) => [hour * HOUR_MS, ...rest])) as { candles: unknown })
          .candles,
      )
    }),
  )
})

test("of several rows with the same time the last one counts", () => {
  const mended = mend([...hours(20), row(5, 11), row(5, 9.5)])
  expect(mended).toMatchObject({
    ok: true,
    notes: ["2 rows out of order put in their place.", "2 rows left out for later ones with the same time."],
  })
  expect(mended.ok && mended.candles.close[5]).toBe(9.5)
})

test.each<[string, Row]>([
  ["a price of zero", [20, 10, 12, 0, 10, 5]],
  ["a high below the low", [20, 10, 8, 9, 10, 5]],
  ["a negative volume", [20, 10, 12, 9, 10, -1]],
  ["no number", [20, Number.NaN, 12, 9, 10, 5]],
])("a row with %s is left out, with a note", (_, bad) => {
  expect(mend([...hours(20), bad])).toMatchObject({
    ok: true,
    notes: ["1 row with an impossible price, volume or time left out."],
  })
})

test("a file of which more than a tenth is unusable is refused", () => {
  expect(mend([...hours(20), ...[20, 21, 22].map((hour): Row => [hour, 0, 0, 0, 0, 0])])).toMatchObject({
    ok: false,
    because: "More than a tenth of the rows cannot be used.",
  })
})
