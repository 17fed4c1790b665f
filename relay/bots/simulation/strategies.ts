import type { WrittenStrategy } from "#engine/strategy"

type Parts = Partial<WrittenStrategy>

const rising = { enter: { all: ["close > open"] }, exit: null }
const both = { enter: { all: ["close > open"] }, exit: { any: ["close < open"] } }
const stop = (percent: number) => ({ kind: "percent", percent }) as const

/** Ways to trade that ask different things of an exchange. */
export const strategies: Record<string, Parts> = {
  rules: { long: both, protect: { stopLoss: stop(1) } },
  "tight stop": { long: rising, protect: { stopLoss: stop(0.05) } },
  trailing: { long: rising, protect: { stopLoss: stop(0.3), trailing: { percent: 0.1 } } },
  "target in parts": {
    long: rising,
    protect: {
      stopLoss: stop(0.3),
      takeProfit: [
        { percent: 0.05, share: 0.4 },
        { percent: 0.1, share: 0.6 },
      ],
    },
  },
  "safety orders": {
    long: rising,
    protect: { stopLoss: stop(1), takeProfit: [{ percent: 0.1, share: 1 }] },
    add: { maxTimes: 3, everyDropPercent: 0.05, sizeMultiple: 1 },
  },
  limits: {
    long: both,
    orders: { entry: { kind: "limit", offsetPercent: 0.02, expireCandles: 2 } },
    protect: { stopLoss: stop(0.2) },
  },
  "time stop": { long: rising, protect: { stopLoss: stop(0.5), timeStop: { candles: 2 } } },
  "break even": {
    long: rising,
    protect: {
      stopLoss: stop(0.4),
      breakEven: { atPercent: 0.05, plusPercent: 0.01 },
      roi: [{ afterMinutes: 4, percent: 0.02 }],
    },
  },
  "no stop": { long: both, protect: { stopLoss: { kind: "none" } } },
}
