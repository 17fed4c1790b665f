import { expect, test } from "vitest"
import { autoregressiveMarket } from "../../../testing/autoregressive-market.ts"
import { builtEngine } from "../../../testing/built-engine.ts"
import { forecastModelFromJson } from "../../strategy/model/forecast-model-from-json.ts"
import type { Candles } from "../../candles/candles.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"
import type { ModelPart } from "../../strategy/model/forecast-model.ts"
import type { ForecastRequest } from "./forecast-request.ts"
import { trainForecast, type TrainingHooks } from "./train-forecast.ts"

const engine = await builtEngine()

const usual = {
  name: "test",
  kind: "logistic",
  target: "direction",
  horizonCandles: 1,
  timeframe: "1h",
  market: "MADE/UP",
  seed: 1,
} as const

async function trained(
  market: Parameters<typeof autoregressiveMarket>[0],
  more: Partial<ForecastRequest> = {},
  hooks: TrainingHooks = {},
) {
  const { candles = autoregressiveMarket(market) } = more
  const answer = await trainForecast(engine, { ...usual, ...more, candles }, hooks)
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  return answer
}

test("a planted pull is found, and the model is whole", async () => {
  const { model, card } = await trained({ candles: 4_000, seed: 7, pull: 0.2 })
  expect(card.verdict.skill).toBe(true)
  expect(card.unseenCandles).toBe(4_000 * 0.6 - 1)
  expect(forecastModelFromJson(JSON.stringify(model))).toEqual({ ok: true, model })
})

test("the same request gives the same model, and finished parts are not trained again", async () => {
  const market = { candles: 2_000, seed: 2, pull: 0 }
  const parts: ModelPart[] = []
  const [one, other] = [await trained(market, {}, { onPart: (part) => void parts.push(part) }), await trained(market)]
  expect(other.model).toEqual(one.model)
  const resumed: ModelPart[] = []
  const rest = await trained(market, {}, { finished: parts.slice(0, 5), onPart: (part) => void resumed.push(part) })
  expect(rest.model.hash).toBe(one.model.hash)
  expect(resumed).toEqual(parts.slice(5))
})

test("what a part has not seen changes nothing in it: candles after its end may be any", async () => {
  const candles = autoregressiveMarket({ candles: 2_000, seed: 5, pull: 0.1 })
  const other = autoregressiveMarket({ candles: 2_000, seed: 6, pull: -0.4 })
  const horizonCandles = 12
  const honest = await trained({ candles: 0, seed: 0, pull: 0 }, { candles, horizonCandles })
  const lastSeen = (n: number) => (honest.model.parts[n].trainedUntilMs - candles.openTimeMs[0]) / HOUR_MS
  for (const part of [0, 3, 7]) {
    const seen = lastSeen(part)
    const mixed = { ...candles, ...mixedFrom(candles, other, seen) }
    const { model } = await trained({ candles: 0, seed: 0, pull: 0 }, { candles: mixed, horizonCandles })
    expect(model.parts.slice(0, part + 1)).toEqual(honest.model.parts.slice(0, part + 1))
    expect(model.parts[part + 1]).not.toEqual(honest.model.parts[part + 1])
  }
})

function mixedFrom(candles: Candles, other: Candles, from: number): Partial<Candles> {
  const mix = (name: "open" | "high" | "low" | "close") =>
    candles[name].map((value, row) => (row < from ? value : other[name][row]))
  return { open: mix("open"), high: mix("high"), low: mix("low"), close: mix("close") }
}

test.each([
  ["a hundred candles", { candles: 100 }, {}, "candles", /too few candles/],
  [
    "ninety candles",
    { candles: 90 },
    {},
    "candles",
    /too few candles: 90 of 1h; at least 100 .* and over 500 to train one/,
  ],
  [
    "what is looked at when nothing is said",
    { drift: 0.1 },
    { kind: "lastValue" as const },
    "candles",
    /they do not suit/,
  ],
  ["constant prices", { deviation: 0 }, {}, "candles", /the price never changes/],
  ["a feature that is never known", {}, { features: ["log(close - 2 * close)"] }, "features[0]", /not known at 100 %/],
  ["a feature that does not exist", {}, { features: ["tomorrow(close)"] }, "features[0]", /there is no function/],
  ["a feature with several values", {}, { features: ["macd(close)"] }, "features[0]", /several values/],
  ["features that never change", {}, { features: ["close - close", "1"] }, "features", /nothing ever changes/],
  ["a feature beyond all numbers", {}, { features: ["close", "close * 1e299"] }, "features[1]", /such as \d.*e\+30/],
  ["labels all of one class", { drift: 0.1 }, {}, "candles", /the outcome is the same at 100 %/],
  ["a horizon of nothing", {}, { horizonCandles: 0 }, "horizonCandles", /whole number from 1/],
])("%s is refused at its place with its reason", async (_, market, more, path, because) => {
  const made = autoregressiveMarket({ candles: 1_000, seed: 1, pull: 0, ...market })
  const answer = await trainForecast(engine, { ...usual, candles: made, ...more })
  const [problem] = answer.ok ? [] : answer.problems
  expect(problem).toMatchObject({ path, because: expect.stringMatching(because) as string })
})

