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
  const places = placesOf(answer.openTimeMs, { openTimeMs, barMs })
  return answer.series.map(({ name, group, isPrice, values }) => ({
    name,
    group,
    pane: isPrice ? "price" : "own",
    values: at(values, places),
  }))
}

/** The last of the times within each bar; -1 where there is none. */
function placesOf(
  timesMs: Float64Array,
  { openTimeMs, barMs }: Pick<ChartColumns, "openTimeMs" | "barMs">,
): Int32Array {
  const places = new Int32Array(openTimeMs.length)
  let next = 0
  for (let bar = 0; bar < places.length; bar++) {
    const endMs = openTimeMs[bar] + barMs
    while (next < timesMs.length && timesMs[next] < endMs) next++
    places[bar] = next > 0 && timesMs[next - 1] >= openTimeMs[bar] ? next - 1 : -1
  }
  return places
}

function at(values: Float64Array, places: Int32Array): Float64Array {
  const picked = new Float64Array(places.length)
  for (let bar = 0; bar < places.length; bar++) picked[bar] = places[bar] < 0 ? Number.NaN : values[places[bar]]
  return picked
}
