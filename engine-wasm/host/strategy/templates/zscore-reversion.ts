import type { StrategyTemplate } from "./template.ts"

/** Far below the usual, measured in its own standard deviations, and back (Chan, "Algorithmic Trading", 2013). */
export const zscoreReversion: StrategyTemplate = {
  id: "zscore-reversion",
  worksWhen: "The price swings around a level and comes back from extremes within days.",
  failsWhen: "The level itself moves: what looks far too low is the new price, and goes lower.",
  document: {
    format: "candlewright.strategy/1",
    name: "Back to the mean",
    description:
      "Buys when the price is far below its average, counted in standard deviations, and sells when it is back there.",
    timeframe: "1h",
    markets: ["BTC/USDT"],
    params: {
      length: { label: "Average over", type: "int", value: 48, min: 10, max: 200, step: 2 },
      far: { label: "Buy below (deviations)", type: "number", value: 2, min: 1, max: 4, step: 0.1 },
      back: { label: "Sell above (deviations)", type: "number", value: 0, min: -1, max: 2, step: 0.1 },
      useTrend: { label: "Only in an uptrend", type: "bool", value: false },
    },
    series: { distance: "zscore(close, length)", trend: "sma(close, 400)" },
    long: {
      enter: { all: ["crossunder(distance, -far)", "not useTrend or close > trend"] },
      exit: { any: ["distance > back"] },
    },
    protect: { stopLoss: { kind: "atr", length: 14, multiple: 4 }, timeStop: { candles: 96 } },
    size: { kind: "risk", percent: 1, maxPositionPercent: 50 },
    limits: { maxOpenPositions: 2, cooldownCandles: 6, dailyLossPercent: 3 },
  },
}
