import { metricDefinitions, type MetricKey } from "./metric-definitions.ts"
import type { Metrics } from "./metrics.ts"

/** Metrics as JSON can carry them: "Infinity" and "-Infinity" are those words. */
export type MetricsJson = Record<MetricKey, number | string | null>

/**
 * The metrics with Infinity written as the word "Infinity" (JSON has no such number and would make it null), in the
 * definitions' order.
 */
export function metricsToJson(metrics: Metrics): MetricsJson {
  return Object.fromEntries(metricDefinitions.map(({ key }) => [key, jsonValue(metrics[key])])) as MetricsJson
}

/** Metrics as JSON carried them, of whatever version: what is missing or no figure is null, and others are left out. */
export function metricsFromJson(written: Readonly<Record<string, unknown>>): Metrics {
  const values = metricDefinitions.map(({ key, unit }) => {
    const value = Object.hasOwn(written, key) ? written[key] : null
    return [key, unit === "text" ? textOf(value) : figureOf(value)]
  })
  return Object.fromEntries(values) as Metrics
}

function figureOf(value: unknown): number | null {
  if (value === "Infinity" || value === "-Infinity") return Number(value)
  return typeof value === "number" ? value : null
}

const MOST_TEXT_LETTERS = 500

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value.slice(0, MOST_TEXT_LETTERS) : null
}

function jsonValue(value: number | string | null): number | string | null {
  return value === Infinity || value === -Infinity ? String(value) : value
}

/** The metrics to show greyed, as "too few": those that need 30 trades or 30 days when the run has fewer. */
export function tooFew(metrics: Pick<Metrics, "tradeCount" | "days">): Set<MetricKey> {
  const few = { trades30: (metrics.tradeCount ?? 0) < 30, days30: (metrics.days ?? 0) < 30 }
  return new Set(metricDefinitions.filter(({ needs }) => needs !== undefined && few[needs]).map(({ key }) => key))
}
