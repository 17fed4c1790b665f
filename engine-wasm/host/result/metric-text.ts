import { formatDuration } from "../candles/duration-format.ts"
import {
  formatMoney,
  formatNumber,
  formatPercent,
  formatSignedMoney,
  formatSignedPercent,
} from "../candles/number-format.ts"
import type { MetricDefinition } from "./metric-definition.ts"

/** The units of a run's numbers: its currency, and the format of moments. */
export type MetricWords = { currency: string | undefined; timeWords: (timeMs: number) => string }

/** A metric's value with its unit, as every screen and every report writes it; a gain carries a plus. */
export function metricText(
  { unit, signed }: Pick<MetricDefinition, "unit" | "signed">,
  value: number | string | null,
  { currency, timeWords }: MetricWords,
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
      return value === null ? formatNumber(null) : timeWords(value)
    case "duration":
      return value === null ? formatNumber(null) : formatDuration(value)
    case "days":
      return value === null ? formatNumber(null) : `${formatNumber(value, Number.isInteger(value) ? 0 : 1)} d`
    default:
      return formatNumber(value, unit === "count" ? 0 : 2)
  }
}
