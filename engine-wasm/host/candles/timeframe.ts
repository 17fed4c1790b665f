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

/** Months vary in length; this is the longest, so an end computed with it is never too early. */
export const MONTH_MS = 31 * DAY_MS

/** Every timeframe candles and formulas may have: those of strategies, and calendar months. */
export const candleTimeframesMs = { ...timeframesMs, "1M": MONTH_MS } as const

export type CandleTimeframe = keyof typeof candleTimeframesMs

/** Whether a text names a timeframe candles may have. */
export function isCandleTimeframe(text: string): text is CandleTimeframe {
  return Object.hasOwn(candleTimeframesMs, text)
}

/** The strategy timeframe of a length in milliseconds, or undefined when no strategy decides on such candles. */
export function strategyTimeframeOf(lengthMs: number): Timeframe | undefined {
  const name = timeframeOf(lengthMs)
  return name !== undefined && isTimeframe(name) ? name : undefined
}

/** The name of a length in milliseconds, or undefined when it is not one of ours. */
export function timeframeOf(lengthMs: number): CandleTimeframe | undefined {
  return (Object.keys(candleTimeframesMs) as CandleTimeframe[]).find((name) => candleTimeframesMs[name] === lengthMs)
}

/** 1970-01-05, a Monday: exchanges begin their weeks then. */
const FIRST_MONDAY_MS = 4 * DAY_MS

/**
 * Open time of the timeframe's candle that holds the moment. Both in UTC ms; days begin at 00:00 UTC, weeks on
 * Monday, months on the 1st.
 */
export function candleOpenMs(timeMs: number, timeframeMs: number): number {
  if (timeframeMs === MONTH_MS) return monthOpenMs(monthOf(timeMs))
  const originMs = timeframeMs === timeframesMs["1w"] ? FIRST_MONDAY_MS : 0
  return Math.floor((timeMs - originMs) / timeframeMs) * timeframeMs + originMs
}

/** When a candle that opens on the grid ends, UTC ms. */
export function candleEndMs(openMs: number, timeframeMs: number): number {
  return timeframeMs === MONTH_MS ? monthOpenMs(monthOf(openMs) + 1) : openMs + timeframeMs
}

/** Open time of the first candle that opens at or after the moment. Both in UTC ms. */
export function nextOpenMs(timeMs: number, timeframeMs: number): number {
  const beforeMs = candleOpenMs(timeMs, timeframeMs)
  return beforeMs === timeMs ? timeMs : candleEndMs(beforeMs, timeframeMs)
}

/**
 * Days that open elsewhere than at 00:00 UTC have the date of the place they open in, from Honolulu (10 hours behind
 * UTC) to the Chathams (13¾ ahead): a day that opens at 10:00 UTC or before has UTC's own date, a later one the next.
 */
const OWN_DATE_MS = 13.75 * HOUR_MS

/**
 * The date of a candle of a day or longer, as 00:00 UTC of that date. Kiritimati opens when Honolulu does and Pago Pago
 * when Auckland does, a date apart: there the dates are those of the place with more people.
 */
export function ownDateMs(openMs: number): number {
  return candleOpenMs(openMs + OWN_DATE_MS, DAY_MS)
}

/**
 * Open time of the longer candle that a candle of `baseMs` belongs to: days by their own date, everything shorter by
 * its open time. All in ms.
 */
export function longerOpenMs(openMs: number, baseMs: number, timeframeMs: number): number {
  return candleOpenMs(baseMs >= DAY_MS ? openMs + OWN_DATE_MS : openMs, timeframeMs)
}

/** The open time of the candle `steps` after this one; months open on the 1st, 00:00 UTC. */
export function laterOpenMs(openMs: number, steps: number, timeframeMs: number): number {
  return timeframeMs === MONTH_MS ? monthOpenMs(ownMonth(openMs) + steps) : openMs + steps * timeframeMs
}

/** How many candles of the grid are absent between two that open at these times; never below 0. */
export function absentBetween(openMs: number, laterMs: number, timeframeMs: number): number {
  const steps =
    timeframeMs === MONTH_MS
      ? ownMonth(laterMs) - ownMonth(openMs)
      : // Halves are rounded down: three hours among candles of two are one candle on the day clocks are put back.
        Math.ceil((laterMs - openMs) / timeframeMs - 0.5)
  return Math.max(steps - 1, 0)
}

/** In Kiritimati the 1st begins 14 hours before it does in UTC, and nowhere earlier. */
export const FARTHEST_AHEAD_MS = 14 * HOUR_MS

function ownMonth(openMs: number): number {
  return monthOf(openMs + FARTHEST_AHEAD_MS)
}

/** Months since January 1970 of a moment, UTC ms. */
function monthOf(timeMs: number): number {
  const date = new Date(timeMs)
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth()
}

function monthOpenMs(month: number): number {
  return Date.UTC(1970, month)
}
