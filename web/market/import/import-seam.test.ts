import { expect, test } from "vitest"
import type { CandleColumns } from "#engine/candles"
import { seamJump } from "./import-seam.ts"

function closes(firstMs: number, ...prices: number[]): CandleColumns {
  const column = Float64Array.from(prices)
  return {
    openTimeMs: column.map((_, at) => firstMs + at),
    open: column,
    high: column,
    low: column,
    close: column,
    volume: column,
  }
}

test("a month that goes on where the last one ended meets it at its price", () => {
  expect(seamJump(closes(0, 10, 11, 12), closes(3, 12, 40, 200))).toBe(1)
  expect(seamJump(closes(3, 12, 13), closes(0, 10, 6))).toBe(2)
})

test("another market under the same name shows at the seam, before, behind and beside", () => {
  expect(seamJump(closes(0, 10, 10), closes(2, 600))).toBe(60)
  expect(seamJump(closes(2, 600), closes(0, 10, 10))).toBe(60)
  expect(seamJump(closes(0, 10, 10), closes(0, 10, 600))).toBe(60)
})

test("a market's own wild moves are no seam", () => {
  expect(seamJump(closes(0, 1, 100, 1), closes(3, 1))).toBe(1)
})
