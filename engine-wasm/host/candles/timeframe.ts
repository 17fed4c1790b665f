export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

/** Every timeframe a strategy may name, with its length in milliseconds. */
export const timeframesMs = {
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
  "1w": 7 * DAY_MS,
} as const

export type Timeframe = keyof typeof timeframesMs

/** Whether a text names a timeframe. */
export function isTimeframe(text: string): text is Timeframe {
  return Object.hasOwn(timeframesMs, text)
}

/** The name of a length in milliseconds, or undefined when it is none of ours. */
export function timeframeOf(lengthMs: number): Timeframe | undefined {
  return (Object.keys(timeframesMs) as Timeframe[]).find((name) => timeframesMs[name] === lengthMs)
}

/** 1970-01-05, a Monday: exchanges begin their weeks then. */
const FIRST_MONDAY_MS = 4 * DAY_MS

/**
 * Open time of the timeframe's candle that holds the moment. Both in UTC ms; days begin at 00:00 UTC, weeks on
 * Monday.
 */
export function candleOpenMs(timeMs: number, timeframeMs: number): number {
  const originMs = timeframeMs === timeframesMs["1w"] ? FIRST_MONDAY_MS : 0
  return Math.floor((timeMs - originMs) / timeframeMs) * timeframeMs + originMs
}

/** Open time of the first candle that opens at or after the moment. Both in UTC ms. */
export function nextOpenMs(timeMs: number, timeframeMs: number): number {
  const beforeMs = candleOpenMs(timeMs, timeframeMs)
  return beforeMs === timeMs ? timeMs : beforeMs + timeframeMs
}
