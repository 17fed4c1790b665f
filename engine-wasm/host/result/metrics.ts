import type { MetricKey, TextMetricKey } from "./metric-definitions.ts"
import { daysOf, equityMetrics } from "./metric-equity.ts"
import { tradeMetrics } from "./metric-trades.ts"
import type { RunRecord } from "./run-record.ts"

/** The metrics of a run. Undefined meanings (no loss, too few trades) are Infinity or null, never 0. */
export type Metrics = { [Key in MetricKey]: Key extends TextMetricKey ? string | null : number | null }

/** Every metric of a run; what each means is in metricDefinitions. */
export function metricsOf(run: RunRecord): Metrics {
  return { ...equityMetrics(run), ...tradeMetrics(run, daysOf(run)) }
}
