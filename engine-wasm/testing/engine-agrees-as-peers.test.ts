import fc from "fast-check"
import { expect, inject, test } from "vitest"
import { builtEngine } from "./built-engine.ts"
import { engineRunner, firstDifference } from "./reference-agreement.ts"
import { BacktestingPyRun } from "./reference-backtesting-py.ts"
import { freqtradeRun } from "./reference-freqtrade.ts"
import { randomBacktestingPyRun, randomFreqtradeRun } from "./random-peer-run.ts"
import { requestOf, type RandomRun } from "./random-run.ts"
import type { ReferenceRequest } from "./reference-broker.ts"

const runEngine = engineRunner(await builtEngine())
const seeds = [inject("propertySeed"), inject("propertySeed") + 1]

function engineOutput(request: ReferenceRequest) {
  const { trades, rejected, equity } = runEngine(request)
  return { trades, rejected, equity: equity.map((sample) => sample.equity) }
}

/** fast-check's smallest run where both differ; null when there is none. */
function disagreement(
  runs: fc.Arbitrary<RandomRun>,
  seed: number,
  reference: (request: ReferenceRequest) => unknown,
): string | null {
  const property = fc.property(runs, (plan) => {
    const request = requestOf(plan)
    const difference = firstDifference(engineOutput(request), reference(request))
    if (difference) throw new Error(difference)
  })
  return fc.defaultReportMessage(fc.check(property, { seed, numRuns: 500 })) ?? null
}

function backtestingPyRun(request: ReferenceRequest) {
  const { trades, rejected, equity } = new BacktestingPyRun(request)
  return { trades, rejected, equity }
}

test.for(seeds)("fills as freqtrade's agree with a plain reference on 500 random runs of seed %i", (seed) => {
  expect(disagreement(randomFreqtradeRun, seed, freqtradeRun)).toBeNull()
})

test.for(seeds)("fills as backtesting.py's agree with a plain reference on 500 random runs of seed %i", (seed) => {
  expect(disagreement(randomBacktestingPyRun, seed, backtestingPyRun)).toBeNull()
})
