import { DAY_MS } from "#engine/candles"

export { formatDuration } from "#engine/candles"

/** The clock for moments: UTC, or as the person's own clock shows them. */
export type TimeZone = "utc" | "local"

const UNKNOWN = "\u2014"
const formats = new Map<string, Intl.DateTimeFormat>()

/** "1 Mar 2024, 14:00". */
export function formatDateTime(timeMs: number | null | undefined, zone: TimeZone): string {
  return format(timeMs, zone, { ...DATE, ...CLOCK })
}

/** "1 Mar 2024, 14:00:05", for moments of one minute. */
export function formatDateTimeSeconds(timeMs: number | null | undefined, zone: TimeZone): string {
  return format(timeMs, zone, { ...DATE, ...CLOCK, second: "2-digit" })
}

/** A sentence of the relay's, its times ("2024-03-01 14:00 UTC") by the reader's clock. */
export function withLocalTimes(words: string, zone: TimeZone): string {
  return words.replace(/\b(\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC\b/g, (written, day: string, clock: string) => {
    const timeMs = Date.parse(`${day}T${clock}Z`)
    if (Number.isNaN(timeMs)) return written
    return zone === "utc" ? `${formatDateTime(timeMs, zone)} UTC` : formatDateTime(timeMs, zone)
  })
}

/** "1 Mar 2024". */
export function formatDate(timeMs: number | null | undefined, zone: TimeZone): string {
  return format(timeMs, zone, DATE)
}

/** "14:00". */
export function formatClock(timeMs: number | null | undefined, zone: TimeZone): string {
  return format(timeMs, zone, CLOCK)
}

/** "14:00:05". */
export function formatClockSeconds(timeMs: number | null | undefined, zone: TimeZone): string {
  return format(timeMs, zone, { ...CLOCK, second: "2-digit" })
}

/**
 * When a candle was, by its open time: its moment, or for a candle of a day and longer the day it covers, without a
 * clock. Exchanges begin days at midnight UTC, which is the evening before on many clocks.
 */
export function formatCandle(openTimeMs: number | null | undefined, lengthMs: number, zone: TimeZone): string {
  return lengthMs < DAY_MS ? formatDateTime(openTimeMs, zone) : formatCandleDay(openTimeMs, lengthMs, zone)
}

/** The day of a candle, by its open time: "1 Mar 2024". */
export function formatCandleDay(openTimeMs: number | null | undefined, lengthMs: number, zone: TimeZone): string {
  if (openTimeMs === null || openTimeMs === undefined) return UNKNOWN
  return formatDate(candleClockTime(openTimeMs, lengthMs, zone), "utc")
}

/** The clock time that labels a candle, read as if it were UTC: its day, month and year are those people see. */
export function candleClockTime(openTimeMs: number, lengthMs: number, zone: TimeZone): number {
  if (lengthMs < DAY_MS) return clockTimeOf(openTimeMs, zone)
  return isUtcMidnight(openTimeMs) ? openTimeMs : clockTimeOf(openTimeMs + DAY_MS / 2, zone)
}

/** Days as date fields hold them ("2024-03-01"), for a market: where each begins, and the day of a moment. */
export type Days = { startOf: (day: string) => number | undefined; dayOf: (timeMs: number) => string }

/**
 * The days of a market whose first candle opens at `fromMs`: those of the clock of `zone`; where its own candles are
 * days, theirs.
 */
export function daysOf({ timeframeMs, fromMs = 0 }: { timeframeMs: number; fromMs?: number }, zone: TimeZone): Days {
  if (timeframeMs < DAY_MS) return calendar(zone, 0)
  // A daily candle that begins at another hour belongs to the day of its middle.
  return isUtcMidnight(fromMs) ? calendar("utc", 0) : calendar(zone, DAY_MS / 2)
}

function calendar(zone: TimeZone, leadMs: number): Days {
  return {
    dayOf: (timeMs) => isoDay(timeMs + leadMs, zone),
    startOf: (day) => {
      const startMs = startOfDay(day, zone)
      return startMs === undefined ? undefined : startMs - leadMs
    },
  }
}

/** The day of a moment, "2024-03-01", by the clock of `zone`. */
export function isoDay(timeMs: number, zone: TimeZone): string {
  return isoDate(clockTimeOf(timeMs, zone))
}

/** The first moment of a "2024-03-01" by the clock of `zone`, or undefined when the text is not a day. */
export function startOfDay(day: string, zone: TimeZone): number | undefined {
  const utcMs = timeOfIsoDate(day)
  if (utcMs === undefined || zone === "utc") return utcMs
  const date = new Date(utcMs)
  return new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()).getTime()
}

/** The day after a "2024-03-01", or "" when the text is not a day. */
export function dayAfter(day: string): string {
  const utcMs = timeOfIsoDate(day)
  return utcMs === undefined ? "" : isoDate(utcMs + DAY_MS)
}

/** "2024-03-01" in UTC, for the address bar. */
export function isoDate(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10)
}

/** Milliseconds of a "2024-03-01" at midnight UTC, or undefined when the text is not a day. */
export function timeOfIsoDate(text: string): number | undefined {
  const timeMs = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return Number.isNaN(timeMs) || isoDate(timeMs) !== text ? undefined : timeMs
}

/** The moment as the clock of `zone` shows it, read as if it were UTC: hours and weekdays are counted by it. */
export function clockTimeOf(timeMs: number, zone: TimeZone): number {
  return zone === "utc" ? timeMs : timeMs - new Date(timeMs).getTimezoneOffset() * 60_000
}

/** "UTC", or a name for the person's own clock. */
export function zoneWords(zone: TimeZone): string {
  return zone === "utc" ? "UTC" : "your clock"
}

const DATE = { day: "numeric", month: "short", year: "numeric" } as const
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const

/** The clock of `zone` is read anew: a cached format would stay on the clock of a person who has travelled on. */
function format(timeMs: number | null | undefined, zone: TimeZone, parts: Intl.DateTimeFormatOptions): string {
  if (timeMs === null || timeMs === undefined || !Number.isFinite(timeMs)) return UNKNOWN
  const key = `${"day" in parts} ${"hour" in parts} ${"second" in parts}`
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: "UTC" }))
  return formats.get(key)!.format(clockTimeOf(timeMs, zone))
}

function isUtcMidnight(timeMs: number): boolean {
  return timeMs % DAY_MS === 0
}
