import { describe, expect, test } from "vitest"
import { averages } from "../../host/strategy/functions/averages.ts"
import { averageKinds } from "../../host/strategy/formula/function-spec.ts"
import { testLaws } from "../../testing/law-stories.ts"
import { operatorHarness } from "../../testing/operator-harness.ts"
import { randomCandles } from "../../testing/random-candles.ts"
import { expectTalib, talibVectors } from "../../testing/talib-vectors.ts"

const harness = await operatorHarness()
const vectors = talibVectors()
const candles = randomCandles(14_000)
const spec = (name: string) => averages.find((one) => one.name === name)!

const twins: [string, string][] = [
  ["SMA", "sma"], ["EMA", "ema"], ["WMA", "wma"], ["DEMA", "dema"], ["TEMA", "tema"], ["TRIMA", "trima"], ["KAMA", "kama"], ["T3", "t3"],
  ["MA", "ma"], ["MAMA", "mama"], ["HMA", "hma"], ["LINEARREG", "linreg"], ["LINEARREG_SLOPE", "linregSlope"],
  ["LINEARREG_ANGLE", "linregAngle"], ["LINEARREG_INTERCEPT", "linregIntercept"], ["TSF", "tsf"], ["HT_TRENDLINE", "htTrendline"],
]

describe.skipIf(!vectors)("averages equal TA-Lib's", () => {
  test.for(twins)("%s", ([talib, name]) => {
    expect(expectTalib(harness, vectors!, { talib, spec: spec(name), floor: name === "linregAngle" ? 1 : 1e-3 })).toBeGreaterThan(0)
  })
})

testLaws(harness, averages, { columns: candles, grid: 100 })

test.for(Object.entries(averageKinds))("ma of kind %s is that average", ([name, kind]) => {
  const series = [candles.close]
  const [chosen] = harness.run(spec("ma"), { numbers: [9, kind], scale: 100, series })
  const [named] = harness.run(spec(name), { numbers: name === "t3" ? [9, 0.7] : [9], scale: 100, series })
  expect(chosen).toEqual(named)
})

test("VWMA weighs every price by its volume", () => {
  const [vwma] = harness.run(spec("vwma"), { numbers: [3],
    columns: { volume: Float64Array.of(1, 2, 3, 0, 0, 0) }, series: [Float64Array.of(10, 20, 30, 40, 50, 60)] })
  expect([...vwma!]).toEqual([NaN, NaN, 140 / 6, 130 / 5, 30, NaN])
})

test("VWAP starts anew at midnight UTC", () => {
  const price = Float64Array.of(10, 20, 40, 80)
  const hour = 3_600_000
  const columns = { high: price, low: price, close: price, volume: Float64Array.of(1, 3, 2, 2),
    time: Float64Array.of(22 * hour, 23 * hour, 24 * hour, 25 * hour) }
  expect([...harness.run(spec("vwap"), { columns })[0]!]).toEqual([10, 17.5, 40, 60])
})

test("Wilder's average moves one part in its length towards the price", () => {
  const [rma] = harness.run(spec("rma"), { numbers: [4], series: [Float64Array.of(1, 2, 3, 6, 7, 4)] })
  expect([...rma!]).toEqual([NaN, NaN, NaN, 3, 4, 4])
})
