import { expect, test } from "vitest"
import { autoregressiveMarket } from "../../../testing/autoregressive-market.ts"
import { knowingForecasts, madeCloses, madeForecasts, noiseForecasts } from "../../../testing/made-forecasts.ts"
import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"
import { forecastCard } from "./forecast-card.ts"

const SEEDS = 200
const NOISE_SHARE = 0.05

/** How many of so many made-up forecasters are believed. */
function believed(cardOf: (chance: SeededChance) => ReturnType<typeof forecastCard>): number {
  return Array.from({ length: SEEDS }, (_, seed) => cardOf(new SeededChance(seed))).filter(
    ({ verdict }) => verdict.skill,
  ).length
}

test("a forecaster that is right 54 times of 100 is found in 5,000 candles", () => {
  const chance = new SeededChance(1)
  const close = madeCloses(chance, 5001)
  const probability = knowingForecasts(close, chance, { rightShare: 0.54, sureness: 0.04 })
  const card = forecastCard(madeForecasts(close, probability))
  expect(card.verdict.because).toMatch(/^Right in 5\d\.\d.% of 5,000 unseen candles \(.*more than luck explains/)
  expect(card.verdict.skill).toBe(true)
  expect(card.brier!).toBeLessThan(card.naiveBrier!)
  expect(card.correlation!).toBeGreaterThan(0.03)
})

test("the card of a model that only repeats the last move says so", () => {
  const { close } = autoregressiveMarket({ candles: 3000, seed: 2, pull: 0.3 })
  const again = close.map((price, i) => (price > close[i - 1] ? 0.6 : 0.4))
  const { verdict, hitRate, lastMoveHitRate } = forecastCard(madeForecasts(close, again))
  expect(verdict.skill).toBe(true)
  expect(lastMoveHitRate).toBeCloseTo(hitRate!, 3)
  expect(verdict.because).toMatch(/The last move alone.*nothing shows that the model knows more\.$/)
  expect(forecastCard({ ...madeForecasts(close, again), target: "volatility" }).lastMoveHitRate).toBeNull()
})

test("noise that is very sure of itself is not believed", () => {
  const skilled = believed((chance) => {
    const close = madeCloses(chance, 1000)
    return forecastCard(madeForecasts(close, noiseForecasts(1000, chance)))
  })
  expect(skilled / SEEDS).toBeLessThanOrEqual(NOISE_SHARE)
})

test("noise that hardly differs from a coin is not believed", () => {
  const skilled = believed((chance) => {
    const close = madeCloses(chance, 1000)
    const probability = noiseForecasts(1000, chance).map((said) => 0.5 + (said - 0.5) / 100)
    return forecastCard(madeForecasts(close, probability))
  })
  expect(skilled / SEEDS).toBeLessThanOrEqual(NOISE_SHARE)
})

test("a day's outcomes seen every hour do not make one lucky day into many: trending noise is not believed", () => {
  const horizonCandles = 24
  const skilled = believed((chance) => {
    const close = madeCloses(chance, 5000)
    const probability = noiseForecasts(5000, chance, 0.98).map((said) => 0.5 + (said - 0.5) / 10)
    return forecastCard(madeForecasts(close, probability, { horizonCandles }))
  })
  expect(skilled / SEEDS).toBeLessThanOrEqual(NOISE_SHARE)
})

test("who always says up has no skill where 60 of 100 candles rise, whether its training saw that or not", () => {
  const close = madeCloses(new SeededChance(2), 3001, 0.6)
  const always = close.map(() => 0.6)
  const [seen, surprised] = [0.6, 0.45].map((naive) => forecastCard(madeForecasts(close, always, { naive })))
  expect(seen.hitRate!).toBeGreaterThan(0.58)
  expect(seen.verdict).toEqual({
    skill: false,
    because: expect.stringMatching(/^No better than a habit: .*always saying what was more frequent before/),
  })
  expect(surprised.dieboldMariano.pValue!).toBeLessThan(0.001)
  expect(surprised.verdict).toEqual({
    skill: false,
    because: expect.stringMatching(/^No better than a habit: .*saying yes as often, but blindly/),
  })
})

test("noise that leans to where the market went has no skill", () => {
  const skilled = believed((chance) => {
    const close = madeCloses(chance, 1000, 0.56)
    const probability = noiseForecasts(1000, chance).map((said) => 0.54 + (said - 0.5) / 20)
    return forecastCard(madeForecasts(close, probability))
  })
  expect(skilled / SEEDS).toBeLessThanOrEqual(NOISE_SHARE)
})

test("a knowing forecaster is found over overlapping days too, though each day counts once", () => {
  const chance = new SeededChance(4)
  const close = madeCloses(chance, 24 * 1000)
  const probability = knowingForecasts(close, chance, { rightShare: 0.6, sureness: 0.1, horizonCandles: 24 })
  const card = forecastCard(madeForecasts(close, probability, { horizonCandles: 24 }))
  expect([card.unseenCandles, card.independentForecasts]).toEqual([24 * 999, 999])
  expect(card.verdict.because).toMatch(/^Right in .* of 999 unseen forecasts that do not overlap/)
  expect(card.verdict.skill).toBe(true)
})

test("candles the model was trained on do not count, nor those of which that is not known", () => {
  const close = madeCloses(new SeededChance(6), 301)
  const trainedUntilMs = close.map((_, i) => (i < 100 ? NaN : 199 * HOUR_MS))
  const perfect = close.map((price, i) => (close[i + 1] > price ? 0.9 : 0.1))
  const card = forecastCard(madeForecasts(close, perfect, { trainedUntilMs }))
  // The outcome of the training's last candle is known an hour later.
  expect([card.seenCandles, card.unseenCandles]).toEqual([200, 100])
  expect(forecastCard(madeForecasts(close, perfect, { trainedUntilMs: close.map(() => -Infinity) }))).toMatchObject({
    unseenCandles: 300,
    decay: [],
  })
})

test("a forecast that wears off shows it by its age", () => {
  const chance = new SeededChance(8)
  const close = madeCloses(chance, 10_001)
  const knowing = knowingForecasts(close, chance, { rightShare: 0.7, sureness: 0.1 })
  const wearing = knowing.map((said, i) => (i % 500 < 100 ? said : 0.5 + (chance.uniform() - 0.5) / 5))
  const { decay } = forecastCard(madeForecasts(close, wearing))
  expect(decay.map(({ count }) => count)).toEqual([2000, 2000, 2000, 2000, 2000])
  expect(decay[0].interval[0]).toBeGreaterThan(0.65)
  expect(decay.slice(1).every(({ interval: [low, high] }) => low < 0.5 && high > 0.5)).toBe(true)
  expect(decay[0].fromMs).toBe(HOUR_MS)
})

test("of volatility a forecast is judged, but no trade is made", () => {
  const chance = new SeededChance(9)
  const close = madeCloses(chance, 5001)
  const probability = knowingForecasts(close, chance, { rightShare: 0.56, sureness: 0.06 })
  const card = forecastCard(madeForecasts(close, probability, { target: "volatility" }))
  expect([card.verdict.skill, card.trade]).toEqual([true, null])
})
