import type { RejectedReason } from "#engine/result"
import { timeframesMs } from "#engine/candles"
import type { RunReport } from "../run/run-report.ts"

/** Reasons behind which a number in the code that is none may stand. */
const ofNumbers: readonly RejectedReason[] = ["notReady", "notANumber"]

/** The candle at whose close code last asked for an order with a number that is none; undefined where it never did. */
export function refusedCallCandle(
  report: Pick<RunReport, "rejected" | "timeframe" | "equity"> & { market: { name: string } },
): number | undefined {
  const last = report.rejected.findLast(
    ({ market, reason }) => market === report.market.name && ofNumbers.includes(reason),
  )
  const lengthMs = timeframesMs[report.timeframe]
  return last && report.equity.openTimeMs.findLast((openTimeMs) => openTimeMs + lengthMs <= last.timeMs)
}

/** What the code asked for there, of all that is known of the candle. */
export function refusedCall(journal: readonly string[]): string | undefined {
  return journal.findLast((line) => line.startsWith("It asked for "))
}
