import { inOrderOfTime, type RowsInOrder } from "../file/candle-blocks.ts"
import { CandleProblems, MOST_PROBLEMS, type CandleProblem } from "../file/candle-problems.ts"
import type { NumberedRows } from "../file/candle-reader.ts"
import { isoTime } from "../iso-time.ts"
import { priceDefect, volumeDefect } from "./candle-defect.ts"
import { durationInWords, gridStepMs } from "../candle-grid.ts"
import { holesOf, type Hole } from "./candle-holes.ts"
import { sameRow, type NumberedColumns } from "../file/candle-order.ts"
import { strayStretches } from "../local-clock.ts"
import { timeframeOf, type CandleTimeframe } from "../timeframe.ts"

/** What a look at a file of candles tells, good or bad. */
export type CandleCheck = {
  /** Rows of candles, readable or not. */
  rows: number
  /** Open times of the earliest and the latest candle, UTC ms; null without one. */
  fromMs: number | null
  toMs: number | null
  timeframe: CandleTimeframe | null
  /** Every stretch without candles, nights and weekends of markets with sessions included. */
  gaps: Hole[]
  /**
   * By row: the line of the file, header included, counted from 1; 0 speaks of the whole file. At most 1,000, the
   * last then telling how many more.
   */
  problems: CandleProblem[]
}

export type CandleCheckOptions = {
  /** Rows that could not be read at all. */
  unreadable?: CandleProblems
  /** The time it is, UTC ms: candles that open later are told. */
  nowMs?: number
}

const WICK_FACTOR = 2
const JUMP_FACTOR = 3

/**
 * Looks at rows that nobody has judged yet and reports instead of refusing: bad prices, disorder, repetition, spikes,
 * odd distances, no volume, gaps.
 */
export function checkCandles(
  rows: NumberedRows,
  { unreadable = new CandleProblems(), nowMs = Infinity }: CandleCheckOptions = {},
): CandleCheck {
  const ordered = inOrderOfTime(rows, rows)
  const numbered = ordered.ok ? ordered.numbered : rows
  const times = distinctTimes(numbered.columns.openTimeMs)
  const stepMs = times.length > 1 ? gridStepMs(times) : undefined
  const timeframe = stepMs === undefined ? undefined : timeframeOf(stepMs)
  const found = [
    ...orderProblems(ordered),
    ...wholeFileProblems(times.length, stepMs, timeframe),
    ...unreadable.first,
    ...rowProblems(numbered, nowMs),
    ...(stepMs === undefined ? [] : gridProblems(numbered, times, stepMs)),
    ...zeroVolumeProblem(numbered),
  ]
  return {
    rows: numbered.rowNumbers.length + unreadable.count,
    fromMs: times.at(0) ?? null,
    toMs: times.at(-1) ?? null,
    timeframe: timeframe ?? null,
    gaps: stepMs === undefined ? [] : holesOf({ openTimeMs: times, timeframeMs: stepMs }),
    problems: firstOf(
      found.toSorted((a, b) => a.row - b.row),
      unreadable.count - unreadable.first.length,
    ),
  }
}

/** Whether gaps are those of a market that closes: most of them hold a Saturday, a Sunday, or a night. */
export function looksLikeSessions({ gaps, rows }: Pick<CandleCheck, "gaps" | "rows">): boolean {
  const weekends = gaps.filter(({ afterMs, missing }) => missing <= 100 && new Date(afterMs).getUTCDay() >= 4)
  return gaps.length * 7 * 30 > rows && gaps.length > 10 && weekends.length > gaps.length * 0.6
}

function orderProblems(ordered: RowsInOrder): CandleProblem[] {
  if (!ordered.ok)
    return ordered.isOfTwoMarkets ? [{ row: ordered.row, what: ordered.because.replace(/^Row \d+: /, "") }] : []
  const parts = `its ${ordered.parts} parts are not in order of time; they are put in order when read.`
  return [
    ...(ordered.isTurned ? [{ row: 0, what: "the file is newest first; it is turned round when read." }] : []),
    ...(ordered.parts > 1 ? [{ row: 0, what: parts }] : []),
  ]
}

function distinctTimes(openTimeMs: Float64Array): Float64Array {
  return openTimeMs.toSorted().filter((time, index, sorted) => index === 0 || time !== sorted[index - 1])
}

function wholeFileProblems(
  count: number,
  stepMs: number | undefined,
  timeframe: CandleTimeframe | undefined,
): CandleProblem[] {
  if (timeframe !== undefined) return []
  const what =
    stepMs === undefined
      ? `there ${count === 0 ? "is no time that can be read" : "is only one time"}, so the timeframe is unknown.`
      : `the candles are ${durationInWords(stepMs)} apart, which is no timeframe we know.`
  return [{ row: 0, what }]
}

