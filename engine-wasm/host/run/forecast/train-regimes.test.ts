import { expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import { type Candles, sliceCandles } from "../../candles/candles.ts"
import { forecastModelFromJson } from "../../strategy/model/forecast-model-from-json.ts"
import type { ForecastModel, ModelPart } from "../../strategy/model/forecast-model.ts"
import { moodyMarket } from "../../../testing/moody-market.ts"
import { regimeCentresOf, unscaled } from "./regime-centres.ts"
import { regimeHistory } from "./regime-history.ts"
import { regimeNames } from "./regime-names.ts"
import { regimesOver } from "./regime-table.ts"
import { type RegimeRequest, trainRegimes } from "./train-regimes.ts"

const engine = await builtEngine()
const market = moodyMarket({ candles: 3_000, seed: 4 })
const usual = { name: "moods", timeframe: "1h", market: "MADE/UP", candles: market, seed: 1 } as const

async function trained(more: Partial<RegimeRequest> = {}, hooks: Parameters<typeof trainRegimes>[2] = {}) {
  const answer = await trainRegimes(engine, { ...usual, ...more }, hooks)
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  return answer.model
}

test("a market that is now calm and now wild gets its two moods, and the calm is followed by smaller moves", async () => {
  const model = await trained({ groups: 2 })
  expect(forecastModelFromJson(JSON.stringify(model))).toEqual({ ok: true, model })
  expect(regimeNames(model)).toEqual([expect.stringMatching(/^0: calm/), expect.stringMatching(/^1: wild/)])
  const { rows, unseenCandles, seenCandles, picture } = historyOf(model)
  expect(rows[0].nextVolatilityPercent!).toBeLessThan(rows[1].nextVolatilityPercent! / 2)
  expect([unseenCandles, seenCandles]).toEqual([1_800, 1_200])
  expect(picture.openTimeMs[0]).toBe(model.parts[0].readyFromMs)
  picture.openTimeMs.forEach((_, n) =>
    expect(picture.shares.reduce((sum, share) => sum + share[n], 0)).toBeCloseTo(1, 12),
  )
})

test("so many regimes are found as are asked for, and the same request gives the same model", async () => {
  for (const groups of [2, 3, 4] as const) expect((await trained({ groups })).units).toBe(groups)
  expect((await trained()).hash).toBe((await trained()).hash)
})

test("an interrupted training goes on with its finished parts to the same model, and a cancelled one ends", async () => {
  const whole = await trained()
  const parts: ModelPart[] = []
  const news: number[] = []
  const finished = whole.parts.slice(0, 3)
  const resumed = await trained(
    {},
    {
      finished,
      onPart: (part) => {
        parts.push(part)
      },
      onNews: (heard) => news.push(heard.part),
    },
  )
  expect(resumed.hash).toBe(whole.hash)
  expect(parts).toEqual(whole.parts.slice(3))
  expect(news).toEqual(whole.parts.map((_, n) => n + 1))
  await expect(trained({}, { signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow("enough")
})

test("a number keeps its meaning from part to part", async () => {
  const model = await trained({ groups: 4 })
  const centres = model.parts.map((part) => {
    const { scale, centres: own } = regimeCentresOf(part, 2)
    return own.map((centre) => unscaled(centre, scale))
  })
  for (const [n, later] of centres.slice(1).entries())
    for (const one of [0, 1, 2, 3])
      for (const other of [0, 1, 2, 3]) {
        const kept = away(later[one], centres[n][one]) + away(later[other], centres[n][other])
        const swapped = away(later[one], centres[n][other]) + away(later[other], centres[n][one])
        expect(kept).toBeLessThanOrEqual(swapped + 1e-6)
      }
})

test("what came later changes nothing that was said before, and of what it learnt from it says nothing", async () => {
  const model = await trained({ groups: 2 })
  const until = 2_400
  const whole = saidOf(model, market)
  const early = saidOf(model, sliceCandles(market, { toMs: market.openTimeMs[until] }))
  expect(early).toEqual(whole.slice(0, until))
  expect(whole.findIndex((regime) => regime >= 0)).toBe(1_200)
})

function saidOf(model: ForecastModel, candles: Candles): number[] {
  const said = regimesOver(engine, model, candles)
  if (!said.ok) throw new Error(JSON.stringify(said.problems))
  return Array.from(said.regimes)
}

function historyOf(model: ForecastModel) {
  const answer = regimeHistory(engine, model, market)
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  return answer.history
}

/** Squared, in the units of each feature's usual spread here. */
function away([restless, lean]: number[], [otherRestless, otherLean]: number[]): number {
  return ((restless - otherRestless) / 0.5) ** 2 + (lean - otherLean) ** 2
}
