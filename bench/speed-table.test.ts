import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { speedTable, withSpeedTable, type BenchResults } from "./speed-table.ts"

const results = JSON.parse(readFileSync(new URL("results.json", import.meta.url), "utf8")) as BenchResults
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8")

test("the README's table of speed is what bench/results.json says", () => {
  expect(withSpeedTable(readme, speedTable(results))).toBe(readme)
})

test("a figure that was not measured is named, not left out", () => {
  const { crossRatio: _, ...rest } = results
  expect(() => speedTable(rest as BenchResults)).toThrow("no crossRatio")
})
