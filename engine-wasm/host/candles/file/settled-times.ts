import { timeframeOfTimes } from "../candle-grid.ts"
import { refuseCandles, type CandleRefusal } from "../candles.ts"
import { quoted } from "../foreign-text.ts"
import { DAY_MS, HOUR_MS } from "../timeframe.ts"
import type { DateOrder } from "./csv-date.ts"
import type { CsvTimeColumn } from "./csv-time-column.ts"
import { waysToReadDigits, type DateReading } from "./date-readings.ts"

/** The times of all rows; `later` are the second moments of times that clocks show twice, by row. */
export type SettledTimes = { ok: true; times: Float64Array; later: ReadonlyMap<number, number>; notes: string[] }

const HOURS_NOTE = "Its times of day, one or two digits, were taken as hours."

/** With more steps against the order than this share of all, this reading is wrong. */
const MOST_AGAINST = 0.05

/**
 * The one way to read a file's times. Where its dates leave two, the rows' order and distances may decide; where they
 * do not, we refuse it and ask the user.
 */
export function settledTimes(
  column: CsvTimeColumn,
  first: Float64Array,
  rows: ArrayLike<number>,
): SettledTimes | CandleRefusal {
  const { readings, firstDate } = column
  if (readings === undefined) return { ok: true, times: first, later: new Map(), notes: [] }
  if (readings.isGivenUp) return doubtRefusal(firstDate, rows, [])
  const left = readings.left(first)
  const turned = left.length === 1 ? turnedRefusal(column, left[0].times, rows) : undefined
  if (turned !== undefined) return turned
  const possible = evenAlone(likeliestDigits(left.length === 1 ? left : plausibleOf(left)))
  const orders = new Set(possible.map(({ order }) => order))
  const isSame = possible.every(({ times }) => times.every((time, at) => time === possible[0].times[at]))
  if (possible.length === 0 || (orders.size > 1 && !isSame))
    return doubtRefusal(firstDate, rows, possible.length > 1 ? possible : left)
  const chosen = possible[0]
  const counted = chosen.digits === "hours" ? hoursRefusal(column, left, rows) : undefined
  if (counted !== undefined) return counted
  return {
    ok: true,
    times: chosen.times,
    later: chosen.later,
    notes: [
      ...(isSame && orders.size > 1 ? [] : orderNote(column, chosen.order, rows, firstDifference(left))),
      ...(chosen.digits === "hours" ? [HOURS_NOTE] : []),
    ],
  }
}

function likeliestDigits<Reading extends DateReading>(readings: Reading[]): Reading[] {
  const way = waysToReadDigits.find((each) => readings.some(({ digits }) => digits === each))
  return readings.filter(({ digits }) => digits === way)
}

/**
 * Hours 1 to 24 are counted, or name the end of each: nobody knows which. And 0, 1, 2 … of a single day may be the
 * minutes of midnight as well, where neither a name nor a zero before a digit says that they are hours.
 */
function hoursRefusal(
  { rowOf24, hoursShown, firstDate }: CsvTimeColumn,
  left: (DateReading & { times: Float64Array })[],
  rows: ArrayLike<number>,
): CandleRefusal | undefined {
  const isDoubtful = !hoursShown && left.some(({ digits, times }) => digits !== "hours" && isWithinHour(times))
  if (isDoubtful) {
    const because = `Row ${rows[0]}: the time ${quoted(firstDate)} may show an hour or a minute, and all rows are of one day; write times as 09:00, or name their column hour.`
    return refuseCandles(rows[0], because)
  }
  if (rowOf24 === undefined) return undefined
  const because = `Row ${rowOf24}: the hour 24 is on no clock; where hours run from 1 to 24, nothing shows when the first one opens. Write the hour at which a candle opens, 0 to 23.`
  return refuseCandles(rowOf24, because)
}

/** The readings that candles can have; where none is, only the order of day and month is worth a question. */
function plausibleOf<Reading extends DateReading & { times: Float64Array }>(readings: Reading[]): Reading[] {
  const plausible = readings.filter(({ times }) => isPlausible(times))
  const isOneOrder = new Set(readings.map(({ order }) => order)).size === 1
  return plausible.length === 0 && isOneOrder ? readings : plausible
}

function isWithinHour(times: Float64Array): boolean {
  return Math.abs(times.at(-1)! - times[0]) < HOUR_MS
}

