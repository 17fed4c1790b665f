import { ChevronLeft, ChevronRight } from "lucide-react"
import { IconButton } from "../ui/button.tsx"
import { type TimeZone, formatCandle } from "../ui/date-format.ts"
import { formatNumber, formatSignedPercent } from "../ui/number-format.ts"
import type { TradeMark } from "./trade-marker.ts"

type TradeWalkProps<T extends TradeMark> = {
  trades: readonly T[]
  selected: T | undefined
  onSelect: (trade: T | undefined) => void
  reasonOf: (trade: T) => string
  timeframeMs: number
  zone: TimeZone
}

/** Steps from trade to trade, whatever part of the list is in view. */
export function TradeWalk<T extends TradeMark>(props: TradeWalkProps<T>) {
  const { trades, selected, onSelect, reasonOf, timeframeMs, zone } = props
  const at = selected ? trades.indexOf(selected) : -1
  const go = (to: number) => onSelect(trades[Math.max(0, Math.min(trades.length - 1, to))])
  return (
    <div className="flex min-h-10 min-w-0 items-center gap-1 text-sm md:min-h-8">
      <IconButton label="Trade before" disabled={at === 0} onClick={() => go(at < 0 ? trades.length - 1 : at - 1)}>
        <ChevronLeft aria-hidden className="size-4" />
      </IconButton>
      <IconButton label="Next trade" disabled={at === trades.length - 1} onClick={() => go(at + 1)}>
        <ChevronRight aria-hidden className="size-4" />
      </IconButton>
      <p aria-live="polite" className="min-w-0 truncate text-ink-soft">
        {selected ? (
          <>
            <span className="font-medium text-ink-strong">
              Trade {formatNumber(at + 1)} of {formatNumber(trades.length)}
            </span>{" "}
            <span className={selected.profit >= 0 ? "text-gain" : "text-loss"}>
              {formatSignedPercent(selected.profitPercent)}
            </span>{" "}
            {formatCandle(selected.entryTimeMs, timeframeMs, zone)} to{" "}
            {formatCandle(selected.exitTimeMs, timeframeMs, zone)}, {reasonOf(selected)}
          </>
        ) : (
          `${formatNumber(trades.length)} ${trades.length === 1 ? "trade" : "trades"}`
        )}
      </p>
    </div>
  )
}
