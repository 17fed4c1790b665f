import { DAY_MS } from "../timeframe.ts"
import { quoted } from "../foreign-text.ts"

/** Spreadsheets count days from here: their day 1 is 1900-01-01, and they include a 29 February 1900. */
const SPREADSHEET_EPOCH_MS = Date.UTC(1899, 11, 30)
const FIRST_SERIAL = 15_000
const LAST_SERIAL = 80_000
/** Seconds before 1973, and no exchange's milliseconds. */
export const SMALLEST_TIME = 1e8

/** How a spreadsheet turned a time into text, as the end of a sentence; undefined if unknown. */
export function spoiltText(text: string): string | undefined {
  if (/^#+$/.test(text))
    return `the time is ${quoted(text)}: a spreadsheet saved a column that was too narrow to show it; widen the column and save the file again.`
  if (/^\d{1,2}:\d{2}\.\d$/.test(text))
    return `the time ${quoted(text)} has lost its day: a spreadsheet saved minutes and seconds only; format the column as date and time and save it again.`
  if (/^\d{1,2}([./-])\d{1,2}\1\d{2}(?:\D|$)/.test(text))
    return `the date ${quoted(text)} has a year of two digits, and may be of any order; write the year with four.`
  // With a decimal comma: 1,7E+12 and 45292,04.
  const number = /^\d+,\d+(?:e\+?\d+)?$/i.test(text) ? Number(text.replace(",", ".")) : Number.NaN
  return Number.isNaN(number) ? undefined : spoiltTime(number, text)
}

/** How a spreadsheet, or a row number, spoilt a time; undefined where it may well be a time. */
export function spoiltTime(number: number, text: string): string | undefined {
  const shortened = /^[+-]?\d(?:[.,](\d*))?e\+?(\d{1,2})$/i.exec(text)
  if (shortened !== null && (shortened[1] ?? "").length < Number(shortened[2]))
    return `the time ${quoted(text)} has lost its last digits: a spreadsheet shortened it; format the column as a number without decimals in the original file and save it again.`
  if (number >= SMALLEST_TIME || isCompactDay(number)) return undefined
  if (number > FIRST_SERIAL && number < LAST_SERIAL)
    return `the time ${quoted(text)} is a spreadsheet's own count of days (${serialInWords(number)}); format the column as date and time and save it again.`
  if (/^(?:19|20)\d\d\.?(?:0[1-9]|1[0-2])$|^(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d$/.test(text))
    return `the time ${quoted(text)} may be a month, or a row's number; write months as 2024-01.`
  if (/^(?:[0-2]\d|3[01])(?:[0-2]\d|3[01])(?:19|20)\d\d$/.test(text))
    return `the date ${quoted(text)} may have the day or the month first, without anything between; write dates as 2024-01-31.`
  return `the time ${quoted(text)} is too small for one since 1970; it may be a row's number.`
}

/** 20240131 is a day on the calendar. */
export function isCompactDay(number: number): boolean {
  return number >= 19_000_101 && number <= 20_991_231
}

function serialInWords(serial: number): string {
  const timeMs = SPREADSHEET_EPOCH_MS + Math.round((serial * DAY_MS) / 1000) * 1000
  return new Date(timeMs).toISOString().slice(0, 16).replace("T", " ").replace(" 00:00", "")
}
