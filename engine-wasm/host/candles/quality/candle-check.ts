import { inOrderOfTime, type RowsInOrder } from "../file/candle-blocks.ts"
import { CandleProblems, MOST_PROBLEMS, type CandleProblem } from "../file/candle-problems.ts"
import type { NumberedRows } from "../file/candle-reader.ts"
import { isoTime } from "../iso-time.ts"
import { isPriceGood, isVolumeGood, priceDefect, volumeDefect } from "./candle-defect.ts"
import { durationInWords, gridStepMs } from "../candle-grid.ts"
import { gapsFound, type CandleGaps } from "./candle-holes.ts"
import { sameRow, type NumberedColumns } from "../file/candle-order.ts"
import { strayStretches } from "../local-clock.ts"
import { joinedTimeframes } from "../file/joined-timeframes.ts"
import type { CandleColumns, CandleRefusal } from "../candles.ts"
import { timeframeOf, type CandleTimeframe } from "../timeframe.ts"

/** The result of checking a file of candles, good or bad. `gaps`: nights and weekends of markets with sessions too. */
export type CandleCheck = CandleGaps & {
  /** Rows of candles, readable or not. */
  rows: number
  /** Open times of the earliest and the latest candle, UTC ms; null without one. */
  fromMs: number | null
  toMs: number | null
  timeframe: CandleTimeframe | null
  /**
   * By row: the line of the file, header included, counted from 1; 0 is the whole file. At most 1,000; the last then
   * says how many more.
   */
  problems: CandleProblem[]
}

export type CandleCheckOptions = {
  /** Unreadable rows. */
  unreadable?: CandleProblems
  /** The present time, UTC ms: candles that open later are reported. */
  nowMs?: number
}

const WICK_FACTOR = 2
const JUMP_FACTOR = 3

/**
 * Checks unjudged rows and reports instead of refusing: bad prices, disorder, repetition, spikes, odd distances, no
 * volume, gaps. Takes the rows over: a large file has no room for a second set.
 */
export function checkCandles(
  rows: NumberedRows,
  { unreadable = new CandleProblems(), nowMs = Infinity }: CandleCheckOptions = {},
): CandleCheck {
  const timeframes = joinedTimeframes(rows)
  const ordered = inOrderOfTime(rows, rows)
  const numbered = ordered.ok ? ordered.numbered : rows
  const found = [
    unreadable,
    orderProblems(ordered, timeframes),
    rowProblems(numbered, nowMs),
    zeroVolumeProblem(numbered),
  ]
  const times = distinctTimes(numbered)
  const stepMs = times.length > 1 ? gridStepMs(times) : undefined
  const timeframe = stepMs === undefined ? undefined : timeframeOf(stepMs)
  found.push(wholeFileProblems(times.length, stepMs, timeframe))
  if (stepMs !== undefined) found.push(gridProblems(numbered, times, stepMs))
  return {
    rows: numbered.rowNumbers.length + unreadable.count,
    fromMs: times.at(0) ?? null,
    toMs: times.at(-1) ?? null,
    timeframe: timeframe ?? null,
    ...gapsFound({ openTimeMs: times, timeframeMs: stepMs ?? Infinity }),
    problems: firstOf(found),
  }
}

/** Whether gaps are those of a market that closes: most of them contain a Saturday, a Sunday, or a night. */
export function looksLikeSessions({ gaps, rows }: Pick<CandleCheck, "gaps" | "rows">): boolean {
  const weekends = gaps.filter(({ afterMs, missing }) => missing <= 100 && new Date(afterMs).getUTCDay() >= 4)
  return gaps.length * 7 * 30 > rows && gaps.length > 10 && weekends.length > gaps.length * 0.6
}

function orderProblems(ordered: RowsInOrder, timeframes: CandleRefusal | undefined): CandleProblems {
  const problems = new CandleProblems()
  const note = ({ row, because }: CandleRefusal) => problems.add(row, because.replace(/^Row \d+: /, ""))
  if (timeframes) note(timeframes)
  if (!ordered.ok) {
    if (ordered.isOfTwoMarkets) note(ordered)
    return problems
  }
  if (ordered.isTurned) problems.add(0, "the file is newest first; its rows are reversed when read.")
  if (ordered.parts > 1)
    problems.add(0, `its ${ordered.parts} parts are not in order of time; they are sorted when read.`)
  return problems
}

/** The times in order, each once. If they need sorting they reuse the volume's memory: no check reads it again. */
function distinctTimes({ columns: { openTimeMs, volume } }: NumberedColumns): Float64Array {
  if (openTimeMs.every((time, index) => index === 0 || time > openTimeMs[index - 1])) return openTimeMs
  volume.set(openTimeMs)
  volume.sort()
  let count = 0
  for (const time of volume) if (count === 0 || time !== volume[count - 1]) volume[count++] = time
  return volume.subarray(0, count)
}

function wholeFileProblems(
  count: number,
  stepMs: number | undefined,
  timeframe: CandleTimeframe | undefined,
): CandleProblems {
  const problems = new CandleProblems()
  if (stepMs === undefined)
    problems.add(
      0,
      `there ${count === 0 ? "is no time that can be read" : "is only one time"}, so the timeframe is unknown.`,
    )
  else if (timeframe === undefined)
    problems.add(0, `the candles are ${durationInWords(stepMs)} apart, which is not a timeframe we support.`)
  return problems
}

