import { DAY_MS, HOUR_MS, MINUTE_MS } from "#engine/candles"
const SECOND_MS = 1_000
/** 1970-01-05 was a Monday: weeks open on Mondays. */
const FIRST_MONDAY_MS = 4 * DAY_MS

/** Candle lengths Binance knows, in milliseconds; a month has no fixed length and is marked 0. */
export const intervalsMs = {
  "1s": SECOND_MS,
  "1m": MINUTE_MS,
  "3m": 3 * MINUTE_MS,
  "5m": 5 * MINUTE_MS,
  "15m": 15 * MINUTE_MS,
  "30m": 30 * MINUTE_MS,
  "1h": HOUR_MS,
  "2h": 2 * HOUR_MS,
  "4h": 4 * HOUR_MS,
  "6h": 6 * HOUR_MS,
  "8h": 8 * HOUR_MS,
  "12h": 12 * HOUR_MS,
  "1d": DAY_MS,
  "3d": 3 * DAY_MS,
  "1w": 7 * DAY_MS,
  "1M": 0,
} as const

export type Interval = keyof typeof intervalsMs

/** Open time of the candle that contains `timeMs`. `shiftMs` moves the day's start (the `timeZone` parameter). */
export function openTimeOf(interval: Interval, timeMs: number, shiftMs = 0): number {
  const localMs = timeMs + shiftMs
  if (interval === "1M") return monthStart(localMs, 0) - shiftMs
  const lengthMs = intervalsMs[interval]
  const originMs = interval === "1w" ? FIRST_MONDAY_MS : 0
  return Math.floor((localMs - originMs) / lengthMs) * lengthMs + originMs - shiftMs
}

/** Open time of the candle after the one opening at `openTimeMs`. */
export function nextOpenTime(interval: Interval, openTimeMs: number, shiftMs = 0): number {
  return interval === "1M" ? monthStart(openTimeMs + shiftMs, 1) - shiftMs : openTimeMs + intervalsMs[interval]
}

function monthStart(timeMs: number, monthsOn: number): number {
  const date = new Date(timeMs)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + monthsOn)
}
