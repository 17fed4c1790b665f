import { Button } from "./button.tsx"

type ProgressProps = { label: string; done: number; total: number; onCancel?: () => void }

/** The progress of something, with a way to cancel. A total of 0 means it is not known yet. */
export function Progress({ label, done, total, onCancel }: ProgressProps) {
  const percent = total > 0 ? Math.min(100, (100 * done) / total) : 0
  return (
    <div className="flex items-center gap-3">
      <div className="flex min-w-0 grow flex-col gap-1">
        <div className="flex justify-between gap-2 text-sm text-ink-soft">
          <span className="truncate">{label}</span>
          <span aria-hidden>{total > 0 && `${Math.floor(percent)}\u202f%`}</span>
        </div>
        <div
          role="progressbar"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          className="h-1 overflow-hidden rounded-full bg-surface-3"
        >
          <div className="h-full rounded-full bg-accent-fill" style={{ width: `${percent}%` }} />
        </div>
      </div>
      {onCancel && <Button onClick={onCancel}>Cancel</Button>}
    </div>
  )
}