/** In one order, except for concatenated stretches, and at distances candles have. */
function isPlausible(times: Float64Array): boolean {
  const steps = times.subarray(1).map((time, at) => Math.sign(time - times[at]))
  const forward = steps.reduce((sum, step) => sum + (step > 0 ? 1 : 0), 0)
  const back = steps.reduce((sum, step) => sum + (step < 0 ? 1 : 0), 0)
  if (Math.min(forward, back) > times.length * MOST_AGAINST) return false
  const distinct = times.toSorted().filter((time, at, sorted) => at === 0 || time !== sorted[at - 1])
  return timeframeOfTimes(distinct).ok
}

/** Where one order of day and month alone puts several candles into a day and leaves no hole, it is that one. */
function evenAlone<Reading extends { times: Float64Array; order: DateOrder }>(readings: Reading[]): Reading[] {
  const even = readings.filter(({ times }) => isEven(times))
  return new Set(even.map(({ order }) => order)).size === 1 ? even : readings
}

function isEven(times: Float64Array): boolean {
  const step = Math.abs(times[1] - times[0])
  return step > 0 && step < DAY_MS && times.every((time, at) => at === 0 || Math.abs(time - times[at - 1]) === step)
}

/**
 * A spreadsheet of the other order turned round every date it could, those with days up to 12, and left the others: the
 * rows are out of order as they are, and in order turned back.
 */
function turnedRefusal(
  { readings, firstDate }: CsvTimeColumn,
  times: Float64Array,
  rows: ArrayLike<number>,
): CandleRefusal | undefined {
  if (readings === undefined || !["day-first", "month-first"].every((order) => readings.has(order as DateOrder)))
    return undefined
  if (isOrdered(times) || !isOrdered(times.map(turnedBack))) return undefined
  const at = times.findIndex((time) => turnedBack(time) !== time)
  const day = (timeMs: number) => new Date(timeMs).toISOString().slice(0, 10)
  const text = at === 0 ? ` ${quoted(firstDate)}` : ""
  const because = `Row ${rows[at]}: a spreadsheet turned day and month of the date${text} round, and of all others with days up to 12: it shows ${day(times[at])} for ${day(turnedBack(times[at]))}. Export the file again and write its dates as 2024-01-31.`
  return refuseCandles(rows[at], because)
}

function isOrdered(times: Float64Array): boolean {
  const direction = Math.sign(times.at(-1)! - times[0])
  return times.every((time, at) => at === 0 || Math.sign(time - times[at - 1]) === direction)
}

function turnedBack(timeMs: number): number {
  const date = new Date(timeMs)
  const [day, month] = [date.getUTCDate(), date.getUTCMonth()]
  return day > 12
    ? timeMs
    : Date.UTC(date.getUTCFullYear(), day - 1, month + 1) + (((timeMs % DAY_MS) + DAY_MS) % DAY_MS)
}

/** The first row that two readings tell apart. */
function firstDifference([one, ...others]: { times: Float64Array }[]): number {
  return one.times.findIndex((time, at) => others.some(({ times }) => times[at] !== time))
}

function orderNote(
  { readings }: CsvTimeColumn,
  order: DateOrder,
  rows: ArrayLike<number>,
  differsAt: number,
): string[] {
  const other: DateOrder = order === "day-first" ? "month-first" : "day-first"
  if (!readings!.has(other)) return []
  const ended = readings!.ended(other)
  const said = `From row ${rows[0]} on, its dates have the ${order === "day-first" ? "day" : "month"} first`
  return ended === undefined
    ? [`${said}. Row ${rows[differsAt]} shows it: read the other way, rows are out of order or leave holes.`]
    : [`${said}, as row ${ended.row} (${quoted(ended.text)}) shows.`]
}

function doubtRefusal(text: string, rows: ArrayLike<number>, [one, other]: { times: Float64Array }[]): CandleRefusal {
  const at = one?.times.findIndex((time, place) => time !== other.times[place]) ?? -1
  const day = (timeMs: number) => new Date(timeMs).toISOString().slice(0, 10)
  const example = at < 0 ? "" : ` (row ${rows[at]} is of ${day(one.times[at])} or ${day(other.times[at])})`
  const because = `Row ${rows[0]}: the date ${quoted(text)} may have the day or the month first${example}, and no row of the file shows which. Choose one, or write dates as 2024-01-31.`
  return { ...refuseCandles(rows[0], because), ask: { kind: "dates" } }
}
