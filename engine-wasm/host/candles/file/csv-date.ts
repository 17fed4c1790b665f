import { DAY_MS, HOUR_MS, MINUTE_MS } from "../timeframe.ts"

/** The order in which a file writes day and month where both are numbers. */
export type DateOrder = "day-first" | "month-first"

/**
 * A calendar time as a cell shows it, as if it were UTC. Both orders of day and month give the same where the cell is
 * clear; NaN where an order gives no real day.
 */
export type ShownTime = {
  dayFirstMs: number
  monthFirstMs: number
  /** Day and month are both numbers, followed by the year. */
  isEither: boolean
  /** "Z", "+02:00", "America/New_York"; undefined when the cell names none. */
  zone?: string
  hasTimeOfDay: boolean
  /** Where in the text the digits of its time of day are, and which half of the day they are of, if it says. */
  clock?: { from: number; to: number; half?: string; ms: number }
}

/** Longer texts are not times, and we search none for one. */
const LONGEST_TIME = 80

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?=$|[T\s,+-]|Z)/i
const compact = /^((?:19|20)\d\d)(\d\d)(\d\d)(?=$|[T\s-])/i
const yearLast = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})(?=$|[T\s,])/i
const monthName =
  /^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?=$|[\s,])/i
const dayThenName =
  /^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?(\d{1,2})[-\s]([a-z]{3,9})\.?[-\s](\d{4}|\d{2})(?=$|[\s,])/i
const yearThenName = /^(\d{4})-([a-z]{3,9})-(\d{1,2})(?=$|[\s,])/i
const monthAlone =
  /^(?:(?<year>\d{4})[-/](?<month>\d{1,2})|(?<last>\d{1,2})[-/](?<of>\d{4})|(?<name>[a-z]{3,9})\.?[-\s](?<named>\d{4}))$/i

/** 20240131093000, 202401310930, 2024013109: a day and its time without anything between. */
const digitsAlone = /^((?:19|20)\d{6})(\d\d)((?:\d\d){0,2})$/

const timeOfDay = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s*([ap])\.?m\.?)?/i
/** 05-AM, CryptoDataDownload's old way of writing hours. */
const hourOfHalf = /^(\d{1,2})()()()-([ap])m/i
const compactTimeOfDay = /^(\d{2})(\d{2})(\d{2})?(?=$|\s)/
const zone =
  /^(?:Z|(?:UTC|GMT)?\s*[+-]\d{1,2}(?::?\d{2})?|UTC|GMT|[A-Z][A-Za-z_]+(?:\/[A-Za-z0-9_+-]+){0,2})(?:\s*\(.*\))?$/i

/**
 * A calendar time in a cell: 2024-01-31, 20240131, 31.01.2024, 1/31/2024 4:00 PM, Jan 31, 2024, 31-Jan-2024, 2024-01
 * (a month), each with or without a time of day and a zone. Undefined for anything else.
 */
export function shownTimeFrom(cell: string): ShownTime | undefined {
  if (cell.length > LONGEST_TIME) return undefined
  const text = cell.replace(digitsAlone, (_, day, hour, rest) => `${day} ${hour}${rest || "00"}`)
  const day = dayFrom(text)
  if (day === undefined) return undefined
  const rest = text.slice(day.length).replace(/^(?:T|,?\s+|-(?=\d\d:))/i, "")
  const time = timeFrom(rest, day.isCompact)
  const place = rest.slice(time?.length ?? 0).trim()
  if (place !== "" && !zone.test(place)) return undefined
  const ms = time?.ms ?? 0
  return {
    dayFirstMs: day.dayFirstMs + ms,
    monthFirstMs: day.monthFirstMs + ms,
    isEither: day.isEither === true,
    zone: place === "" ? undefined : place.replace(/\s*\(.*\)$/, ""),
    hasTimeOfDay: time !== undefined,
    clock:
      time?.digits === undefined
        ? undefined
        : {
            from: text.length - rest.length,
            to: text.length - rest.length + time.digits,
            half: time.half,
            ms,
          },
  }
}

type Day = { length: number; dayFirstMs: number; monthFirstMs: number; isCompact?: boolean; isEither?: boolean }

function dayFrom(text: string): Day | undefined {
  const found = yearFirst.exec(text)
  if (found !== null) return oneDay(found, found[1], Number(found[3]), found[4])
  const short = compact.exec(text)
  if (short !== null) return { ...oneDay(short, short[1], Number(short[2]), short[3]), isCompact: true }
  const last = yearLast.exec(text)
  if (last !== null) return eitherDay(last, last[4], Number(last[1]), Number(last[3]))
  return namedDay(text)
}

