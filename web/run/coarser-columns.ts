import { columnsBy, timeframesMs } from "#engine/candles"
import { barOf, type ChartColumns } from "./chart-columns.ts"
import type { ChartLine } from "./chart-lines.ts"

/** The same run in wider bars, for a second look beside the first. */
export function coarserColumns(columns: ChartColumns, barMs: number): ChartColumns {
  const groups = groupsOf(columns.openTimeMs, barMs)
  const last = ({ to }: Group, column: Float64Array) => column[to]
  const by = (column: Float64Array, pick: (group: Group, column: Float64Array) => number) =>
    Float64Array.from(groups, (group) => pick(group, column))
  const pick = {
    openTimeMs: ({ openTimeMs }: Group) => openTimeMs,
    open: ({ from }: Group, column: Float64Array) => column[from],
    high: (group: Group, column: Float64Array) => within(group, column).reduce((a, b) => Math.max(a, b)),
    low: (group: Group, column: Float64Array) => within(group, column).reduce((a, b) => Math.min(a, b)),
    close: last,
    volume: (group: Group, column: Float64Array) => within(group, column).reduce((a, b) => a + b, 0),
  }
  return {
    barMs,
    ...columnsBy((name) => by(columns[name], pick[name])),
    equity: by(columns.equity, last),
    holding: by(columns.holding, last),
    underwaterPercent: by(columns.underwaterPercent, pick.low),
  }
}

/** The strategy's series on wider bars: the last value within each. */
export function coarserLines(lines: readonly ChartLine[], { openTimeMs }: ChartColumns, barMs: number): ChartLine[] {
  const groups = groupsOf(openTimeMs, barMs)
  return lines.map((line) => ({ ...line, values: Float64Array.from(groups, ({ to }) => line.values[to]) }))
}

/** The timeframes a chart can be shown in beside its own. */
export function coarserTimeframes({ barMs, openTimeMs }: ChartColumns): (keyof typeof timeframesMs)[] {
  const spanMs = (openTimeMs.at(-1) ?? 0) - (openTimeMs[0] ?? 0)
  return (Object.keys(timeframesMs) as (keyof typeof timeframesMs)[]).filter(
    (name) =>
      timeframesMs[name] > barMs && timeframesMs[name] % barMs === 0 && spanMs / timeframesMs[name] >= LEAST_BARS,
  )
}

const LEAST_BARS = 20

type Group = { openTimeMs: number; from: number; to: number }

function groupsOf(openTimeMs: Float64Array, barMs: number): Group[] {
  const groups: Group[] = []
  openTimeMs.forEach((timeMs, bar) => {
    const start = barOf(timeMs, barMs)
    const group = groups.at(-1)
    if (group?.openTimeMs === start) group.to = bar
    else groups.push({ openTimeMs: start, from: bar, to: bar })
  })
  return groups
}

function within({ from, to }: Group, column: Float64Array): Float64Array {
  return column.subarray(from, to + 1)
}
