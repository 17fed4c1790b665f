import { useState } from "react"
import { type Timeframe, timeframesMs } from "#engine/candles"
import { formatCandle } from "../ui/date-format.ts"
import { formatPrice, formatQuantity } from "../ui/number-format.ts"
import { usePreferences } from "../settings/index.ts"
import type { BoardChart } from "./board-chart.ts"

const ROWS = 30

/** The newest closed candles as numbers, for those who cannot or would rather not read the picture. */
export function LiveTable({
  chart,
  timeframe,
  decimals,
}: {
  chart: BoardChart
  timeframe: Timeframe
  decimals: number
}) {
  const [open, setOpen] = useState(false)
  const { timeZone } = usePreferences()
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="inline-flex min-h-6 w-fit items-center text-sm text-ink-soft underline decoration-dotted underline-offset-4 hover:text-ink-strong">
        The chart as a table
      </summary>
      {open && (
        // Wide numbers scroll here, not the whole page.
        <div tabIndex={0} role="region" aria-label="Closed candles" className="mt-2 overflow-x-auto">
          <table className="w-full max-w-180 text-right text-sm">
            <thead>
              <tr className="text-ink-soft">
                {["Opened", "Open", "High", "Low", "Close", "Volume"].map((name) => (
                  <th key={name} className="px-1 py-1 font-medium first:text-left">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {chart.closed
                .slice(-ROWS)
                .toReversed()
                .map((candle) => (
                  <tr
                    key={candle.openTimeMs}
                    data-open-time={candle.openTimeMs}
                    className="border-t border-line whitespace-nowrap"
                  >
                    <td className="py-1 text-left">
                      {formatCandle(candle.openTimeMs, timeframesMs[timeframe], timeZone)}
                    </td>
                    {[candle.open, candle.high, candle.low, candle.close].map((price, n) => (
                      <td key={n} className="px-1">
                        {formatPrice(price, decimals)}
                      </td>
                    ))}
                    <td className="pl-1">{formatQuantity(candle.volume)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  )
}