function namedDay(text: string): Day | undefined {
  const first = monthName.exec(text)
  if (first !== null) return oneDay(first, first[3], monthNumber(first[1]), first[2])
  const second = dayThenName.exec(text)
  if (second !== null) return oneDay(second, wholeYear(second[3]), monthNumber(second[2]), second[1])
  const third = yearThenName.exec(text)
  if (third !== null) return oneDay(third, third[1], monthNumber(third[2]), third[3])
  return monthFrom(text)
}

/** 2024-01, 01/2024, Jan 2024: a month is its first day. */
function monthFrom(text: string): Day | undefined {
  const alone = monthAlone.exec(text)
  if (alone === null) return undefined
  const { year, month, last, of, name, named } = alone.groups!
  return oneDay(alone, year ?? of ?? named, name === undefined ? Number(month ?? last) : monthNumber(name), "1")
}

function oneDay(found: RegExpExecArray, year: string, month: number, day: string): Day {
  const ms = existingDayMs(Number(year), month, Number(day))
  return { length: found[0].length, dayFirstMs: ms, monthFirstMs: ms }
}

function eitherDay(found: RegExpExecArray, year: string, one: number, other: number): Day {
  return {
    length: found[0].length,
    dayFirstMs: existingDayMs(Number(year), other, one),
    monthFirstMs: existingDayMs(Number(year), one, other),
    isEither: true,
  }
}

/** 24 is 2024 and 98 is 1998: no file of candles is older than 1970 or of a later century. */
function wholeYear(year: string): string {
  return year.length === 4 ? year : Number(year) < 70 ? `20${year}` : `19${year}`
}

function monthNumber(name: string): number {
  return months.indexOf(name.slice(0, 3).toLowerCase()) + 1
}

/** Whether a cell is a day and its time in 10, 12 or 14 digits, and not a number since 1970. */
export function isDatedDigits(cell: string): boolean {
  return digitsAlone.test(cell) && !Number.isNaN(shownTimeFrom(cell)?.dayFirstMs)
}

/** Midnight of a day as if in UTC; NaN when there is no such day. */
export function existingDayMs(year: number, month: number, day: number): number {
  const dayMs = Date.UTC(year, month - 1, day)
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOfMonth(year, month) ? dayMs : Number.NaN
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

type TimeOfDay = { ms: number; length: number; half?: string; digits?: number }

/** `digits`: how long hours, minutes and so on are together, where colons are between them. */
function timeFrom(text: string, dayIsCompact?: boolean): TimeOfDay | undefined {
  const found = timeOfDay.exec(text) ?? hourOfHalf.exec(text) ?? (dayIsCompact ? compactTimeOfDay.exec(text) : null)
  if (found === null) return undefined
  const half = found[5]?.toLowerCase()
  const fractionMs = found[4] ? Number(found[4].slice(0, 3).padEnd(3, "0")) : 0
  const ms = partsMs(hourOfDay(Number(found[1]), half), Number(found[2] || 0), Number(found[3] || 0)) + fractionMs
  const digits = found[0][found[1].length] === ":" ? /^[\d:.,]+/.exec(found[0])![0].length : undefined
  return { ms, length: found[0].length, half, digits }
}

/** 12 AM is midnight, 12 PM noon. */
export function hourOfDay(hour: number, half: string | undefined): number {
  return half === undefined ? hour : (hour % 12) + (half === "p" ? 12 : 0)
}

/** 24:00 is the end of a day; NaN for what no clock shows. */
export function partsMs(hour: number, minute: number, second: number): number {
  const ms = hour * HOUR_MS + minute * MINUTE_MS + second * 1000
  return ms > DAY_MS || minute > 59 || second > 59 ? Number.NaN : ms
}

/** A time of day, ms since midnight, in every way to read its digits; NaN where a way gives no time. */
export type ClockReadings = { hoursMs: number; hoursAndMinutesMs: number; withSecondsMs: number }

/**
 * A time of day in a cell of its own: 9:30, 09:30:15.5, 4:00 PM, or digits alone: 930 may be half past nine or
 * 00:09:30, and 9 nine o'clock, 00:09 or 00:00:09, which only other rows show. Undefined for anything else.
 */
export function timeOfDayFrom(text: string): ClockReadings | undefined {
  if (/^\d{1,6}$/.test(text)) {
    const number = Number(text)
    const minutes = partsMs(Math.floor(number / 100), number % 100, 0)
    const seconds = partsMs(Math.floor(number / 10_000), Math.floor(number / 100) % 100, number % 100)
    // Digits are padded to four or to six, or not at all.
    return {
      hoursMs: text.length > 2 ? Number.NaN : partsMs(number, 0, 0),
      hoursAndMinutesMs: text.length > 4 ? Number.NaN : minutes,
      withSecondsMs: text.length === 4 && text.startsWith("0") ? Number.NaN : seconds,
    }
  }
  const time = timeFrom(text)
  return time === undefined || time.length < text.length
    ? undefined
    : { hoursMs: time.ms, hoursAndMinutesMs: time.ms, withSecondsMs: time.ms }
}
