import { expect, test } from "vitest"
import { sliceCandles } from "#engine/candles"
import { builtEngine } from "../engine-wasm/testing/built-engine.ts"
import { cross } from "./cross.ts"
import { fusedCross } from "./fused-cross.ts"
import { fusedStops } from "./fused-stops.ts"
import { assertSameIndicators } from "./indicators.ts"
import { assertSameResult } from "./measure-strategy.ts"
import { minuteCandles } from "./minute-candles.ts"
import { stops } from "./stops.ts"
import { assertSameSweep } from "./sweep.ts"

const candles = minuteCandles(60_000)

test("the loops written by hand do the engine's work: same trades, equity, drawdown and ratios", async () => {
  const engine = await builtEngine()
  expect(() =>
    assertSameResult(engine, candles, cross, ({ cash, feeRate }) =>
      fusedCross(candles, cash, feeRate, 10 ** candles.priceDecimals),
    ),
  ).not.toThrow()
  expect(() =>
    assertSameResult(engine, candles, stops, ({ cash, feeRate }) => fusedStops(candles, cash, feeRate)),
  ).not.toThrow()
})

test("the indicators written by hand are the engine's, and so is the sweep", async () => {
  const engine = await builtEngine()
  expect(() => assertSameIndicators(engine, candles)).not.toThrow()
  await expect(
    assertSameSweep(engine, sliceCandles(candles, { toMs: candles.openTimeMs[3_000] })),
  ).resolves.toBeUndefined()
})

test("a loop that leaves out the fee is caught", async () => {
  const engine = await builtEngine()
  expect(() => assertSameResult(engine, candles, stops, ({ cash }) => fusedStops(candles, cash, 0))).toThrow(
    "disagree on final equity",
  )
})
