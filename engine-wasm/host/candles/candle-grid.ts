import { FewCounts } from "./few-counts.ts"
import { isClockChange, isFirstOfMonth } from "./local-clock.ts"
import {
  candleTimeframesMs,
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  MONTH_MS,
  ownDateMs,
  timeframeOf,
  timeframesMs,
  type CandleTimeframe,
} from "./timeframe.ts"

const USUAL_SHARE = 0.1
/** This many different distances are counted at once; a file of candles has a handful. */
const MOST_STEPS = 1_000
/**
 * When this many of the short steps come at the beginning of sessions they do not count; otherwise they are the grid.
 */
const MOSTLY = 0.9
/** A week of a stock market opens up to this many days late when holidays begin it. */
const LATEST_WEEK_MS = 4 * DAY_MS

type GridOrRefusal = { ok: true; timeframeMs: number } | { ok: false; index?: number; because: string }

/**
 * The timeframe of ascending open times. Nights, weekends and outages are longer steps and do not disturb it, nor do
 * days of 23 and 25 hours at clock changes, weeks that holidays begin late, sessions whose first candle is shorter.
 * Refused: a single candle without a declared timeframe, a distance that is not a timeframe, candles closer than it.
 */
export function timeframeOfTimes(openTimeMs: Float64Array, said?: CandleTimeframe): GridOrRefusal {
  if (said === undefined && openTimeMs.length < 2) {
    return {
      ok: false,
      because: "There is only one candle, so its timeframe is unknown; give a file with at least two.",
    }
  }
  const timeframeMs = said === undefined ? gridStepMs(openTimeMs) : candleTimeframesMs[said]
  const name = timeframeOf(timeframeMs)
  if (name === undefined)
    return { ok: false, because: areMonthEnds(openTimeMs) ? DATED_BY_ENDS : unknownTimeframe(timeframeMs) }
  const index = openTimeMs.findIndex((_, at) => at > 0 && isTooClose(openTimeMs, at, timeframeMs))
  if (index < 0) return { ok: true, timeframeMs }
  const distance = durationInWords(openTimeMs[index] - openTimeMs[index - 1])
  return {
    ok: false,
    index,
    because: `this candle opens only ${distance} after the one before, among candles of ${name}.`,
  }
}

const DATED_BY_ENDS =
  "The candles are dated by the last day of each month. A candle is known by when it opens: date them by the first."

/** Whether every candle has the date of the last day of a month. */
function areMonthEnds(openTimeMs: Float64Array): boolean {
  return openTimeMs.every((time) => new Date(ownDateMs(time) + DAY_MS).getUTCDate() === 1)
}

function isTooClose(openTimeMs: Float64Array, index: number, timeframeMs: number): boolean {
  const [before, time] = [openTimeMs[index - 1], openTimeMs[index]]
  const step = time - before
  if (step >= timeframeMs) return false
  if (timeframeMs === MONTH_MS) return !isFirstOfMonth(time) || !isFirstOfMonth(before) || step < 21 * DAY_MS
  const follows = isClockChange(before, time, timeframeMs) || isAfterLateWeek(step, timeframeMs)
  return !follows && !opensSession(openTimeMs, index - 1, timeframeMs)
}

/** After a week that begins on Tuesday, since Monday was a holiday, comes one that begins on Monday. */
function isAfterLateWeek(step: number, timeframeMs: number): boolean {
  const late = timeframeMs - step
  return timeframeMs === timeframesMs["1w"] && late <= LATEST_WEEK_MS + HOUR_MS
}

/** A candle after a pause whose next one opens sooner than usual: the first of a session is cut to the full hour. */
function opensSession(openTimeMs: Float64Array, index: number, timeframeMs: number): boolean {
  return timeframeMs < DAY_MS && (index === 0 || openTimeMs[index] - openTimeMs[index - 1] > timeframeMs)
}

/**
 * The usual distance between candles, ms: the shortest that at least one step in ten has, or else the most common
 * one. The short first candles of sessions do not count; months have one length. Needs two times.
 */