function rowProblems(numbered: NumberedColumns, nowMs: number): CandleProblems {
  const { columns, rowNumbers } = numbered
  const { openTimeMs, volume } = columns
  const problems = new CandleProblems()
  let latest = -Infinity
  for (let index = 0; index < rowNumbers.length; index++) {
    const [row, time] = [rowNumbers[index], openTimeMs[index]]
    const goodPrice = isPriceGood(columns, index)
    if (!goodPrice) problems.addLater(row, () => priceDefect(columns, index)!)
    if (!isVolumeGood(volume[index])) problems.addLater(row, () => volumeDefect(volume[index])!)
    if (time <= latest) problems.addLater(row, () => orderDefect(numbered, index))
    const wild = goodPrice ? wildOf(columns, index) : undefined
    if (wild !== undefined) problems.addLater(row, () => wildWords[wild](numbered, index))
    if (time > nowMs) problems.addLater(row, () => `the candle opens in the future (${isoTime(time)}).`)
    latest = Math.max(latest, time)
  }
  return problems.settled()
}

function orderDefect({ columns, rowNumbers }: NumberedColumns, index: number): string {
  const time = columns.openTimeMs[index]
  if (index === 0 || time !== columns.openTimeMs[index - 1])
    return `the time ${isoTime(time)} is out of order: a row above it is later or the same.`
  return sameRow(columns, index, index - 1)
    ? `it repeats row ${rowNumbers[index - 1]} word for word.`
    : `its time ${isoTime(time)} is also that of row ${rowNumbers[index - 1]}, with different values.`
}

function wildOf({ open, high, low, close }: CandleColumns, index: number): keyof typeof wildWords | undefined {
  if (low[index] * WICK_FACTOR < Math.min(open[index], close[index])) return "low"
  if (high[index] > Math.max(open[index], close[index]) * WICK_FACTOR) return "high"
  const jump = index === 0 ? 1 : close[index] / close[index - 1]
  return Number.isFinite(jump) && (jump >= JUMP_FACTOR || jump <= 1 / JUMP_FACTOR) ? "jump" : undefined
}

const wildWords = {
  low: ({ columns: { open, low, close } }: NumberedColumns, index: number) =>
    `the low (${low[index]}) is less than half of open and close (${Math.min(open[index], close[index])} and above): a flash crash or a bad print.`,
  high: ({ columns: { open, high, close } }: NumberedColumns, index: number) =>
    `the high (${high[index]}) is more than twice open and close (${Math.max(open[index], close[index])} and below): a spike or a bad print.`,
  jump: ({ columns: { close }, rowNumbers }: NumberedColumns, index: number) =>
    `the close (${close[index]}) is ${factorInWords(close[index] / close[index - 1])} that of row ${rowNumbers[index - 1]} (${close[index - 1]}).`,
}

function factorInWords(jump: number): string {
  return jump > 1 ? `${Number(jump.toPrecision(3))} times` : `1/${Number((1 / jump).toPrecision(3))} of`
}

function gridProblems({ columns, rowNumbers }: NumberedColumns, times: Float64Array, stepMs: number): CandleProblems {
  const strays = strayStretches(times, stepMs)
  const problems = new CandleProblems()
  if (strays.length === 0) return problems
  columns.openTimeMs.forEach((time, index) => {
    if (!isWithin(strays, time)) return
    problems.addLater(
      rowNumbers[index],
      () => `the candle opens at ${isoTime(time)}, off the grid of ${durationInWords(stepMs)} the others keep.`,
    )
  })
  return problems.settled()
}

/** Whether a time is in one of the stretches, which are in order and apart. */
function isWithin(stretches: { fromMs: number; toMs: number }[], timeMs: number): boolean {
  let [low, high] = [0, stretches.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (stretches[middle].toMs < timeMs) low = middle + 1
    else high = middle
  }
  return low < stretches.length && stretches[low].fromMs <= timeMs
}

function zeroVolumeProblem({ columns, rowNumbers }: NumberedColumns): CandleProblems {
  const problems = new CandleProblems()
  const first = columns.volume.indexOf(0)
  if (first < 0) return problems
  const count = columns.volume.reduce((sum, volume) => sum + (volume === 0 ? 1 : 0), 0)
  problems.add(
    rowNumbers[first],
    count === 1
      ? "nobody traded in this candle (volume 0)."
      : `nobody traded in this and ${count - 1} further candles (volume 0).`,
  )
  return problems
}

/** The first thousand of all by row; each check has kept as many of its own. */
function firstOf(found: CandleProblems[]): CandleProblem[] {
  const count = found.reduce((sum, problems) => sum + problems.count, 0)
  const first = found.flatMap((problems) => problems.first).toSorted((a, b) => a.row - b.row)
  if (count <= MOST_PROBLEMS) return first
  const more = count - MOST_PROBLEMS + 1
  return [
    ...first.slice(0, MOST_PROBLEMS - 1),
    { row: first[MOST_PROBLEMS - 1].row, what: `${more} more problems from here on.` },
  ]
}
