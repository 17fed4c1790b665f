import type { StrategyTemplate } from "./template.ts"

/** Appel's MACD (1979) with the trend filter most people put before it. */
export const macdTrend: StrategyTemplate = {
  id: "macd-trend",
  worksWhen: "A rise pauses and goes on: the fast averages turn up again while the long one still rises.",
  failsWhen:
    "The market goes sideways around its long average: the lines cross often, and each crossing costs a little.",
  document: {
    format: "candlewright.strategy/1",
    name: "MACD with the trend",
    description: "Buys when the MACD crosses above its signal while the price is above its long average.",
    timeframe: "4h",
    markets: ["BTC/USDT"],
    params: {
      fast: { label: "Fast average", type: "int", value: 12, min: 4, max: 40, step: 1 },
      slow: { label: "Slow average", type: "int", value: 26, min: 10, max: 100, step: 1 },
      signal: { label: "Signal", type: "int", value: 9, min: 3, max: 30, step: 1 },
      long: { label: "Long average", type: "int", value: 200, min: 50, max: 400, step: 10 },
    },
    series: { momentum: "macd(close, fast, slow, signal)", trend: "ema(close, long)" },
    long: {
      enter: { all: ["crossover(momentum.line, momentum.signal)", "close > trend"] },
      exit: { any: ["crossunder(momentum.line, momentum.signal)", "close < trend"] },
    },
    protect: { stopLoss: { kind: "atr", length: 14, multiple: 3 } },
    size: { kind: "risk", percent: 1, maxPositionPercent: 50 },
    limits: { maxOpenPositions: 2, dailyLossPercent: 3 },
  },
}
