import type { Drawdown } from "#engine/result"
import { type TimeZone, formatCandleDay, formatDuration } from "../ui/date-format.ts"
import { WhatIsThis } from "../what-is-this.tsx"
import { formatMoney, formatPercent } from "../ui/number-format.ts"

type DipsProps = {
  dips: Drawdown[]
  currency: string | undefined
  /** Of the strategy, whose candles the dips are measured on. */
  timeframeMs: number
  zone: TimeZone
}

/** The deepest falls of the money: how deep, since when, and how long until they recovered. */
export function Dips({ dips, currency, timeframeMs, zone }: DipsProps) {
  if (dips.length === 0) return <p className="text-ink-soft">The money never stood below where it had been.</p>
  const day = (timeMs: number) => formatCandleDay(timeMs, timeframeMs, zone)
  return (
    <div className="flex flex-col gap-1">
      <p className="flex items-center gap-1 text-ink-soft">
        The deepest falls of the money <WhatIsThis term="dips" />
      </p>
      <ol className="border-b border-line">
        {dips.map(({ percent, money, startMs, bottomMs, recoveryMs, underwaterMs }) => (
          <li key={startMs} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-t border-line py-2">
            <span className="w-20 font-medium text-loss">−{formatPercent(percent)}</span>
            <span className="w-24">−{formatMoney(money, currency)}</span>
            <span className="text-ink-soft">
              {day(startMs)} to {day(bottomMs)},{" "}
              {recoveryMs === null
                ? `not recovered after ${formatDuration(underwaterMs)}`
                : `recovered on ${day(recoveryMs)}, after ${formatDuration(underwaterMs)}`}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}
