import { expect, test } from "vitest"
import { knowingForecasts, madeCloses, madeForecasts, noiseForecasts } from "../../../testing/made-forecasts.ts"
import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
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
  expect(card.verdict.because).toMatch(/^Right in 5\d\.\d.% of 5,000 unseen candles \(.*chance explains/)
  expect(card.verdict.skill).toBe(true)
  expect(card.brier!).toBeLessThan(card.naiveBrier!)
  expect(card.correlation!).toBeGreaterThan(0.03)
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
