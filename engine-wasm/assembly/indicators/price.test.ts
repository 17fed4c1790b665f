import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { price } from "../../host/strategy/functions/price.ts"
import { testLaws } from "../../testing/law-stories.ts"
import { operatorHarness } from "../../testing/operator-harness.ts"
import { randomCandles } from "../../testing/random-candles.ts"
import { expectTalib, talibVectors, type TalibTwin } from "../../testing/talib-vectors.ts"

const harness = await operatorHarness()
const vectors = talibVectors()
const spec = (name: string) => price.find((one) => one.name === name)!

const twins: TalibTwin[] = [
  { talib: "AVGPRICE", spec: spec("avgPrice") },
  { talib: "TYPPRICE", spec: spec("typPrice") },
  { talib: "WCLPRICE", spec: spec("wclPrice") },
]

describe.skipIf(!vectors)("prices equal TA-Lib's", () => {
  test.for(twins)("$talib", (one) => expect(expectTalib(harness, vectors!, one)).toBeGreaterThan(0))
})

testLaws(harness, price, { columns: randomCandles(3_000), grid: 100 })

test("a typical price equal to the close on paper compares equal to it", () => {
  const ticks = fc.integer({ min: 1000, max: 10_000_000 })
  fc.assert(fc.property(ticks, fc.integer({ min: 0, max: 500 }), (close, away) => {
    const column = (value: number) => Float64Array.of(value / 100)
    const columns = { high: column(close + away), low: column(close - away), close: column(close) }
    for (const name of ["typPrice", "wclPrice", "medPrice"]) {
      expect(harness.run(spec(name), { columns, scale: 100 })[0]![0]).toBe(close / 100)
    }
  }))
})
