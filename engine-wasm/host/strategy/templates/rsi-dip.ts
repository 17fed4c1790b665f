import type { StrategyTemplate } from "./template.ts"

/** Short dips in a long rise (Wilder's RSI, 1978, with a trend filter as Connors uses it). */
export const rsiDip: StrategyTemplate = {
  id: "rsi-dip",
  worksWhen: "The long trend is up and shaky hands sell into short dips that are bought again within a day or two.",
  failsWhen:
    "A dip is the beginning of a real fall: several stops in a row, most of them while the long average still points up.",
  document: {
    format: "candlewright.strategy/1",
    name: "RSI dip in an uptrend",
    description: "Buys short dips while the long trend is up.",
    timeframe: "1h",
    markets: ["BTC/USDT"],
    params: {
      length: { label: "RSI length", type: "int", value: 14, min: 2, max: 50, step: 1 },
      oversold: { label: "Buy below", type: "number", value: 30, min: 5, max: 50, step: 1 },
      recovered: { label: "Sell above", type: "number", value: 60, min: 50, max: 95, step: 1 },
      useTrend: { label: "Only in an uptrend", type: "bool", value: true },
    },
    series: { strength: "rsi(close, length)", trend: "ema(close, 200)" },
    long: {
      enter: { all: ["crossunder(strength, oversold)", "not useTrend or close > trend"] },
      exit: { any: ["strength > recovered"] },
    },
    protect: { stopLoss: { kind: "atr", length: 14, multiple: 2.5 }, timeStop: { candles: 72 } },
    size: { kind: "risk", percent: 1, maxPositionPercent: 50 },
    limits: { maxOpenPositions: 2, cooldownCandles: 3, dailyLossPercent: 3 },
  },
}
