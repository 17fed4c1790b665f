import { type StrategyDocument, strategySchema, type WrittenStrategy } from "#engine/strategy"

/** Buys on every rising minute and sells on a falling one. */
export function minuteStrategy(parts: Partial<WrittenStrategy> = {}): StrategyDocument {
  return strategySchema.parse({
    format: "candlewright.strategy/1",
    name: "Minutes",
    timeframe: "1m",
    markets: ["BTC/USDT"],
    size: { kind: "quote", amount: 500 },
    long: { enter: { all: ["close > open"] }, exit: { any: ["close < open"] } },
    protect: { stopLoss: { kind: "percent", percent: 1 } },
    ...parts,
  })
}
