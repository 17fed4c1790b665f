import type { MetricDefinition } from "#engine/result"
import { type TimeZone, formatCandle, formatDuration } from "../ui/date-format.ts"
import {
  formatMoney,
  formatNumber,
  formatPercent,
  formatSignedMoney,
  formatSignedPercent,
} from "../ui/number-format.ts"

/** What a run's numbers are told in: its currency, its strategy's candles, and whose clock. */
export type MetricSurroundings = { currency: string | undefined; timeframeMs: number; zone: TimeZone }

/** A metric's value with its unit, as every screen writes it; a gain carries a plus. */
export function metricText(
  { unit, signed }: MetricDefinition,
  value: number | string | null,
  { currency, timeframeMs, zone }: MetricSurroundings,
): string {
  if (typeof value === "string") return value
  switch (unit) {
    case "money":
      return (signed ? formatSignedMoney : formatMoney)(value, currency)
    case "percent":
      return (signed ? formatSignedPercent : formatPercent)(value, 2)
    case "points":
      return value === null ? formatNumber(null) : `${value > 0 ? "+" : ""}${formatNumber(value, 2)} points`
    case "time":
      return formatCandle(value, timeframeMs, zone)
    case "duration":
      return value === null ? formatNumber(null) : formatDuration(value)
    case "days":
      return value === null ? formatNumber(null) : `${formatNumber(value, Number.isInteger(value) ? 0 : 1)} d`
    default:
      return formatNumber(value, unit === "count" ? 0 : 2)
  }
}
