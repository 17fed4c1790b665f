import { expect, test } from "vitest"
import { metricDefinitions } from "#engine/result"
import { termOf } from "./terms.ts"

test("a term is found as people write it", () => {
  for (const name of ["Sharpe", "the Sharpe ratio", "sharpe ratio", "SHARPE"])
    expect(termOf(name)?.metric, name).toBe("sharpe")
  expect(termOf("drawdown")?.metric).toBe("maxDrawdownPercent")
  expect(termOf("a stop-loss")?.text).toMatch(/losing position/)
  expect(termOf("trailing stops")?.text).toMatch(/follows the best price/)
  expect(termOf("RSI")?.text).toMatch(/Relative strength/)
  expect(termOf("slippage")?.text).toMatch(/worse than the price/)
  expect(termOf("moonwise")).toBeUndefined()
})

test("every number of a result can be asked for by the name it has on the screen", () => {
  for (const { key, label } of metricDefinitions) expect(termOf(label)?.metric, label).toBe(key)
})
