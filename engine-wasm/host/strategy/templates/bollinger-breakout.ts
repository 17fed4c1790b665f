import type { StrategyTemplate } from "./template.ts"

/** A move out of a quiet phase (Bollinger, "Bollinger on Bollinger Bands", 2001: the squeeze). */
export const bollingerBreakout: StrategyTemplate = {
  id: "bollinger-breakout",
  worksWhen: "A quiet market wakes up and runs: the first strong close above the upper band is often not the last.",
  failsWhen: "The breakout is a false alarm, which is common: many small losses pay for a few large wins.",
  document: {
    format: "candlewright.strategy/1",
    name: "Bollinger breakout",
    description:
      "Buys when the price closes above the upper band after a quiet time, and lets the profit run behind a trailing stop.",
    timeframe: "4h",
    markets: ["BTC/USDT"],
    params: {
      length: { label: "Band length", type: "int", value: 20, min: 10, max: 60, step: 1 },
      width: { label: "Band width (deviations)", type: "number", value: 2, min: 1, max: 3, step: 0.1 },
      quiet: { label: "Quiet: width in the lowest %", type: "number", value: 60, min: 10, max: 100, step: 5 },
    },
    series: { bands: "bbands(close, length, width)", quietness: "percentRank(bands.width, 100)" },
    long: {
      enter: { all: ["crossover(close, bands.upper)", "quietness[1] <= quiet"] },
      exit: { any: ["close < bands.middle"] },
    },
    protect: {
      stopLoss: { kind: "atr", length: 14, multiple: 2 },
      takeProfit: [{ percent: 6, share: 0.5 }],
      trailing: { percent: 4, armAtPercent: 4 },
    },
    size: { kind: "risk", percent: 1, maxPositionPercent: 50 },
    limits: { maxOpenPositions: 2, dailyLossPercent: 3 },
  },
}
