import type { ExplainedResult } from "#engine/result"
import type { RunReport } from "../../run/run-report.ts"

/** What of a run its result is explained by. */
export function explainedResult({ metrics, cash, holdingFinal, market, tables }: RunReport): ExplainedResult {
  return { metrics, cash, holdingFinal, currency: market.currency, perExitReason: tables.perExitReason }
}
