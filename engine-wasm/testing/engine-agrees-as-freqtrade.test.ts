import { readFileSync } from "node:fs"
import fc from "fast-check"
import { expect, test } from "vitest"
import { loadEngine } from "../host/engine.ts"
import { engineRunner, firstDifference } from "./reference-agreement.ts"
import { freqtradeRun } from "./reference-freqtrade.ts"
import { randomFreqtradeRun } from "./random-peer-run.ts"
import { requestOf } from "./random-run.ts"

const runEngine = engineRunner(await loadEngine(readFileSync(new URL("../build/engine.wasm", import.meta.url))))
const freshSeed = Date.now() % 2 ** 31

test.for([1, freshSeed])("the engine's freqtrade fills are those of the plain reference on 500 random runs of seed %i", (seed) => {
  fc.assert(
    fc.property(randomFreqtradeRun, (plan) => {
      const request = requestOf(plan)
      const { trades, rejected, equity } = runEngine(request)
      expect(firstDifference({ trades, rejected, equity: equity.map((sample) => sample.equity) }, freqtradeRun(request))).toBeUndefined()
    }),
    { seed, numRuns: 500 },
  )
})
