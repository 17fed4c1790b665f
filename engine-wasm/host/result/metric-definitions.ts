import type { MetricDefinition } from "./metric-definition.ts"
import { basicMetrics } from "./metric-definitions-basics.ts"
import { returnMetrics } from "./metric-definitions-return.ts"
import { riskMetrics } from "./metric-definitions-risk.ts"
import { costMetrics, timeMetrics } from "./metric-definitions-time-and-costs.ts"
import { tradeMetrics } from "./metric-definitions-trades.ts"

const definitions = [
  ...basicMetrics,
  ...returnMetrics,
  ...riskMetrics,
  ...tradeMetrics,
  ...timeMetrics,
  ...costMetrics,
] as const

export type MetricKey = (typeof definitions)[number]["key"]
/** The keys of metrics that are words, not numbers. */
export type TextMetricKey = Extract<(typeof definitions)[number], { unit: "text" }>["key"]

/**
 * Every metric, in display order: the one place the app, the command line and the report read. In JSON, "Infinity"
 * and "-Infinity" are written as those words and null means "no meaning here" (see metricsToJson).
 */
export const metricDefinitions: readonly (MetricDefinition & { key: MetricKey })[] = definitions
