import type { MetricUnit } from "#engine/result"
import { formatMoney, formatNumber, formatPercent, formatShort, HOUR_MS, isoTime } from "#engine/candles"

/** A metric as a person reads it, with its unit; "–" where it has no meaning. */
export function metricInWords(value: number | string | null, unit: MetricUnit): string {
  if (value === null || typeof value === "string") return value ?? "–"
  if (unit === "time") return isoTime(value)
  if (unit === "duration") return durationInWords(value)
  if (unit === "percent") return typed(formatPercent(value, 2))
  if (unit === "points") return typed(`${formatNumber(value, 2)} points`)
  if (unit === "days") return `${formatShort(Number(value.toFixed(1)))} days`
  return typed(unit === "money" ? formatMoney(value, undefined) : formatShort(Number(value.toPrecision(4))))
}

/** The yearly growth in a table: no number where the run is too short for one. */
export function figureInWords(key: string, value: number | string | null, unit: MetricUnit): string {
  return key === "cagrPercent" && value === null ? "too few days" : metricInWords(value, unit)
}

/** Uses the minus and the space of a keyboard: people search and copy terminal text. */
function typed(text: string): string {
  return text.replaceAll("\u2212", "-").replaceAll("\u202f", " ")
}

function durationInWords(lengthMs: number): string {
  const hours = lengthMs / HOUR_MS
  return hours < 48 ? `${Number(hours.toFixed(1))} h` : `${Number((hours / 24).toFixed(1))} days`
}
