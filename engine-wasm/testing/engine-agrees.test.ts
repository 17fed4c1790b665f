import fc from "fast-check"
import { describe, expect, inject, test } from "vitest"
import { builtEngine } from "./built-engine.ts"
import { engineRunner, firstDifference } from "./reference-agreement.ts"
import { referenceRun } from "./reference-broker.ts"
import { evenRun, longRun, mixedRun, plainRun, randomRun, requestOf, type RandomRun } from "./random-run.ts"

const engine = await builtEngine()
const runEngine = engineRunner(engine)

/** A failure prints its seed with the smallest run that disagrees, which belongs into fixtures/runs. */
const seed = inject("propertySeed")

/** fast-check's smallest run where both differ; null when there is none. */
function disagreement(runs: fc.Arbitrary<RandomRun>, { seed, count }: { seed: number; count: number }): string | null {
  const property = fc.property(runs, (plan) => {
    const request = requestOf(plan)
    const difference = firstDifference(runEngine(request), referenceRun(request))
    if (difference) throw new Error(difference)
  })
  return fc.defaultReportMessage(fc.check(property, { seed, numRuns: count })) ?? null
}

describe("the engine and the plain reference broker record the same trades, equity and refusals", () => {
  test.for([seed, seed + 1, seed + 2, seed + 3])("on 500 random strategies and markets of seed %i", (seed) =>
    expect(disagreement(randomRun, { seed, count: 500 })).toBeNull(),
  )
  test.for([seed, seed + 1])("on 500 random strategies over one market's own candles of seed %i", (seed) =>
    expect(disagreement(plainRun, { seed, count: 500 })).toBeNull(),
  )
  test.for([seed, seed + 1])("on 400 random portfolios whose markets share every candle of seed %i", (seed) =>
    expect(disagreement(evenRun, { seed, count: 400 })).toBeNull(),
  )
  test.for([seed, seed + 1])("on 400 random portfolios of candles of any length and grid of seed %i", (seed) =>
    expect(disagreement(mixedRun, { seed, count: 400 })).toBeNull(),
  )
  test("on markets longer than several blocks of the engine", () =>
    expect(disagreement(longRun, { seed, count: 25 })).toBeNull())
})
