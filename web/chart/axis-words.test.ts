import fc from "fast-check"
import { expect, test } from "vitest"
import { moneyWords, priceWords, valueWords } from "./axis-words.ts"

test("the marks of one axis have one number of decimals, and no more than they need", () => {
  expect(moneyWords(1000).tickmarksFormatter([800, 1000, 1200])).toEqual(["800", "1,000", "1,200"])
  expect(moneyWords(100).tickmarksFormatter([99.5, 100, 100.5])).toEqual(["99.5", "100.0", "100.5"])
  expect(moneyWords(0.001).tickmarksFormatter([0.0009, 0.001])).toEqual(["0.0009", "0.0010"])
  expect(moneyWords(0.000_01).tickmarksFormatter([9e-6, 1e-5])).toEqual(["0.000009", "0.000010"])
  expect(priceWords(3).tickmarksFormatter([170_000, 180_000])).toEqual(["170,000", "180,000"])
  expect(priceWords(8).tickmarksFormatter([0.00001, 0.000012])).toEqual(["0.000010", "0.000012"])
  expect(valueWords().tickmarksFormatter([0, 0.25, 0.5])).toEqual(["0.00", "0.25", "0.50"])
})

test("marks that differ are named differently, whatever the size of prices", () => {
  const mark = fc.tuple(fc.integer({ min: -8, max: 6 }), fc.constantFrom(1, 2, 5), fc.integer({ min: 0, max: 5000 }))
  fc.assert(
    fc.property(mark, ([power, step, first]) => {
      const marks = [0, 1, 2, 3, 4].map((n) => (first + n) * step * 10 ** power)
      const words = priceWords(8).tickmarksFormatter(marks)
      expect(new Set(words).size).toBe(marks.length)
      expect(new Set(words.map((word) => word.split(".")[1]?.length ?? 0)).size).toBe(1)
    }),
  )
})
