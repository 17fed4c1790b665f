import { expect, test } from "vitest"
import { figureInWords, metricInWords } from "./metric-in-words.ts"

test("a metric shows its unit, in characters on a keyboard", () => {
  expect(metricInWords(-12.345, "percent")).toBe("-12.35 %")
  expect(metricInWords(1234.5, "money")).toBe("1,234.50")
  expect(metricInWords(Date.UTC(2024, 0, 31, 10), "time")).toBe("2024-01-31T10:00Z")
  expect(metricInWords(Infinity, "ratio")).toBe("∞")
})

test("no figure is large enough to show an e+", () => {
  for (const unit of ["percent", "money", "ratio", "count", "days"] as const)
    expect(metricInWords(4e143, unit)).toMatch(/^4\.0×10¹⁴³/)
})

test("a run too short for a yearly growth says so", () => {
  expect(figureInWords("cagrPercent", null, "percent")).toBe("too few days")
  expect(figureInWords("cagrPercent", 12.3, "percent")).toBe("12.30 %")
  expect(figureInWords("calmar", null, "ratio")).toBe("–")
})
