import { expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import { buying } from "../../../testing/live-story.ts"
import { candlesFromRows } from "../../candles/candles.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"
import { defaultAccount } from "../backtest-request.ts"
import { LiveRun } from "./live-run.ts"

const engine = await builtEngine()

/** `firstPrice`: what prices are counted by; a run that goes on elsewhere begins with another. */
async function twoMarkets(firstPrice = 100) {
  const gate = candlesFromRows([[0, firstPrice, firstPrice, firstPrice, firstPrice, 1]], { timeframe: "1h" })
  if (!gate.ok) throw new Error(gate.because)
  const strategy = buying({ size: { kind: "equity", percent: 60 }, limits: { maxOpenPositions: 2 } })
  const account = { ...defaultAccount, cash: 1_000, feePercent: 0, minNotional: 10 }
  const markets = ["A/USDT", "B/USDT"].map((market) => ({ market, candles: gate.candles }))
  const opened = await LiveRun.open(engine, { strategy, account }, markets)
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  return opened.run
}

/** Both markets close an hour higher than they opened. */
function rise(run: LiveRun, hour: number) {
  for (const market of [0, 1])
    run.append(market, { openTimeMs: hour * HOUR_MS, open: 100, high: 101, low: 100, close: 101, volume: 1 })
  run.advanceTo((hour + 1) * HOUR_MS)
  return run.takeIntents()
}

test("cash that one market's entry waits for is no other market's", async () => {
  const run = await twoMarkets()
  const [first, second] = rise(run, 1)
  expect([first, second].map(({ market }) => market)).toEqual([0, 1])
  expect(first.quantity! * 101).toBeCloseTo(600, 9)
  expect(second.quantity! * 101).toBeCloseTo(400, 9)
})

test("an entry that ends without a fill gives its cash back to all", async () => {
  const run = await twoMarkets()
  const [first, second] = rise(run, 1)
  run.endOrder(0, first.id, "refused", 2 * HOUR_MS)
  run.endOrder(1, second.id, "cancelled", 2 * HOUR_MS)
  const [, again] = rise(run, 2)
  expect(again.quantity! * 101).toBeCloseTo(400, 9)
})

test("a market whose candle is late decides when it comes, and the others have not waited for it", async () => {
  const run = await twoMarkets()
  run.append(0, { openTimeMs: HOUR_MS, open: 100, high: 101, low: 100, close: 101, volume: 1 })
  run.advanceTo(2 * HOUR_MS)
  expect(run.takeIntents().map(({ market }) => market)).toEqual([0])
  run.append(1, { openTimeMs: HOUR_MS, open: 100, high: 101, low: 100, close: 101, volume: 1 })
  run.advanceTo(2 * HOUR_MS)
  expect(run.takeIntents().map(({ market }) => market)).toEqual([1])
})

test("a run that goes on elsewhere sizes each market by its own rules", async () => {
  const before = await twoMarkets()
  const snapshot = before.snapshot()
  const run = await twoMarkets(101)
  run.setRules(0, { minNotional: 0, quantityStep: 0.001, priceTick: 0.01 })
  run.setRules(1, { minNotional: 0, quantityStep: 1, priceTick: 0.01 })
  expect(run.restore(snapshot)).toEqual({ ok: true })
  expect(rise(run, 1).map(({ quantity }) => quantity)).toEqual([5.94, 3])
})
