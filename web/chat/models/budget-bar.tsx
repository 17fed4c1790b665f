import { dollarsText } from "#models"

type BudgetBarProps = { title: string; spentMicroDollars: number; limitMicroDollars: number | null }

/** What was spent of a limit. */
export function BudgetBar({ title, spentMicroDollars, limitMicroDollars }: BudgetBarProps) {
  const share = limitMicroDollars
    ? Math.min(1, spentMicroDollars / limitMicroDollars)
    : limitMicroDollars === null
      ? 0
      : 1
  const words = `${dollarsText(spentMicroDollars)} of ${limitMicroDollars === null ? "no limit" : dollarsText(limitMicroDollars)}`
  return (
    <div className="flex flex-col gap-1">
      <p className="flex justify-between gap-2 text-sm">
        <span className="text-ink-soft">{title}</span>
        <span className="text-ink-strong">{words}</span>
      </p>
      <div
        role="meter"
        aria-label={`Spent, ${title.toLowerCase()}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * share)}
        aria-valuetext={words}
        className="h-1.5 overflow-hidden rounded-full bg-surface-3"
      >
        <div
          className={`h-full rounded-full ${share >= 0.8 ? "bg-warn" : "bg-accent-fill"}`}
          style={{ width: `${100 * share}%` }}
        />
      </div>
    </div>
  )
}
