import { useState } from "react"
import { type TimeZone, formatCandleDay } from "../ui/date-format.ts"
import { formatMoney, formatPercent, formatPrice } from "../ui/number-format.ts"
import type { ChartColumns } from "../run/chart-columns.ts"
import type { Pane } from "./run-plot.ts"

const ROWS = 24

type CurveTableProps = {
  columns: ChartColumns
  panes: Pane[]
  priceDecimals: number
  currency: string | undefined
  zone: TimeZone
}

/**
 * The chart's curves, or its prices where there is no money in it, as some two dozen rows of numbers, for those who
 * cannot or would rather not read the picture.
 */
export function CurveTable({ columns, panes, priceDecimals, currency, zone }: CurveTableProps) {
  const [open, setOpen] = useState(false)
  const cells = panes.includes("equity") ? moneyCells(columns, currency) : priceCells(columns, priceDecimals)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="inline-flex min-h-6 w-fit items-center underline decoration-dotted underline-offset-4 hover:text-ink-strong">
        The chart as a table
      </summary>
      {open && (
        <table className="mt-2 w-full max-w-160 text-right">
          <thead>
            <tr className="text-ink-soft">
              <th className="py-1 text-left font-medium">At</th>
              {cells.map(({ name }) => (
                <th key={name} className="font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {evenly(columns.openTimeMs.length, ROWS).map((bar) => (
              <tr key={bar} className="border-t border-line">
                <td className="py-1 text-left">{formatCandleDay(columns.openTimeMs[bar], columns.barMs, zone)}</td>
                {cells.map(({ name, at }) => (
                  <td key={name}>{at(bar)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  )
}

type Cell = { name: string; at: (bar: number) => string }

function moneyCells({ equity, holding, underwaterPercent }: ChartColumns, currency: string | undefined): Cell[] {
  return [
    { name: "Your money", at: (bar) => formatMoney(equity[bar], currency) },
    { name: "Just holding", at: (bar) => formatMoney(holding[bar], currency) },
    { name: "Below the peak", at: (bar) => formatPercent(underwaterPercent[bar]) },
  ]
}

function priceCells({ open, high, low, close }: ChartColumns, priceDecimals: number): Cell[] {
  const columns = { Open: open, High: high, Low: low, Close: close }
  return Object.entries(columns).map(([name, column]) => ({
    name,
    at: (bar) => formatPrice(column[bar], priceDecimals),
  }))
}

/** At most `count` places spread over `length`, the last one always among them. */
function evenly(length: number, count: number): number[] {
  const shown = Math.min(length, count)
  return Array.from({ length: shown }, (_, at) => Math.round(((at + 1) * length) / shown) - 1)
}
