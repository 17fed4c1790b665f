import { useState } from "react"
import { type TimeZone, formatDate } from "../ui/date-format.ts"
import { formatMoney, formatPercent } from "../ui/number-format.ts"
import type { ChartColumns } from "../chart-columns.ts"

const ROWS = 24

/** The chart's curves as some two dozen rows of numbers, for those who cannot or would rather not read the picture. */
export function CurveTable({ columns, currency, zone }: { columns: ChartColumns; currency: string; zone: TimeZone }) {
  const [open, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="inline-flex min-h-6 w-fit items-center underline decoration-dotted underline-offset-4 hover:text-ink-strong">The chart as a table</summary>
      {open && (
        <table className="mt-2 w-full max-w-160 text-right">
          <thead>
            <tr className="text-ink-soft">
              <th className="py-1 text-left font-medium">At</th>
              <th className="font-medium">Your money</th>
              <th className="font-medium">Just holding</th>
              <th className="font-medium">Below the peak</th>
            </tr>
          </thead>
          <tbody>
            {evenly(columns.equity.length, ROWS).map((bar) => (
              <tr key={bar} className="border-t border-line">
                <td className="py-1 text-left">{formatDate(columns.openTimeMs[bar], zone)}</td>
                <td>{formatMoney(columns.equity[bar], currency)}</td>
                <td>{formatMoney(columns.holding[bar], currency)}</td>
                <td>{formatPercent(columns.underwaterPercent[bar])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  )
}

/** At most `count` places spread over `length`, the last one always among them. */
function evenly(length: number, count: number): number[] {
  const shown = Math.min(length, count)
  return Array.from({ length: shown }, (_, at) => Math.round(((at + 1) * length) / shown) - 1)
}
