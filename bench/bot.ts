import { benchStrategy } from "./bench-strategy.ts"

/** A bot as people build them: a cross filtered by strength and trend, an ATR stop, a target and a trailing stop. */
export const bot = benchStrategy({
  series: { strength: "rsi(close, 14)", trend: "ema(close, 200)" },
  long: {
    enter: { all: ["crossover(sma(close, 10), sma(close, 50))", "strength < 70", "close > trend"] },
    exit: { any: ["crossunder(sma(close, 10), sma(close, 50))", "position.candles > 500"] },
  },
  protect: {
    stopLoss: { kind: "atr", length: 14, multiple: 3 },
    takeProfit: [{ percent: 4 }],
    trailing: { percent: 1.5, armAtPercent: 1 },
  },
  size: { kind: "risk", percent: 1, maxPositionPercent: 50 },
})
