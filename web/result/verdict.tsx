import type { Metrics } from "#engine/result"
import { formatMoney, formatPercent, formatRoundMoney } from "../ui/number-format.ts"
import { classNames } from "../ui/class-names.ts"
import type { RunReport } from "../run/run-report.ts"

/** The result as a person would tell it, in pieces: what stands in `strong` is a number to be seen at once. */
export function verdictOf(report: VerdictInput): { text: string; strong: boolean }[] {
  const currency = report.market.currency
  const { finalEquity, feesPaid, maxDrawdownPercent } = report.metrics
  const pieces = [
    number(formatRoundMoney(report.cash, currency)),
    " would have become ",
    number(formatRoundMoney(finalEquity ?? report.cash, currency)),
    " after ",
    number(formatMoney(feesPaid ?? 0, currency)),
    " in fees; holding would have turned it into ",
    number(formatRoundMoney(report.holdingFinal, currency)),
    ". The worst dip was ",
    number(formatPercent(maxDrawdownPercent)),
    ".",
  ]
  if (report.trades.length === 0)
    return [
      number("It never traded"),
      " in this period, so your money stayed as it was. Try another period, or move a slider.",
    ].map(piece)
  return pieces.map(piece)
}

type VerdictInput = Pick<RunReport, "cash" | "holdingFinal"> & {
  market: { currency?: string }
  metrics: Pick<Metrics, "finalEquity" | "feesPaid" | "maxDrawdownPercent">
  trades: unknown[]
}

/** The verdict, large; compact where there is little room for it. */
export function Verdict({ report, isCompact = false }: { report: RunReport; isCompact?: boolean }) {
  return (
    <p
      data-testid="verdict"
      aria-live={isCompact ? "polite" : undefined}
      className={classNames(
        "max-w-[52ch] text-ink md:min-h-18 md:text-xl",
        isCompact ? "text-base max-md:min-h-18" : "min-h-21 text-lg",
      )}
    >
      {verdictOf(report).map(({ text, strong }) =>
        strong ? (
          <strong key={text} className="font-semibold text-ink-strong">
            {text}
          </strong>
        ) : (
          text
        ),
      )}
    </p>
  )
}

/** The verdict as one text, for a chart's description. */
export function verdictText(report: RunReport): string {
  return verdictOf(report)
    .map(({ text }) => text)
    .join("")
}

function number(text: string) {
  return { text, strong: true }
}

function piece(part: string | { text: string; strong: boolean }) {
  return typeof part === "string" ? { text: part, strong: false } : part
}
