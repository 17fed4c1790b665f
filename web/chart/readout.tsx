import { type TimeZone, formatCandle } from "../ui/date-format.ts"
import { formatMoney, formatPercent, formatPrice } from "../ui/number-format.ts"
import type { ChartColumns } from "../run/chart-columns.ts"
import type { Pane } from "./plot.ts"

type ReadoutProps = {
  columns: ChartColumns
  bar: number | undefined
  panes: Pane[]
  priceDecimals: number
  currency: string | undefined
  zone: TimeZone
}

/**
 * The numbers under the crosshair, or at the end of the run while nothing is pointed at; also what the lines' colours
 * mean.
 */
export function Readout({ columns, bar, panes, priceDecimals, currency, zone }: ReadoutProps) {
  const at = bar ?? columns.close.length - 1
  const price = (column: Float64Array) => formatPrice(column[at], priceDecimals)
  return (
    <div
      aria-live={bar === undefined ? "off" : "polite"}
      className="flex min-h-10 flex-wrap items-end gap-x-4 text-xs text-ink-soft"
    >
      <span className="font-medium text-ink">{formatCandle(columns.openTimeMs[at], columns.barMs, zone)}</span>
      {panes.includes("price") && (
        <span className="max-sm:hidden">
          Open {price(columns.open)} · High {price(columns.high)} · Low {price(columns.low)} · Close{" "}
          {price(columns.close)}
        </span>
      )}
      {panes.includes("price") && <span className="sm:hidden">Close {price(columns.close)}</span>}
      {panes.includes("equity") && (
        <>
          <span>
            <span aria-hidden className="mr-1 inline-block h-0.5 w-3 bg-accent align-middle" />
            Your money {formatMoney(columns.equity[at], currency)}
          </span>
          <span>
            <span aria-hidden className="mr-1 inline-block w-3 border-t border-dashed border-ink-faint align-middle" />
            Just holding {formatMoney(columns.holding[at], currency)}
          </span>
        </>
      )}
      {panes.includes("underwater") && <span>Below the peak {formatPercent(columns.underwaterPercent[at])}</span>}
    </div>
  )
}
