/** "points" are percentage points, "time" is a moment (UTC ms), "duration" a length (ms), "money" and "price" are in the quote currency. */
export type MetricUnit = "percent" | "points" | "money" | "ratio" | "count" | "days" | "time" | "duration" | "text"

export type MetricGroup = "basics" | "return" | "risk" | "trades" | "time" | "costs"

/** One metric as data: what the app, the command line and the report show and explain. */
export type MetricDefinition = {
  key: string
  label: string
  /** One sentence for a beginner. */
  short: string
  /** Exact enough to compute it again. */
  definition: string
  unit: MetricUnit
  better: "higher" | "lower" | "neither"
  group: MetricGroup
  /** A gain or a loss: positive values show a plus. */
  signed?: true
  /** Says little below 30 trades, or below 30 days: shown greyed. */
  needs?: "trades30" | "days30"
}
