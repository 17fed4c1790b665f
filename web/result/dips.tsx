import type { Drawdown } from "#engine/result"
import { type TimeZone, formatDate, formatDuration } from "../ui/date-format.ts"
import { formatMoney, formatPercent } from "../ui/number-format.ts"

/** The deepest falls of the money: how deep, since when, and how long until they were made good. */
export function Dips({ dips, currency, zone }: { dips: Drawdown[]; currency: string; zone: TimeZone }) {
  if (dips.length === 0) return <p className="text-ink-soft">The money never stood below where it had been.</p>
  return (
    <ol className="border-b border-line">
      {dips.map(({ percent, money, startMs, bottomMs, recoveryMs, underwaterMs }) => (
        <li key={startMs} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-t border-line py-2">
          <span className="w-20 font-medium text-loss">−{formatPercent(percent)}</span>
          <span className="w-24">−{formatMoney(money, currency)}</span>
          <span className="text-ink-soft">
            {formatDate(startMs, zone)} to {formatDate(bottomMs, zone)},{" "}
            {recoveryMs === null
              ? `not made good after ${formatDuration(underwaterMs)}`
              : `made good on ${formatDate(recoveryMs, zone)}, after ${formatDuration(underwaterMs)}`}
          </span>
        </li>
      ))}
    </ol>
  )
}
