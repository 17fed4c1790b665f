import { MINUTE_MS, DAY_MS } from "#engine/candles"
import type { CandleSource } from "./candle-source.ts"
import { SyntheticMarket } from "./synthetic-market.ts"
import type { SymbolRules } from "./symbol-rules.ts"

/**
 * Made-up markets. A minute is a pure function of (seed, market, time), so an exchange that restarts tomorrow finds
 * the same yesterday, and any minute of any year is available without the ones before it. `historyDays` is the length
 * of the published history.
 */
export function syntheticSource({
  seed,
  startMs,
  historyDays,
}: {
  seed: string
  startMs: number
  historyDays: number
}): CandleSource {
  const markets = new Map<string, SyntheticMarket>()
  const marketOf = (rules: SymbolRules) => {
    let market = markets.get(rules.symbol)
    if (!market) markets.set(rules.symbol, (market = new SyntheticMarket(rules, seed)))
    return market
  }
  return {
    firstMs: (Math.floor(startMs / DAY_MS) - historyDays) * DAY_MS,
    minute: (rules, openTimeMs) => marketOf(rules).minute(Math.floor(openTimeMs / MINUTE_MS)),
  }
}
