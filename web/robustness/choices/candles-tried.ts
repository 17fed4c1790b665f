import { sampleMarket, sampleReach } from "../../db/sample-market.ts"
import type { MarketChoice } from "../../market/index.ts"
import type { RunSetup } from "../../run/run-setup.ts"

/** About how many candles a search goes through: those of the markets within the period, but the locked-away part. */
export function candlesTried(
  markets: readonly MarketChoice[],
  { fromMs = -Infinity, toMs = Infinity }: Pick<RunSetup, "fromMs" | "toMs">,
  holdOutPercent: number,
): number {
  const within = markets.map((market) => {
    const reach = market.id === sampleMarket.id ? sampleReach : market
    const { candleCount = 0, fromMs: first = 0, toMs: last = 0 } = reach
    const lengthMs = last + market.timeframeMs - first
    const usedMs = Math.min(toMs, last + market.timeframeMs) - Math.max(fromMs, first)
    return lengthMs > 0 ? candleCount * Math.max(0, Math.min(1, usedMs / lengthMs)) : 0
  })
  return Math.round(within.reduce((sum, count) => sum + count, 0) * (1 - holdOutPercent / 100))
}