function rowProblems(numbered: NumberedColumns, nowMs: number): CandleProblem[] {
  const { columns, rowNumbers } = numbered
  const problems: CandleProblem[] = []
  let latest = -Infinity
  for (let index = 0; index < rowNumbers.length; index++) {
    const time = columns.openTimeMs[index]
    const price = priceDefect(columns, index)
    const defects = [
      price,
      volumeDefect(columns.volume[index]),
      orderDefect(numbered, index, latest),
      price === undefined ? wildDefect(numbered, index) : undefined,
    ]
    if (time > nowMs) defects.push(`the candle opens in the future (${isoTime(time)}).`)
    for (const what of defects) if (what !== undefined) problems.push({ row: rowNumbers[index], what })
    latest = Math.max(latest, time)
  }
  return problems
}

function orderDefect(numbered: NumberedColumns, index: number, latest: number): string | undefined {
  const { columns, rowNumbers } = numbered
  const time = columns.openTimeMs[index]
  if (time > latest) return undefined
  if (index === 0 || time !== columns.openTimeMs[index - 1])
    return `the time ${isoTime(time)} is out of order: a row above it is later or the same.`
  return sameRow(columns, index, index - 1)
    ? `it repeats row ${rowNumbers[index - 1]} word for word.`
    : `its time ${isoTime(time)} is also that of row ${rowNumbers[index - 1]}, with different values.`
}

function wildDefect({ columns, rowNumbers }: NumberedColumns, index: number): string | undefined {
  const { open, high, low, close } = columns
  const top = Math.max(open[index], close[index])
  const bottom = Math.min(open[index], close[index])
  if (low[index] * WICK_FACTOR < bottom)
    return `the low (${low[index]}) is less than half of open and close (${bottom} and above): a flash crash or a bad print.`
  if (high[index] > top * WICK_FACTOR)
    return `the high (${high[index]}) is more than twice open and close (${top} and below): a spike or a bad print.`
  const jump = index === 0 ? 1 : close[index] / close[index - 1]
  if (jump < JUMP_FACTOR && jump > 1 / JUMP_FACTOR) return undefined
  return Number.isFinite(jump)
    ? `the close (${close[index]}) is ${factorInWords(jump)} that of row ${rowNumbers[index - 1]} (${close[index - 1]}).`
    : undefined
}

function factorInWords(jump: number): string {
  return jump > 1 ? `${Number(jump.toPrecision(3))} times` : `1/${Number((1 / jump).toPrecision(3))} of`
}

function gridProblems({ columns, rowNumbers }: NumberedColumns, times: Float64Array, stepMs: number): CandleProblem[] {
  const strays = strayStretches(times, stepMs)
  const problems: CandleProblem[] = []
  if (strays.length === 0) return problems
  columns.openTimeMs.forEach((time, index) => {
    if (isWithin(strays, time))
      problems.push({
        row: rowNumbers[index],
        what: `the candle opens at ${isoTime(time)}, off the grid of ${durationInWords(stepMs)} the others keep.`,
      })
  })
  return problems
}

/** Whether a time lies in one of the stretches, which are in order and apart. */
function isWithin(stretches: { fromMs: number; toMs: number }[], timeMs: number): boolean {
  let [low, high] = [0, stretches.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (stretches[middle].toMs < timeMs) low = middle + 1
    else high = middle
  }
  return low < stretches.length && stretches[low].fromMs <= timeMs
}

function zeroVolumeProblem({ columns, rowNumbers }: NumberedColumns): CandleProblem[] {
  const first = columns.volume.indexOf(0)
  if (first < 0) return []
  const count = columns.volume.reduce((sum, volume) => sum + (volume === 0 ? 1 : 0), 0)
  const what =
    count === 1
      ? "nobody traded in this candle (volume 0)."
      : `nobody traded in this and ${count - 1} further candles (volume 0).`
  return [{ row: rowNumbers[first], what }]
}

function firstOf(problems: CandleProblem[], untold: number): CandleProblem[] {
  if (problems.length <= MOST_PROBLEMS && untold === 0) return problems
  const more = problems.length + untold - MOST_PROBLEMS + 1
  return [
    ...problems.slice(0, MOST_PROBLEMS - 1),
    { row: problems[MOST_PROBLEMS - 1].row, what: `${more} more problems from here on.` },
  ]
}
