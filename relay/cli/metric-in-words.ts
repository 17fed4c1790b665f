import type { MetricUnit } from "#engine/result"
import { HOUR_MS } from "#engine/candles"

/** A metric as a person reads it, with its unit; "–" where it has no meaning. */
export function metricInWords(value: number | string | null, unit: MetricUnit): string {
  if (value === null || typeof value === "string") return value ?? "–"
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "-∞"
  if (unit === "time") return new Date(value).toISOString().slice(0, 16).replace("T", " ")
  if (unit === "duration") return durationInWords(value)
  if (unit === "percent") return `${value.toFixed(2)} %`
  if (unit === "days") return `${Number(value.toFixed(1))} days`
  return unit === "money" ? value.toFixed(2) : String(Number(value.toPrecision(4)))
}

function durationInWords(lengthMs: number): string {
  const hours = lengthMs / HOUR_MS
  return hours < 48 ? `${Number(hours.toFixed(1))} h` : `${Number((hours / 24).toFixed(1))} days`
}
