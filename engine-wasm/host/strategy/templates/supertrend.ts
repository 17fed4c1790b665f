import type { StrategyTemplate } from "./template.ts"

/** A stop line that only tightens decides the side (Seban's SuperTrend, 2007). */
export const supertrend: StrategyTemplate = {
  id: "supertrend",
  worksWhen: "Moves are long against their own noise: the line stays behind the price for weeks and lets it run.",
  failsWhen: "The price swings by just more than the line's distance: each swing ends in a stop, on both sides.",
  document: {
    format: "candlewright.strategy/1",
    name: "Supertrend",
    description:
      "Holds while the price is on the good side of a line that follows it some ATRs behind. Can bet on falls too.",
    timeframe: "4h",
    markets: ["BTC/USDT"],
    params: {
      length: { label: "ATR length", type: "int", value: 10, min: 5, max: 50, step: 1 },
      multiple: { label: "Distance (times ATR)", type: "number", value: 3, min: 1, max: 8, step: 0.5 },
      useShort: { label: "Also bet on falls (short)", type: "bool", value: false },
    },
    series: { trend: "supertrend(length, multiple)" },
    long: {
      enter: { all: ["trend.direction > 0", "trend.direction[1] < 0"] },
      exit: { any: ["trend.direction < 0"] },
    },
    short: {
      enter: { all: ["useShort", "trend.direction < 0", "trend.direction[1] > 0"] },
      exit: { any: ["trend.direction > 0"] },
    },
    protect: { stopLoss: { kind: "price", formula: "trend.line" } },
    size: { kind: "risk", percent: 1, maxPositionPercent: 50 },
    limits: { maxOpenPositions: 2, maxDrawdownPercent: 25 },
  },
}
