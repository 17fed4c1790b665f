import { expect, test } from "vitest"
import { correlationInWords, luckInWords } from "./figure-words.ts"

const plain = (words: string) => words.replaceAll("\u202f", " ")

test.each([
  [0.01, "Next to nothing."],
  [-0.02, "Next to nothing."],
  [0.12, "Larger forecasts were followed by larger moves, a little."],
  [0.3, "Larger forecasts were followed by larger moves, clearly."],
  [0.8, "Larger forecasts were followed by larger moves, very closely."],
  [-0.8, "Larger forecasts were followed by smaller moves: it points the wrong way."],
])("a correlation of %s is told as large as it is", (correlation, words) => {
  expect(correlationInWords(correlation)).toBe(words)
})

test("a forecast that trails the naive one is never told as if it led", () => {
  const trailing = plain(luckInWords({ statistic: -3, pValue: 0.999 }))
  expect(trailing).toBe("It missed more than the naive forecast: there is no lead that luck could explain.")
  expect(plain(luckInWords({ statistic: 1, pValue: 0.16 }))).toMatch(/such a lead .* 16 % of the time: yes, it could/)
  expect(plain(luckInWords({ statistic: 3, pValue: 0.001 }))).toMatch(/less than 1 % of the time: hardly/)
  expect(plain(luckInWords({ statistic: null, pValue: null }))).toBe("It missed exactly as the naive forecast did.")
})
