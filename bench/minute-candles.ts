import { syntheticCandles, type Candles } from "#engine/candles"

/** One-minute candles of a made-up market, the same on every machine. */
export function minuteCandles(count: number): Candles {
  return syntheticCandles({
    seed: 7,
    candles: count,
    timeframe: "1m",
    startMs: Date.UTC(2024, 0, 1),
    startPrice: 30_000,
    kind: "mixed",
  })
}