test.each([
  ["logistic", "direction", 24],
  ["logistic", "volatility", 1],
  ["ridge", "return", 6],
  ["trend", "direction", 24],
] as const)(
  "a history that is too short for %s of %s, %s ahead, says how long one would do",
  async (kind, target, horizonCandles) => {
    const train = (candles: number) => {
      const made = autoregressiveMarket({ candles, seed: 1, pull: 0 })
      return trainForecast(engine, { ...usual, kind, target, horizonCandles, candles: made })
    }
    const short = await train(400)
    const [problem] = short.ok ? [] : short.problems
    const [, enough] = /about (\d+) candles would do/.exec(problem.because)!
    expect((await train(Number(enough) + 1)).ok).toBe(true)
  },
)

test("volumes or highs that were made later than their candle are called a leak, the market's own pull is not", async () => {
  const walk = autoregressiveMarket({ candles: 4_000, seed: 3, pull: 0 })
  const { close } = walk
  const volume = close.map((price, row) => ((close[row + 1] ?? price) > price ? 200 : 100))
  const high = walk.high.map((price, row) => Math.max(price, close[row + 1] ?? price))
  const low = walk.low.map((price, row) => Math.min(price, close[row + 1] ?? price))
  for (const candles of [
    { ...walk, volume },
    { ...walk, high, low },
  ]) {
    const { card } = await trained({ candles: 0, seed: 0, pull: 0 }, { candles })
    expect(card.verdict).toMatchObject({
      skill: false,
      because: expect.stringMatching(/^Too good.*these candles/) as string,
    })
  }
  const { card } = await trained({ candles: 4_000, seed: 7, pull: 0.3 })
  expect(card.verdict.skill).toBe(true)
})

function inUnits(unit: number) {
  const candles = autoregressiveMarket({ candles: 1_000, seed: 1, pull: 0 })
  const mine = candles.close.map((price) => price * unit)
  return { ...usual, features: ["mine"], folds: 2, candles: { ...candles, extra: { mine } } }
}

test("a column whose squares are beyond all numbers is refused at its place", async () => {
  const because = expect.stringMatching(/beyond 1e\+30/) as string
  expect(await trainForecast(engine, inUnits(1e300))).toEqual({
    ok: false,
    problems: [{ path: "features[0]", because }],
  })
})

test.each([1e27, 1e-40, 1e-300])(
  "a column in units of %s makes a whole model and a card without a hole",
  async (unit) => {
    const { model, card } = await trained({ candles: 0, seed: 0, pull: 0 }, inUnits(unit))
    expect(JSON.parse(JSON.stringify(card))).toEqual(card)
    expect(forecastModelFromJson(model)).toMatchObject({ ok: true })
  },
)

test.each(["ridge", "trend", "lastValue", "drift", "alwaysUp"] as const)(
  "%s makes forecasts of every target that are known and judged",
  async (kind) => {
    for (const target of ["direction", "return", "volatility"] as const) {
      const { card, model } = await trained({ candles: 1_500, seed: 4, pull: 0.1 }, { kind, target, horizonCandles: 6 })
      expect(card.unseenCandles, `${kind} ${target}`).toBeGreaterThan(800)
      expect(forecastModelFromJson(model)).toMatchObject({ ok: true })
    }
  },
)

test("a column that knows the future is caught, where honest columns are not", async () => {
  const candles = autoregressiveMarket({ candles: 2_000, seed: 8, pull: 0.2 })
  const next = candles.close.map((price, row) => (candles.close[row + 1] ?? price) - price)
  const past = candles.close.map((price, row) => price - (candles.close[row - 1] ?? price))
  const none = { candles: 0, seed: 0, pull: 0 }
  const leaking = await trained(none, { candles: { ...candles, extra: { signal: next } }, features: ["signal"] })
  expect(leaking.card.hitRate).toBeGreaterThan(0.9)
  expect(leaking.card.verdict).toMatchObject({
    skill: false,
    because: expect.stringMatching(/Too good.*`signal`/) as string,
  })
  const honest = await trained(none, { candles: { ...candles, extra: { signal: past } }, features: ["signal"] })
  expect(honest.card.verdict.because).not.toMatch(/Too good/)
})

test("the card claims skill on random walks of at most one seed in twenty, and finds a planted pull in nine of ten", async () => {
  const claims = async (pull: number, horizonCandles: number) => {
    let count = 0
    for (let seed = 1; seed <= 20; seed++) {
      const { card } = await trained({ candles: 3_000, seed, pull }, { horizonCandles, folds: 3 })
      count += Number(card.verdict.skill)
    }
    return count
  }
  expect(await claims(0, 1)).toBeLessThanOrEqual(1)
  expect(await claims(0, 12)).toBeLessThanOrEqual(1)
  expect(await claims(0.3, 1)).toBeGreaterThanOrEqual(18)
})