export function gridStepMs(openTimeMs: Float64Array): number {
  const counts = stepCounts(openTimeMs)
  const common = [...counts].reduce((best, step) => (step[1] > best[1] ? step : best))[0]
  if (areMonths(openTimeMs, common)) return MONTH_MS
  const enough = (openTimeMs.length - 1) * USUAL_SHARE
  const usual = [...counts].filter(([stepMs, count]) => stepMs > 0 && count >= enough).map(([stepMs]) => stepMs)
  const shortest = usual.length > 0 ? Math.min(...usual) : common
  const isLonger = isAfterLateWeek(shortest, common) || standAtSessions(openTimeMs, shortest, common)
  return shortest < common && isLonger ? common : shortest
}

function standAtSessions(openTimeMs: Float64Array, shortMs: number, commonMs: number): boolean {
  let [short, first] = [0, 0]
  for (let index = 1; index < openTimeMs.length; index++) {
    if (openTimeMs[index] - openTimeMs[index - 1] !== shortMs) continue
    short++
    if (opensSession(openTimeMs, index - 1, commonMs)) first++
  }
  return first >= short * MOSTLY
}

/** Whether candles that are about a month apart open on the first days of months. */
function areMonths(openTimeMs: Float64Array, stepMs: number): boolean {
  if (stepMs < 28 * DAY_MS - HOUR_MS || stepMs > MONTH_MS + 7 * DAY_MS) return false
  const first = openTimeMs.reduce((count, time) => count + (isFirstOfMonth(time) ? 1 : 0), 0)
  return first >= openTimeMs.length * MOSTLY
}

/**
 * How often the distances between neighbouring times occur; ms → count. All of them if few; of more than a thousand
 * at least those that a thousandth of the steps have, by the algorithm of J. Misra and D. Gries (1982).
 */
export function stepCounts(openTimeMs: Float64Array): Map<number, number> {
  const counts = new Map<number, number>()
  let few: FewCounts | undefined
  eachRun(openTimeMs, (step, run) => {
    const before = counts.get(step)
    if (few !== undefined) countAmongFew(few, step, run)
    else if (before !== undefined || counts.size < MOST_STEPS) counts.set(step, (before ?? 0) + run)
    else {
      few = new FewCounts()
      for (const [other, count] of counts) few.add(other, count)
      countAmongFew(few, step, run)
    }
  })
  return few === undefined ? counts : recounted(openTimeMs, few.all())
}

/** Subtracts from every count as much as the new step has, or as the smallest has: frequent ones survive it. */
function countAmongFew(few: FewCounts, step: number, run: number): void {
  if (few.size < MOST_STEPS || few.has(step)) return few.add(step, run)
  const less = Math.min(run, few.least())
  few.takeAway(less)
  if (run > less) few.add(step, run - less)
}

function recounted(openTimeMs: Float64Array, candidates: number[]): Map<number, number> {
  const counts = new Map(candidates.map((step) => [step, 0]))
  // Perhaps none has outlasted the others; then one distance is as good as another.
  if (counts.size === 0) counts.set(openTimeMs[1] - openTimeMs[0], 0)
  eachRun(openTimeMs, (step, run) => {
    const before = counts.get(step)
    if (before !== undefined) counts.set(step, before + run)
  })
  return counts
}

/** Nearly every step equals the one before: we visit runs of them, not each. */
function eachRun(openTimeMs: Float64Array, visit: (stepMs: number, run: number) => void): void {
  let last = Number.NaN
  let run = 0
  for (let index = 1; index < openTimeMs.length; index++) {
    const step = openTimeMs[index] - openTimeMs[index - 1]
    if (step !== last) {
      if (run > 0) visit(last, run)
      last = step
      run = 0
    }
    run++
  }
  if (run > 0) visit(last, run)
}

function unknownTimeframe(stepMs: number): string {
  const known = Object.keys(candleTimeframesMs).join(" ")
  const hint = timeframeOf(stepMs * 1000) === undefined ? "" : "; the times look like seconds"
  return `The candles are ${durationInWords(stepMs)} apart, which is not a timeframe we support (${known})${hint}.`
}

/** A length of time in the largest unit that divides it: "5 minutes", "1 day". */
export function durationInWords(lengthMs: number): string {
  if (lengthMs === MONTH_MS) return "1 month"
  const units = { day: DAY_MS, hour: HOUR_MS, minute: MINUTE_MS, second: 1000, millisecond: 1 }
  const [name, unitMs] = Object.entries(units).find(([, ms]) => lengthMs % ms === 0) ?? ["millisecond", 1]
  const count = lengthMs / unitMs
  return `${count} ${name}${count === 1 ? "" : "s"}`
}
