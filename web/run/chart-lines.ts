import type { StrategySeriesAnswer } from "#engine/run"
import type { ChartColumns } from "./chart-columns.ts"

/** One of the strategy's own series, with a value for each bar of the chart; NaN while it is not ready. */
export type ChartLine = {
  name: string
  /** Lines of one group share a pane. */
  group: string
  pane: "price" | "own"
  values: Float64Array
}

/** Puts a strategy's series on the bars of its chart: a wide bar shows the last value within it. */
export function chartLines(answer: StrategySeriesAnswer, { openTimeMs, barMs }: ChartColumns): ChartLine[] {
  if (!answer.ok) return []
  return answer.series.map(({ name, group, isPrice, values }) => ({
    name,
    group,
    pane: isPrice ? "price" : "own",
    values: onBars(values, answer.openTimeMs, { openTimeMs, barMs }),
  }))
}

function onBars(
  values: Float64Array,
  timesMs: Float64Array,
  { openTimeMs, barMs }: Pick<ChartColumns, "openTimeMs" | "barMs">,
): Float64Array {
  let at = 0
  return openTimeMs.map((barTimeMs) => {
    let value = Number.NaN
    for (; at < timesMs.length && timesMs[at] < barTimeMs + barMs; at++)
      if (timesMs[at] >= barTimeMs) value = values[at]
    return value
  })
}
