import { SeededChance } from "../host/candles/synthetic/seeded-chance.ts"
import { HOUR_MS } from "../host/candles/timeframe.ts"
import { modelHash } from "../host/strategy/model/model-hash.ts"
import type { ForecastModel } from "../host/strategy/model/forecast-model.ts"
import { weightCount, weightsText } from "../host/strategy/model/part-weights.ts"

const NO_HASH = "0".repeat(64)

/** A model that learnt nothing: weights by chance, for tests of what the engine makes of them. */
export function madeModel({
  seed = 1,
  readyFromMs,
  ...given
}: { seed?: number; readyFromMs: number[] } & Partial<ForecastModel>): ForecastModel {
  const chance = new SeededChance(seed)
  const shape = {
    format: "candlewright.model/1" as const,
    name: "made up",
    kind: "logistic" as const,
    target: "direction" as const,
    horizonCandles: 1,
    timeframe: "1h" as const,
    features: ["log(close / close[1])", "rsi(close, 14)", "close - sma(close, 5)"],
    windowCandles: 1,
    units: 0,
    ...given,
  }
  const parts = readyFromMs.map((readyMs) => ({
    trainedFromMs: 0,
    trainedUntilMs: readyMs - shape.horizonCandles * HOUR_MS,
    readyFromMs: readyMs,
    weights: weightsText(Float64Array.from({ length: weightCount(shape) }, () => chance.bell() * 0.5)),
  }))
  const made = { engine: NO_HASH, data: NO_HASH, market: "MADE/UP", seed, examples: 0, version: 1 }
  const model = { ...shape, parts, made }
  return { ...model, hash: modelHash(model) }
}
