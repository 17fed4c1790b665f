import type { StrategyTemplate } from "./template.ts"

/** The classic: two simple moving averages (Donchian's 5/20-day rule is its oldest form). */
export const smaCross: StrategyTemplate = {
  id: "sma-cross",
  worksWhen:
    "Prices move in one direction for weeks. It is late to get in and late to get out, and keeps most of a long rise.",
  failsWhen: "Prices go sideways: it buys the top of each small wave and sells the bottom, and the fees add up.",
  document: {
    format: "candlewright.strategy/1",
    name: "Moving average cross",
    description: "Buys when the fast average of the price rises above the slow one, sells when it falls below.",
    timeframe: "1h",
    markets: ["BTC/USDT"],
    params: {
      fast: { label: "Fast average", type: "int", value: 20, min: 5, max: 100, step: 1 },
      slow: { label: "Slow average", type: "int", value: 100, min: 20, max: 400, step: 5 },
      stop: { label: "Stop loss %", type: "number", value: 5, min: 1, max: 20, step: 0.5 },
    },
    series: { fastAverage: "sma(close, fast)", slowAverage: "sma(close, slow)" },
    long: {
      enter: { all: ["crossover(fastAverage, slowAverage)"] },
      exit: { any: ["crossunder(fastAverage, slowAverage)"] },
    },
    protect: { stopLoss: { kind: "percent", percent: "stop" } },
    size: { kind: "equity", percent: 95 },
    limits: { maxOpenPositions: 1 },
  },
}
