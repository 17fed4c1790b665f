import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { speedTable, withSpeedTable, type BenchResults } from "./speed-table.ts"

const results = JSON.parse(readFileSync(new URL("results.json", import.meta.url), "utf8")) as BenchResults
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8")

test("the README's speed table matches bench/results.json", () => {
  expect(withSpeedTable(readme, speedTable(results))).toBe(readme)
})

test("a missing figure is named, not left out", () => {
  const { crossRatio: _, ...rest } = results
  expect(() => speedTable(rest as BenchResults)).toThrow("no crossRatio")
})
