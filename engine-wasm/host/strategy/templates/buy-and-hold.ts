import type { StrategyTemplate } from "./template.ts"

/** The measure for all the others: buy once, do nothing. */
export const buyAndHold: StrategyTemplate = {
  id: "buy-and-hold",
  worksWhen:
    "The market is higher at the end than at the beginning, and you do not need the money or the sleep in between.",
  failsWhen: "The market falls and stays down. Bitcoin has lost more than 70 % of its value several times.",
  document: {
    format: "candlewright.strategy/1",
    name: "Buy and hold",
    description:
      "Buys on the first candle and never sells. Every other strategy should be better than this one, or calmer.",
    timeframe: "1d",
    markets: ["BTC/USDT"],
    long: { enter: { all: ["close > 0"] }, exit: null },
    protect: { stopLoss: { kind: "none" } },
    size: { kind: "equity", percent: 100 },
    limits: { maxOpenPositions: 1 },
  },
}
