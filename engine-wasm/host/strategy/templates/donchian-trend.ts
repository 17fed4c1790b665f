import type { StrategyTemplate } from "./template.ts"

/** Channel breakout with a shorter channel to leave (Dennis and Eckhardt's Turtle rules, 1983, after Donchian). */
export const donchianTrend: StrategyTemplate = {
  id: "donchian-trend",
  worksWhen: "A market makes new highs and keeps making them. A handful of trades in a year earn everything.",
  failsWhen: "Most of the time: two trades out of three lose a little, and a year without a trend is a losing year.",
  document: {
    format: "candlewright.strategy/1",
    name: "Donchian trend",
    description: "Buys a new high of the last weeks, leaves at a new low of the last days.",
    timeframe: "4h",
    markets: ["BTC/USDT", "ETH/USDT"],
    params: {
      entry: { label: "New high over", type: "int", value: 120, min: 20, max: 300, step: 5 },
      leave: { label: "New low over", type: "int", value: 60, min: 10, max: 150, step: 5 },
      stop: { label: "Stop (times ATR)", type: "number", value: 3, min: 1, max: 8, step: 0.5 },
    },
    series: {
      ceiling: "donchian(entry).upper[1]",
      floorLine: "donchian(leave).lower[1]",
      daily: "ema(close, 50) @ 1d",
    },
    long: { enter: { all: ["close > ceiling", "close > daily"] }, exit: { any: ["close < floorLine"] } },
    protect: { stopLoss: { kind: "atr", length: 20, multiple: "stop" } },
    size: { kind: "risk", percent: 1, maxPositionPercent: 50 },
    limits: { maxOpenPositions: 2, maxDrawdownPercent: 25 },
  },
}
