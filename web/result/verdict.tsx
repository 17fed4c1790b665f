import { verdictOf, type VerdictPiece } from "#engine/result"
import { classNames } from "../ui/class-names.ts"
import type { RunReport } from "../run/run-report.ts"

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
      <VerdictPieces pieces={verdictOf(figuresOf(report))} />
    </p>
  )
}

/** The pieces of a verdict, its numbers to be seen at once. */
export function VerdictPieces({ pieces }: { pieces: readonly VerdictPiece[] }) {
  return pieces.map(({ text, strong }) =>
    strong ? (
      <strong key={text} className="font-semibold text-ink-strong">
        {text}
      </strong>
    ) : (
      text
    ),
  )
}

/** The verdict as one text, for a chart's description. */
export function verdictText(report: RunReport): string {
  return verdictOf(figuresOf(report))
    .map(({ text }) => text)
    .join("")
}

function figuresOf({ cash, holdingFinal, market: { currency }, metrics, trades }: RunReport) {
  return { ...metrics, cash, holdingFinal, currency, tradeCount: trades.length }
}
