import { refusalWords, type RejectedReason } from "#engine/result"
import type { RunReport } from "../../run/run-report.ts"
import { neverIn } from "../../run/use-run.ts"
import type { NeverCondition, ReportedNever } from "../../run/why-job.ts"
import { formatCount, formatPercent } from "../../ui/number-format.ts"

/** What of a run says why it traded as often as it did. */
export type TradeCounts = {
  tradeCount: number
  /** How much of the time a position was open. */
  exposurePercent: number | null
  refusals: readonly { reason: RejectedReason; count: number }[]
  never?: Pick<ReportedNever, "candleCount" | "sides">
}

/** Why a test made so few trades, or none: from its own conditions and what blocked its orders. */
export async function tradeCountWordsOf(report: RunReport): Promise<string> {
  return tradeCountWords({
    tradeCount: report.trades.length,
    exposurePercent: report.metrics.exposurePercent,
    refusals: report.tables.refusals,
    never: await neverIn(report),
  })
}

/** The same in words: how often each condition held, which never did, and what was refused. */
export function tradeCountWords({ tradeCount, exposurePercent, refusals, never }: TradeCounts): string {
  const made =
    tradeCount === 0 ? "It never traded in this test" : `It made ${formatCount(tradeCount, "trade")} in this test`
  return [
    never ? `${made}, over ${formatCount(never.candleCount, "candle")}.` : `${made}.`,
    ...(never?.sides ?? []).flatMap((side) => sideLines(side, never!.candleCount)),
    ...(exposurePercent !== null && exposurePercent >= LONG_HELD
      ? [`A position was open ${formatPercent(exposurePercent)} of the time; one market is not bought twice.`]
      : []),
    ...(refusals.length > 0
      ? [
          `What blocked orders whose conditions were met: ${refusals
            .map(({ reason, count }) => `${refusalWords[reason]} (${formatCount(count, "time")})`)
            .join("; ")}`,
        ]
      : []),
    ...(never ? [] : ["Click a candle of the chart to see why it did, or did not, trade there."]),
  ].join("\n")
}

/** A position that is open this much of the time, in percent, keeps others away. */
const LONG_HELD = 20

function sideLines(
  { side, join, askedCount, conditions }: ReportedNever["sides"][number],
  candleCount: number,
): string[] {
  const never = conditions.filter(({ metCount }) => metCount === 0)
  const deed = side === "long" ? "To buy" : "To sell short"
  const must =
    conditions.length === 1 ? "this must be so" : join === "all" ? "all of these must be so" : "one of these must be so"
  return [
    `${deed}, ${must} at the close of one candle, which happened ${formatCount(askedCount, "time")}:`,
    ...conditions.map((condition) => `• ${condition.words}: ${timesWords(condition, candleCount)}`),
    ...never.map(({ words }) => `Never true: ${words}.`),
  ]
}

function timesWords({ metCount, aloneMissingCount }: NeverCondition, candleCount: number): string {
  const share = metCount === 0 ? "" : ` (${formatPercent((100 * metCount) / candleCount)})`
  const alone = aloneMissingCount === 0 ? "" : `, and it alone was missing ${formatCount(aloneMissingCount, "time")}`
  return `true in ${formatCount(metCount, "candle")}${share}${alone}`
}
