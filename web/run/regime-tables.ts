import type { RegimeTrades, RunRecord } from "#engine/result"
import { type EngineSession, tradesByRegime } from "#engine/run"
import type { StrategyDocument } from "#engine/strategy"

/** A run's trades by the regimes its strategy carries. A file of its own: most runs carry none, and do not fetch it. */
export function regimeTables(session: EngineSession, strategy: StrategyDocument, record: RunRecord): RegimeTrades[] {
  return tradesByRegime(session, strategy, record)
}
