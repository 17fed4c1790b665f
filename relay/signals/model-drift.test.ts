import { expect, test } from "vitest"
import type { ForecastCard } from "#engine/result"
import { type SignalRecord, trainForecast } from "#engine/run"
import { autoregressiveMarket } from "../../engine-wasm/testing/autoregressive-market.ts"
import { builtEngine } from "../built-engine.ts"
import { type KeptCall, outcomeOfKept } from "./kept-call.ts"
import { featuresWarning, hitsWarning } from "./model-drift.ts"

/** A card whose hit rate lies between 52 and 58 %. */
const card = { interval: [0.52, 0.58] } as unknown as ForecastCard
const record = (cameTrue: number, count: number) => ({ cameTrue, count }) as SignalRecord

test.each([
  // At 52 % chance gives 20 or fewer of 60 with p = 0.0029, and 23 or fewer with p = 0.024.
  [20, 60, true],
  [23, 60, false],
  [0, 29, false],
  [0, 30, true],
  [60, 60, false],
])("%d right of %d is warned of only where chance hardly explains it", (hits, count, isWarned) => {
  expect(hitsWarning(card, record(hits, count)) !== undefined).toBe(isWarned)
  expect(hitsWarning(null, record(hits, count))).toBeUndefined()
})

test("a market ten times as restless as the one a model learnt from is warned of; one like it is not", async () => {
  const engine = (await builtEngine())!
  const learnt = autoregressiveMarket({ candles: 1_000, seed: 1, pull: 0 })
  const request = { name: "calm", kind: "ridge", target: "volatility", horizonCandles: 6, timeframe: "1h" } as const
  const trained = await trainForecast(engine, { ...request, market: "", candles: learnt, seed: 1 })
  if (!trained.ok) throw new Error(trained.problems[0].because)
  const { model } = trained
  const like = autoregressiveMarket({ candles: 1_000, seed: 2, pull: 0 })
  expect(featuresWarning(engine, model, like)).toBeUndefined()
  const restless = autoregressiveMarket({ candles: 1_000, seed: 2, pull: 0, deviation: 0.05 })
  const warning = featuresWarning(engine, model, restless)
  expect(warning).toMatchObject({ kind: "features" })
  expect(warning!.words).toMatch(
    /^Over the last 100 candles .* lies [\d,.]+ deviations above what the model learnt from\./,
  )
})

test("a forecast of volatility came true where the swing was on the side of its threshold that it said", () => {
  const call = (probability: number) =>
    ({ close: 100, action: "HOLD", forecast: { target: "volatility", probability, threshold: 1 } }) as KeptCall
  const [calm, wild] = [
    [100.1, 100, 100.1],
    [103, 99, 104],
  ]
  expect(outcomeOfKept(call(0.7), wild)).toEqual({ close: 104, cameTrue: true })
  expect(outcomeOfKept(call(0.7), calm)).toEqual({ close: 100.1, cameTrue: false })
  expect(outcomeOfKept(call(0.3), calm)).toEqual({ close: 100.1, cameTrue: true })
})
