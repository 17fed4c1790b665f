import { syntheticCandles } from "../host/candles/synthetic/synthetic-candles.ts"
import { defaultAccount } from "../host/run/backtest-request.ts"
import { openSession } from "../host/run/engine/engine-session.ts"
import { strategyFromJson } from "../host/strategy/document/strategy-document-from-json.ts"
import type { WrittenStrategy } from "../host/strategy/document/strategy-document.ts"
import { builtEngine } from "./built-engine.ts"

/** 3,000 hours of a made-up market, the same in every test. */
export const seedCandles = syntheticCandles({
  seed: 11,
  candles: 3000,
  timeframe: "1h",
  startMs: Date.UTC(2024, 0, 1),
  startPrice: 100,
  kind: "mixed",
})

/** Those candles in the built engine, as SEED/USD. */
export const seedSession = openSession(await builtEngine(), [{ market: "SEED/USD", candles: seedCandles }])

/** An hourly strategy of these parts on the default account. Throws where they make no strategy. */
export function planOf(parts: Partial<WrittenStrategy>) {
  const checked = strategyFromJson({ format: "candlewright.strategy/1", name: "Story", timeframe: "1h", ...parts })
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  return { strategy: checked.strategy, account: defaultAccount }
}
