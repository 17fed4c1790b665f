import { test, expect } from "vitest"
import { operatorHarness } from "../../testing/operator-harness.ts"
import { talibVectors } from "../../testing/talib-vectors.ts"
import { averages } from "../../host/functions/averages.ts"

test("sma", async () => {
  const h = await operatorHarness("averages")
  const v = talibVectors()!
  for (const scale of [0, 100]) for (const block of [1, 7, 1024]) {
    const out = h.run(averages[0]!, { numbers: [20], scale, series: [v.columns.close], block })[0]!
    const c = v.cases[0]!
    expect(out.findIndex((x) => x === x)).toBe(c.begIdx)
    c.outputs["real"]!.forEach((x, i) => expect(Math.abs(out[i + 19]! / x - 1)).toBeLessThan(1e-12))
  }
})
