import type { RejectedReason } from "#engine/result"
import { refusalWords } from "#engine/result"
import type { RunReport } from "../run/run-report.ts"
import { useNever, useWhy } from "../run/use-why.ts"
import type { NeverCondition, ReportedLoosening, ReportedNever } from "../run/why-job.ts"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { formatCount, formatNumber, formatPercent, formatShort } from "../ui/number-format.ts"
import { refusedCall, refusedCallCandle } from "./refused-call.ts"

type NeverTradedProps = {
  report: RunReport
  /** Moves a slider of the strategy. */
  onParams: (params: Record<string, number | boolean>) => void
  /** Changes a condition of its rules. */
  onRule: (change: RuleChange) => void
}

/** Another condition in place of one of an entry's. */
export type RuleChange = { side: "long" | "short"; from: string; to: string; words: string }

/** Why a run has no trades: which condition was met least often, and one press to loosen it. */
export function NeverTraded({ report, onParams, onRule }: NeverTradedProps) {
  const never = useNever(report)
  const refused = report.tables.refusals
  return (
    <EmptyState
      title="Why no trade at all?"
      action={
        never?.looser && (
          <LoosenButton looser={never.looser} params={report.job.params} onParams={onParams} onRule={onRule} />
        )
      }
    >
      <div className="flex flex-col gap-4" data-testid="never-traded">
        {refused.length > 0 ? <Refused refused={refused} report={report} /> : never && <Counts never={never} />}
        {!never && refused.length === 0 && (
          <p>The conditions to buy were never met at the close of a candle. A longer period may change that.</p>
        )}
        {never?.looser && <p className="text-ink">{looserWords(never.looser)}</p>}
      </div>
    </EmptyState>
  )
}

type RefusedProps = { refused: { reason: RejectedReason; count: number }[]; report: RunReport }

function Refused({ refused, report }: RefusedProps) {
  const { fills, strategy } = report.job
  const calledMs = strategy.code ? refusedCallCandle(report) : undefined
  return (
    <>
      <p>Its conditions were met, and each time something blocked the order:</p>
      <ul className="flex flex-col gap-1">
        {refused.map(({ reason, count }) => (
          <li key={reason}>
            {refusalWords[reason]} ({formatNumber(count)} {count === 1 ? "time" : "times"})
          </li>
        ))}
      </ul>
      {calledMs !== undefined && <RefusedCall report={report} openTimeMs={calledMs} />}
      {fills === "backtesting.py" && refused.some(({ reason }) => reason === "cash") && (
        <p>
          Fills as backtesting.py's buy whole units only, such as one whole coin. With more cash than one costs, or with
          the usual fills, it may trade.
        </p>
      )}
    </>
  )
}

/** The call of the code that was refused last. */
function RefusedCall({ report, openTimeMs }: { report: RunReport; openTimeMs: number }) {
  const { reported } = useWhy(report, openTimeMs)
  const call = reported?.ok ? refusedCall(reported.journal) : undefined
  return call === undefined ? null : <p className="text-ink">The last time: {call}</p>
}

function Counts({ never: { candleCount, sides } }: { never: ReportedNever }) {
  return sides.map(({ side, join, conditions }) => {
    const [rarest] = conditions
    return (
      <div key={side} className="flex flex-col gap-3">
        <p>
          {side === "long" ? "To buy" : "To sell short"}, {join === "all" ? "all of these" : "one of these"} must be so
          at the close of one candle, and in {formatNumber(candleCount)} candles that never happened. The rarest:{" "}
          <span className="font-medium text-ink-strong">{rarest.words}</span>.
        </p>
        <ul className="border-b border-line">
          {conditions.map((condition) => (
            <li key={condition.formula} className="flex justify-between gap-4 border-t border-line py-2">
              <span className="min-w-0 text-ink wrap-anywhere">{condition.words}</span>
              <span className="shrink-0 text-right">{countWords(condition, candleCount)}</span>
            </li>
          ))}
        </ul>
      </div>
    )
  })
}

function countWords({ metCount, aloneMissingCount }: NeverCondition, candleCount: number): string {
  const times = formatCount(metCount, "time")
  const share = metCount === 0 ? "" : ` (${formatPercent((100 * metCount) / candleCount)})`
  return aloneMissingCount === 0
    ? `${times}${share}`
    : `${times}${share}, and alone blocked ${formatCount(aloneMissingCount, "order")}`
}

type LoosenButtonProps = Pick<NeverTradedProps, "onParams" | "onRule"> & {
  looser: ReportedLoosening
  params: Record<string, number | boolean>
}

function LoosenButton({ looser, params, onParams, onRule }: LoosenButtonProps) {
  if (looser.kind === "rule") {
    const words = `Loosened: ${quoted(looser.fromWords)} to ${quoted(looser.toWords)}`
    return <Button onClick={() => onRule({ ...looser, words })}>Change the rule so</Button>
  }
  const { name, label, to } = looser
  return (
    <Button onClick={() => onParams({ ...params, [name]: to })}>
      Set “{label}” to {shown(to)}
    </Button>
  )
}

function looserWords(looser: ReportedLoosening): string {
  const after = `the rule would have asked ${looser.askedAfter === 1 ? "once" : `${formatNumber(looser.askedAfter)} times`}`
  if (looser.kind === "rule")
    return `Loosen it: with ${quoted(looser.toWords)} in place of ${quoted(looser.fromWords)} ${after}.`
  return `Loosen it: with “${looser.label}” at ${shown(looser.to)} in place of ${shown(looser.from)} ${after}.`
}

/** In quotes; what is quoted inside gets the single ones. */
function quoted(words: string): string {
  return `“${words.replaceAll("“", "‘").replaceAll("”", "’")}”`
}

function shown(value: number | boolean): string {
  return typeof value === "boolean" ? (value ? "on" : "off") : formatShort(value)
}
