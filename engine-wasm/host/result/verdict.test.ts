import { expect, test } from "vitest"
import { verdictOf } from "./verdict.ts"

const run = {
  cash: 100,
  holdingFinal: 121,
  currency: "USDT",
  tradeCount: 1,
  finalEquity: 103.1,
  feesPaid: 4.2,
  maxDrawdownPercent: 9,
}

test("the result fits in one breath, with money, fees, holding and the worst dip", () => {
  expect(textOf(run)).toBe(
    "$100 would have become $103.10 after $4.20 in fees; holding would have turned it into $121. The worst dip was 9.0\u202f%.",
  )
})

test("where nobody knows what holding would have become, nothing is said of it", () => {
  expect(textOf({ ...run, holdingFinal: undefined })).toBe(
    "$100 would have become $103.10 after $4.20 in fees. The worst dip was 9.0\u202f%.",
  )
})

test("a run without a trade says so instead of praising what did not happen", () => {
  expect(textOf({ ...run, tradeCount: 0 })).toMatch(/^It never traded in this period/)
})

test("only the numbers stand out", () => {
  expect(verdictOf(run).filter(({ strong }) => strong)).toHaveLength(5)
})

function textOf(report: Parameters<typeof verdictOf>[0]): string {
  return verdictOf(report)
    .map(({ text }) => text)
    .join("")
}
