import { timeframeOfTimes } from "../candle-grid.ts"
import { refuseCandles, type CandleRefusal } from "../candles.ts"
import { quoted } from "../foreign-text.ts"
import type { DateOrder } from "./csv-date.ts"
import type { CsvTimeColumn } from "./csv-time-column.ts"

/** The times of all rows; `later` are the second moments of times that clocks show twice, by row. */
export type SettledTimes = { ok: true; times: Float64Array; later: ReadonlyMap<number, number>; notes: string[] }

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
  const possible = left.length === 1 ? left : left.filter(({ times }) => isPlausible(times))
  const orders = new Set(possible.map(({ order }) => order))
  const isSame = possible.every(({ times }) => times.every((time, at) => time === possible[0].times[at]))
  if (possible.length === 0 || (orders.size > 1 && !isSame))
    return doubtRefusal(firstDate, rows, possible.length > 1 ? possible : left)
  // Digits that may be hours and minutes or minutes and seconds: no market trades only in the first minutes of days.
  const chosen = possible.find(({ digits }) => digits === "hours-and-minutes") ?? possible[0]
  return {
    ok: true,
    times: chosen.times,
    later: chosen.later,
    notes: isSame && orders.size > 1 ? [] : orderNote(column, chosen.order),
  }
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

function orderNote({ readings }: CsvTimeColumn, order: DateOrder): string[] {
  const other: DateOrder = order === "day-first" ? "month-first" : "day-first"
  const first = order === "day-first" ? "day" : "month"
  if (!readings!.has(other)) return []
  const ended = readings!.ended(other)
  return ended === undefined
    ? [`Its dates have the ${first} first: read the other way they make no candles.`]
    : [`Its dates have the ${first} first, as row ${ended.row} (${quoted(ended.text)}) shows.`]
}

function doubtRefusal(text: string, rows: ArrayLike<number>, [one, other]: { times: Float64Array }[]): CandleRefusal {
  const at = one?.times.findIndex((time, place) => time !== other.times[place]) ?? -1
  const day = (timeMs: number) => new Date(timeMs).toISOString().slice(0, 10)
  const example = at < 0 ? "" : ` (row ${rows[at]} is of ${day(one.times[at])} or ${day(other.times[at])})`
  const because = `Row ${rows[0]}: the date ${quoted(text)} may have the day or the month first${example}, and no row of the file shows which. Choose one, or write dates as 2024-01-31.`
  return { ...refuseCandles(rows[0], because), ask: { kind: "dates" } }
}
