import type { StrategyTemplate } from "./template.ts"

/** A first purchase and larger ones below it, sold together above their average: what exchanges call a DCA bot. */
export const dca: StrategyTemplate = {
  id: "dca",
  worksWhen: "The price falls and comes back: each purchase on the way down brings the average closer to the price.",
  failsWhen: "The price falls and stays there: all the money is in by then, and the stop takes a large loss at once.",
  document: {
    format: "candlewright.strategy/1",
    name: "Buy in steps (DCA)",
    description: "Buys a little, more at each fall of a few percent, and sells all of it a little above the average.",
    timeframe: "1h",
    markets: ["BTC/USDT"],
    params: {
      drop: { label: "Buy more every % down", type: "number", value: 3, min: 0.5, max: 15, step: 0.5 },
      profit: { label: "Sell at % above average", type: "number", value: 2, min: 0.5, max: 15, step: 0.5 },
      stop: { label: "Stop loss %", type: "number", value: 25, min: 5, max: 60, step: 1 },
    },
    long: { enter: { all: ["close > 0"] }, exit: null },
    protect: {
      stopLoss: { kind: "percent", percent: "stop" },
      takeProfit: [{ percent: "profit", share: 1 }],
    },
    size: { kind: "equity", percent: 7 },
    add: { maxTimes: 4, everyDropPercent: "drop", sizeMultiple: 1.5 },
    limits: { maxOpenPositions: 1 },
  },
}
