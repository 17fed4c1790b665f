import type { StrategyTemplate } from "./template.ts"

/**
 * A fixed part of the account in each market, restored when it has drifted (Perold and Sharpe, "Dynamic Strategies
 * for Asset Allocation", 1988: constant mix).
 */
export const rebalance: StrategyTemplate = {
  id: "rebalance",
  worksWhen:
    "You want to stay invested and the prices swing: what has risen is sold a little, what has fallen is bought a little.",
  failsWhen:
    "One market rises or falls for a long time without turning: winners are sold too early, losers are bought all the way down.",
  document: {
    format: "candlewright.strategy/1",
    name: "Rebalance",
    description:
      "Keeps a fixed part of the account in each market, and restores it once it has drifted by more than a few percent.",
    timeframe: "1d",
    markets: ["BTC/USDT", "ETH/USDT"],
    params: {
      part: { label: "Part in each market %", type: "number", value: 40, min: 5, max: 95, step: 5 },
      drift: { label: "Restore beyond %", type: "number", value: 5, min: 1, max: 20, step: 1 },
    },
    code: {
      language: "assemblyscript",
      source: `import { Candle, Strategy } from "candlewright"

export class Rebalance extends Strategy {
  part: f64 = this.param("part")
  drift: f64 = this.param("drift")

  onCandle(candle: Candle): void {
    const held = (100 * this.position.quantity * candle.close) / this.equity
    if (abs(held - this.part) > this.drift) this.targetPercent(this.part)
  }
}
`,
    },
    protect: { stopLoss: { kind: "none" } },
    size: { kind: "equity", percent: 95 },
    limits: { maxOpenPositions: 10 },
  },
}
