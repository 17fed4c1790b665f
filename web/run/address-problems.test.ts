import fc from "fast-check"
import { expect, test } from "vitest"
import { addressProblems } from "./address-problems.ts"
import { defaultSetup, searchFromSetup } from "./run-setup.ts"

test("what a link says and we cannot read is named, each with the possible values", () => {
  expect(
    addressProblems({
      cash: "-5",
      fee: "lots",
      slippage: "9",
      timeframe: "7h",
      from: "2024-02-31",
      params: "fast:many",
    }),
  ).toEqual([
    'cash is "-5", which is not money from 0.00001 to 1,000,000,000',
    'fee is "lots", which is not a fee in percent from 0 to 5',
    'slippage is "9", which is not slippage in percent from 0 to 5',
    'from is "2024-02-31", which is not a day, such as 2024-01-31',
    'timeframe is "7h", which is not one of ours, such as 1h',
    'params holds "fast:many", which is not a name and a number, such as fast:20',
  ])
})

test("a name in the address that sets nothing gets a sentence with the one that was meant", () => {
  expect(addressProblems({ fea: "0.2", leverege: "2", utm_source: "x" })).toEqual([
    '"fea" is no setting of a test, perhaps fee was meant',
    '"leverege" is no setting of a test, perhaps leverage was meant',
    '"utm_source" is no setting of a test',
  ])
  expect(addressProblems(Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`x${n}`, ""])))).toHaveLength(5)
})

test("our own links have no problems", () => {
  const setups = fc.record({
    cash: fc.option(fc.double({ min: 0.001, max: 1e9, noNaN: true }), { nil: undefined }),
    feePercent: fc.double({ min: 0, max: 5, noNaN: true }),
    fromMs: fc.option(fc.integer({ min: 0, max: 2e12 }), { nil: undefined }),
    params: fc.dictionary(fc.constantFrom("fast", "slow", "useTrend"), fc.oneof(fc.boolean(), fc.integer())),
  })
  fc.assert(
    fc.property(setups, (setup) => {
      expect(addressProblems(searchFromSetup({ ...defaultSetup, ...setup }))).toEqual([])
    }),
  )
})

test("a stranger's words are quoted and cut", () => {
  const [problem] = addressProblems({ cash: `\u202e${"9".repeat(5000)}` })
  expect(problem).toMatch(/^cash is "\\u\{202e\}9+…"/)
  expect(problem.length).toBeLessThan(200)
})
