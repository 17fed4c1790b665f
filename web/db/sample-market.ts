import { type Candles, HOUR_MS, syntheticCandles, type SyntheticRequest } from "#engine/candles"

/**
 * The market that ships with the app, so that there is a result before anybody has imported candles. Our own
 * generator makes it up.
 */
export const sampleMarket = { id: "sample", name: "DEMO/USD", base: "DEMO", quote: "USD", timeframeMs: HOUR_MS }

/**
 * A year and a half of hours. The seed was chosen by eye: it rises, falls and rests, and holding neither wins nor
 * loses a fortune.
 */
const request: SyntheticRequest = {
  seed: 12,
  candles: 13_140,
  timeframe: "1h",
  startMs: Date.UTC(2024, 0, 1),
  startPrice: 100,
  kind: "mixed",
}

/** How far it reaches; `toMs` opens its last candle. */
export const sampleReach = {
  candleCount: request.candles,
  fromMs: request.startMs,
  toMs: request.startMs + (request.candles - 1) * HOUR_MS,
}

let candles: Candles | undefined

/** The sample's candles. Made here, to the same bits on every machine: a first visit fetches none. */
export function sampleCandles(): Candles {
  candles ??= syntheticCandles(request)
  return candles
}
