// When candles open and end: on the UTC grid, by weeks that begin on Monday, and by calendar months.
// host/candles/timeframe.ts does the same for the host.
import { DAY_MS, HOUR_MS } from "../time-length"

const WEEK_MS: f64 = 604_800_000
/** The value for a calendar month: the longest there is. */
const MONTH_MS: f64 = 2_678_400_000
/** 1970-01-05: exchange weeks begin on Monday. */
const FIRST_MONDAY_MS: f64 = 345_600_000
/**
 * Days that open elsewhere than at 00:00 UTC have the date of the place they open in, from Honolulu (10 hours behind
 * UTC) to the Chathams (13¾ ahead).
 */
const OWN_DATE_MS: f64 = 49_500_000
/** Clocks set back make a day of 25 hours, and a 4h candle of five; shorter ones open alike all year. */
const LONGEST_CHANGE_MS: f64 = HOUR_MS
const SHORTEST_CHANGED_MS: f64 = 2 * HOUR_MS

/** Open time of the candle of this timeframe that holds the moment. */
export function candleOpenMs(timeMs: f64, timeframeMs: f64): f64 {
  if (timeframeMs == MONTH_MS) return monthOpenMs(monthOf(timeMs))
  const origin: f64 = timeframeMs == WEEK_MS ? FIRST_MONDAY_MS : 0
  return floor((timeMs - origin) / timeframeMs) * timeframeMs + origin
}

/** When a candle that opens on the grid ends. */
export function candleEndMs(openMs: f64, timeframeMs: f64): f64 {
  return timeframeMs == MONTH_MS ? monthOpenMs(monthOf(openMs) + 1) : openMs + timeframeMs
}

/** The candle's number on its clock: floor(open time / timeframe), or months since January 1970. */
export function candleNumber(openMs: f64, timeframeMs: f64): f64 {
  return timeframeMs == MONTH_MS ? <f64>monthOf(openMs + OWN_DATE_MS) : floor(openMs / timeframeMs)
}

/** The shift to add to times of candles of this length to find their longer candle: days count by their own date. */
export function ownDateShiftMs(baseMs: f64): f64 {
  return baseMs >= DAY_MS ? OWN_DATE_MS : 0
}

/**
 * When a base candle ends, given when the next one opens (Infinity: unknown). A day of 23 hours and the short first
 * candle of a session end where the next begins; so does a day of 25, since nobody knew its close before.
 */
export function baseEndMs(openMs: f64, nextMs: f64, baseMs: f64): f64 {
  const endMs = baseMs == MONTH_MS ? monthEndMs(openMs) : openMs + baseMs
  const isStretched = !areOfOneLength(baseMs) && nextMs - endMs <= LONGEST_CHANGE_MS
  return nextMs < endMs || isStretched ? nextMs : endMs
}

/** Whether a base candle never outlasts its length: no clock that is set back stretches it. */
export function areOfOneLength(baseMs: f64): bool {
  return baseMs < SHORTEST_CHANGED_MS
}

/**
 * A month that opens at a local midnight ends at one, as far from 00:00 UTC of the 1st as it opened, except for
 * summer time.
 */
function monthEndMs(openMs: f64): f64 {
  const month = monthOf(openMs + OWN_DATE_MS)
  const apartMs = openMs - monthOpenMs(month)
  return monthOpenMs(month + 1) + (abs(apartMs) < DAY_MS ? apartMs : 0)
}

/** Months since January 1970. After H. Hinnant, "chrono-compatible low-level date algorithms". */
function monthOf(timeMs: f64): i32 {
  const days = <i32>floor(timeMs / DAY_MS) + 719_468
  const era = floorDivided(days, 146_097)
  const dayOfEra = days - era * 146_097
  const yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  const dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  // The year of this reckoning begins in March.
  const sinceMarch = (5 * dayOfYear + 2) / 153
  return (yearOfEra + era * 400 - 1970) * 12 + sinceMarch + 2
}

function monthOpenMs(month: i32): f64 {
  const sinceMarch = month - 2
  const year = floorDivided(sinceMarch, 12) + 1970
  const monthOfYear = sinceMarch - floorDivided(sinceMarch, 12) * 12
  const era = floorDivided(year, 400)
  const yearOfEra = year - era * 400
  const dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + (153 * monthOfYear + 2) / 5
  return <f64>(era * 146_097 + dayOfEra - 719_468) * DAY_MS
}

function floorDivided(a: i32, b: i32): i32 {
  return (a >= 0 ? a : a - b + 1) / b
}
