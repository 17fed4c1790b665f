import fc from "fast-check"
import { expect, test } from "vitest"
import { metricDefinitions, type Metrics } from "#engine/result"
import { strategyFromJson, strategyTemplates } from "#engine/strategy"
import type { SavedRun } from "../../db/saved-run.ts"
import { MOST_RUNS_IN_A_FILE, runForFile, runFromFile, runsForFile } from "./run-of-library.ts"

const checked = strategyFromJson(strategyTemplates[0].document)
if (!checked.ok) throw new Error("a template is a strategy")
const document = checked.strategy
const hash = "0a".repeat(32)

test("a run goes into a file and comes back whole, with figures that are infinite", () => {
  const run = runNamed("one", "my note")
  const { id: _, strategyId: __, ...rest } = run
  expect(runFromFile(JSON.parse(JSON.stringify(runForFile(run))))).toEqual(rest)
})

test("whatever one part of a run becomes in a file, it is the run, or none, and never throws", () => {
  const written = JSON.parse(JSON.stringify(runForFile(runNamed("one", "n")))) as Record<string, unknown>
  const parts = Object.keys(written)
  fc.assert(
    fc.property(fc.constantFrom(...parts), fc.anything(), (part, value) => {
      const read = runFromFile({ ...written, [part]: value })
      // What was taken once is taken again as it is.
      expect(read && runFromFile(runForFile({ ...read, id: "" }))).toEqual(read)
    }),
  )
  const damaged = [{ hashes: { engine: hash } }, { detail: { ...Object(written.detail), curve: {} } }, { ranAtMs: -1 }]
  for (const part of damaged) expect(runFromFile({ ...written, ...part })).toBeUndefined()
})

test("of more runs than a file holds those with a note are in it first, then the newest", () => {
  const runs = Array.from({ length: MOST_RUNS_IN_A_FILE + 5 }, (_, n) => runNamed(String(n)))
  const noted = { ...runs[MOST_RUNS_IN_A_FILE + 4], note: "kept" }
  const chosen = runsForFile([...runs.slice(0, -1), noted])
  expect(chosen).toHaveLength(MOST_RUNS_IN_A_FILE)
  expect(chosen.slice(0, 3).map(({ id }) => id)).toEqual([noted.id, "0", "1"])
})

function runNamed(id: string, note?: string): SavedRun {
  const figures = metricDefinitions.map(({ key, unit }, n) => [key, unit === "text" ? "BTC" : n === 0 ? Infinity : n])
  return {
    id,
    address: "?strategy=a",
    ranAtMs: 5,
    market: "DEMO/USD",
    strategy: "A",
    strategyId: "a",
    version: 2,
    totalReturnPercent: 3,
    tradeCount: null,
    hashes: { engine: hash, strategy: hash, data: hash },
    ...(note === undefined ? {} : { note }),
    detail: {
      document,
      appEngine: hash,
      resultHash: hash,
      currency: "USD",
      cash: 100,
      holdingFinal: 90,
      settings: "s",
      metrics: Object.fromEntries(figures) as Metrics,
      curve: { openTimeMs: [1, 2], equity: [100, 101], holding: [100, 90] },
    },
  }
}
