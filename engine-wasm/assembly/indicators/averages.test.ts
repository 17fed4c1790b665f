import { describe, expect, test } from "vitest"
import { averages } from "../../host/functions/averages.ts"
import { averageKinds } from "../../host/function-spec.ts"
import { tellLaws } from "../../testing/law-stories.ts"
import { operatorHarness } from "../../testing/operator-harness.ts"
import { randomCandles } from "../../testing/random-candles.ts"
import { expectTalib, talibVectors } from "../../testing/talib-vectors.ts"

const harness = await operatorHarness("averages")
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

tellLaws(harness, averages, { columns: candles, scale: 100 })

test.for(Object.entries(averageKinds))("ma of kind %s is that average", ([name, kind]) => {
  const series = [candles.close]
  const [chosen] = harness.run(spec("ma"), { numbers: [9, kind], scale: 100, series })
  const [named] = harness.run(spec(name), { numbers: name === "t3" ? [9, 0.7] : [9], scale: 100, series })
  expect(chosen).toEqual(named)
})
