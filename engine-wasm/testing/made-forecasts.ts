import type { ForecastColumns } from "../host/result/forecast-card/forecast-columns.ts"
import { SeededChance } from "../host/candles/synthetic/seeded-chance.ts"
import { HOUR_MS } from "../host/candles/timeframe.ts"

/** Closes of hours of which this share rise; a rise and a fall are of the same size. */
export function madeCloses(chance: SeededChance, count: number, risingShare = 0.5): Float64Array {
  const close = new Float64Array(count)
  let price = 100
  for (let i = 0; i < count; i++) {
    const side = chance.uniform() < risingShare ? 1 : -1
    price *= 1 + 0.005 * side * (0.2 + chance.uniform())
    close[i] = price
  }
  return close
}

/** A forecaster's columns over these closes; trained anew every 500 hours. */
export function madeForecasts(
  close: Float64Array,
  probability: Float64Array,
  { horizonCandles = 1, naive = 0.5, ...given }: Partial<ForecastColumns> & { naive?: number } = {},
): ForecastColumns {
  const actual = close.map((price, i) => 100 * Math.log(close[i + horizonCandles] / price))
  return {
    openTimeMs: close.map((_, i) => i * HOUR_MS),
    close,
    probability,
    naiveProbability: close.map(() => naive),
    value: probability.map((said) => 2 * said - 1),
    actual,
    happened: actual.map((percent) => (Number.isNaN(percent) ? NaN : Number(percent > 0))),
    trainedUntilMs: close.map((_, i) => (i - (i % PART_HOURS) - horizonCandles) * HOUR_MS),
    target: "direction",
    horizonCandles,
    timeframeMs: HOUR_MS,
    feePercent: 0.1,
    ...given,
  }
}

const PART_HOURS = 500

/** Says the truth as often as it takes to be right so often, else a coin; always as sure. */
export function knowingForecasts(
  close: Float64Array,
  chance: SeededChance,
  { rightShare, sureness, horizonCandles = 1 }: { rightShare: number; sureness: number; horizonCandles?: number },
): Float64Array {
  return close.map((price, i) => {
    const rises = close[i + horizonCandles] > price
    const isRight = chance.uniform() < rightShare
    return rises === isRight ? 0.5 + sureness : 0.5 - sureness
  })
}

/** Chance alone, between 0 and 1, of which a share stays from candle to candle. */
export function noiseForecasts(count: number, chance: SeededChance, staying = 0): Float64Array {
  const said = new Float64Array(count)
  let mood = 0
  for (let i = 0; i < count; i++) {
    mood = staying * mood + Math.sqrt(1 - staying * staying) * chance.bell()
    said[i] = 1 / (1 + Math.exp(-mood))
  }
  return said
}
