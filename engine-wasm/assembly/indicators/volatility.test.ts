import { describe, expect, test } from "vitest"
import { volatility } from "../../host/strategy/functions/volatility.ts"
import { testLaws } from "../../testing/law-stories.ts"
import { operatorHarness } from "../../testing/operator-harness.ts"
import { randomCandles } from "../../testing/random-candles.ts"
import { expectTalib, talibVectors, type TalibTwin } from "../../testing/talib-vectors.ts"

const harness = await operatorHarness()
const vectors = talibVectors()
const candles = randomCandles(6_000)
const spec = (name: string) => volatility.find((one) => one.name === name)!
const twin = (talib: string, name: string, more: Partial<TalibTwin> = {}): TalibTwin => ({ talib, spec: spec(name), ...more })

const twins: TalibTwin[] = [
  twin("ATR", "atr"), twin("NATR", "natr"), twin("TRANGE", "trange"),
  twin("BBANDS", "bbands", { outputs: ["upper", "middle", "lower"], tolerance: 1e-5 }),
  twin("STDDEV", "stddev", { tolerance: 1e-5 }), twin("VAR", "variance", { tolerance: 1e-5 }),
]

describe.skipIf(!vectors)("volatility equals TA-Lib's", () => {
  test.for(twins)("$talib", (one) => expect(expectTalib(harness, vectors!, one)).toBeGreaterThan(0))
})

testLaws(harness, volatility, { columns: candles, grid: 100 })

describe.for([5e-5, 1, 3e4, 1e12])("at prices around %d", (price) => {
  const { close } = randomCandles(300, { price, tick: price / 2 ** 20, move: 0.001 })

  test("the standard deviation is that of the definition", () => {
    const [deviations] = harness.run(spec("stddev"), { numbers: [20, 1], series: [close] })
    for (let i = 19; i < 300; i++) {
      const exact = definition(close.subarray(i - 19, i + 1))
      expect(deviations![i]! / exact).toBeCloseTo(1, 9)
    }
  })

  test("equal prices do not spread at all", () => {
    const [upper, middle, lower, width] = harness.run(spec("bbands"), { series: [close.map(() => price * 1.1)] })
    expect([upper!.at(-1), lower!.at(-1), width!.at(-1)]).toEqual([middle!.at(-1), middle!.at(-1), 0])
  })
})

/** Square root of the mean squared distance from the mean, in units of the first value so that nothing is lost. */
function definition(values: Float64Array) {
  const distances = [...values].map((value) => value - values[0]!)
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / values.length
  return Math.sqrt(distances.reduce((sum, distance) => sum + (distance - mean) ** 2, 0) / values.length)
}

test("the choppiness of a straight trend is low and of a market going nowhere is 100", () => {
  const step = (closes: number[]) => ({ high: Float64Array.from(closes), low: Float64Array.from(closes), close: Float64Array.from(closes) })
  const chop = (closes: number[]) => harness.run(spec("choppiness"), { numbers: [4], columns: step(closes) })[0]!.at(-1)
  expect(chop([1, 2, 3, 4, 5])).toBeCloseTo((100 * Math.log(4 / 3)) / Math.log(4), 10)
  expect(chop([1, 2, 1, 2, 1])).toBeCloseTo(100, 10)
})

test("a Keltner channel is the average true range's EMA around the close's EMA", () => {
  const flat = (value: number) => new Float64Array(10).fill(value)
  const columns = { high: flat(12), low: flat(8), close: flat(10) }
  const outputs = harness.run(spec("keltner"), { numbers: [3, 1.5], columns })
  expect(outputs.map((values) => values.at(-1))).toEqual([16, 10, 4])
})
