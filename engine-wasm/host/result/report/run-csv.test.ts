import type { Trade } from "../backtest-result.ts"
import { expect, test } from "vitest"
import { equityCsv, tradesCsv } from "./run-csv.ts"

const trade: Trade = {
  market: "BTC/USDT",
  side: "long",
  quantity: 0.5,
  entryTimeMs: 1,
  entryPrice: 100,
  exitTimeMs: 2,
  exitPrice: 90,
  exitReason: "stop",
  profit: -5.1,
  profitPercent: -10.2,
  feesPaid: 0.1,
  entryTag: "close > 1",
}

test("a losing trade keeps its minus and all its digits", () => {
  expect(tradesCsv([trade]).split("\n")[1]).toBe("BTC/USDT,long,0.5,1,100,2,90,stop,-5.1,-10.2,0.1,close > 1")
})

test.each(["=1+1", "+1", "-1+cmd", "@SUM(1)"])(
  "a word a spreadsheet would run, such as %j, is held back by an apostrophe",
  (entryTag) => {
    expect(tradesCsv([{ ...trade, entryTag }])).toContain(`,"'${entryTag}"`)
  },
)

test("a formula with commas and quotes stays one cell", () => {
  expect(tradesCsv([{ ...trade, entryTag: 'a("x", 1)' }])).toContain(',"a(""x"", 1)"\n')
})

test("the equity curve is one line for each sample", () => {
  expect(equityCsv({ openTimeMs: Float64Array.of(0, 60), equity: Float64Array.of(100, 99.5) })).toBe(
    "open_time_ms,equity\n0,100\n60,99.5\n",
  )
})
