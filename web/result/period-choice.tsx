import type { RunSetup } from "../run/run-setup.ts"
import type { Days } from "../ui/date-format.ts"
import { Select } from "../ui/select.tsx"

type PeriodChoiceProps = {
  setup: RunSetup
  /** The range of the market's candles, if known; `toMs` opens the last one. */
  fromMs: number | undefined
  toMs: number | undefined
  days: Days
  onChange: (change: Partial<RunSetup>) => void
}

const presets = [3, 6, 12]

/** The usual periods in one press: the last months up to the market's last candle, or all. */
export function PeriodChoice({ setup, fromMs, toMs, days, onChange }: PeriodChoiceProps) {
  const starts = presets.map((months) => ({
    months,
    startMs: toMs === undefined ? undefined : days.startOf(monthsBefore(days.dayOf(toMs), months)),
  }))
  const possible = starts.filter(({ startMs }) => startMs !== undefined && fromMs !== undefined && startMs > fromMs)
  const isToEnd = setup.toMs === undefined
  const chosen = possible.find(({ startMs }) => isToEnd && startMs === setup.fromMs)
  const isAll = isToEnd && setup.fromMs === undefined
  const isOwn = !chosen && !isAll
  return (
    <Select
      label="Period"
      value={chosen ? `${chosen.months}` : isAll ? "all" : "own"}
      choices={[
        { value: "all", label: "All of it" },
        ...possible.map(({ months }) => ({ value: `${months}`, label: `Last ${months} months` })),
        ...(isOwn ? [{ value: "own", label: "From and to below" }] : []),
      ]}
      onChange={(value) => {
        if (value === "own") return
        const startMs = possible.find(({ months }) => `${months}` === value)?.startMs
        onChange({ fromMs: startMs, toMs: undefined })
      }}
    />
  )
}

/** The same day so many months before a "2024-03-31", or the last one of that month. */
export function monthsBefore(day: string, months: number): string {
  const [year, month, date] = day.split("-").map(Number)
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate()
  const found = new Date(Date.UTC(year, month - 1 - months, Math.min(date, last)))
  return found.toISOString().slice(0, 10)
}
