import type { HistoryState, LiveCandle, LiveNote } from "#engine/candles"
import type { LivePicture } from "../chart/index.ts"
import type { ChartUpdate, Indicator, IndicatorValues } from "./chart-update.ts"

/** The contents of the screen's chart. Another object after each change; the candles within are the same ones. */
export type BoardChart = Omit<LivePicture, "closed" | "open"> & {
  id: number
  closed: LiveCandle[]
  open: LiveCandle[]
  problems: FormulaProblem[]
  notes: readonly LiveNote[]
  history: HistoryState
  heardAtMs: number
}
export type FormulaProblem = Extract<IndicatorValues, { problem: string }>

/** The chart with its news added. */
export function chartAfter(before: BoardChart | undefined, update: ChartUpdate, indicators: Indicator[]): BoardChart {
  const { id, from, open, notes, history, heardAtMs, cameAtMs } = update
  const isOther = from === 0 || before?.id !== id
  const drawn = update.indicators.filter((each) => "closed" in each)
  const lines = drawn.map(({ formula, closed, open: forming }, n) => {
    const known = isOther ? [] : before.lines[n].closed
    const pane = indicators.find((each) => each.formula === formula)?.pane ?? "price"
    return { formula, pane, closed: appended(known, closed), open: forming }
  })
  const problems = update.indicators.filter((each) => "problem" in each)
  const closed = appended(isOther ? [] : before.closed, update.closed)
  return {
    id,
    epoch: isOther ? (before?.epoch ?? 0) + 1 : before.epoch,
    closed,
    open,
    lines,
    problems,
    notes,
    history,
    heardAtMs,
    cameAtMs,
  }
}

/** The same list, longer: we must not copy a day of candles with every tick. */
function appended<Item>(known: Item[], news: Item[]): Item[] {
  known.push(...news)
  return known
}
