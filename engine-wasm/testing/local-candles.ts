import { ZoneClock } from "../host/candles/file/zone-clock.ts"
import { candleTimeframesMs, DAY_MS, HOUR_MS, type CandleTimeframe } from "../host/candles/timeframe.ts"

/**
 * Places on all sides of UTC up to its ends, with and without summer time, of an hour and of half of one; in Morocco
 * clocks are set back for Ramadan.
 */
export const places = [
  "America/New_York",
  "America/Sao_Paulo",
  "America/Santiago",
  "Pacific/Honolulu",
  "Europe/London",
  "Europe/Berlin",
  "Asia/Tehran",
  "Asia/Kolkata",
  "Asia/Tokyo",
  "Australia/Sydney",
  "Australia/Lord_Howe",
  "Pacific/Auckland",
  "Pacific/Chatham",
  "Pacific/Kiritimati",
  "Pacific/Pago_Pago",
  "Africa/Casablanca",
]

/** Without those whose days open when another place's do, a date apart (`ownDateMs`). */
export const placesWithOwnDates = places.filter((place) => !/Kiritimati|Pago_Pago/.test(place))

const clocks = new Map(places.map((place) => [place, new ZoneClock(place)]))

/** The clock of one of the places. */
export function clockOf(place: string): ZoneClock {
  return clocks.get(place)!
}

export type LocalCandles = {
  place: string
  timeframe: CandleTimeframe
  /** The clock's time when the first candle opens, as if it were UTC. */
  fromMs: number
  count: number
  /** No candles on Saturdays and Sundays. */
  rests?: boolean
}

/** Open times of candles by the clocks of a place: at the same times of each of its days. */
export function localTimes({ place, timeframe, fromMs, count, rests = false }: LocalCandles): Float64Array {
  const clock = clockOf(place)
  const lengthMs = candleTimeframesMs[timeframe]
  const times: number[] = []
  for (let step = 0; times.length < count; step++) {
    const shownMs = timeframe === "1M" ? Date.UTC(1970, Math.floor(fromMs / lengthMs) + step) : fromMs + step * lengthMs
    const isWeekend = [0, 6].includes(new Date(shownMs).getUTCDay())
    if (rests && isWeekend && lengthMs <= DAY_MS) continue
    // The hour that clocks skip begins with its end.
    times.push(clock.momentsMs(shownMs).at(0) ?? clock.momentsMs(shownMs + HOUR_MS)[0])
  }
  return Float64Array.from(times)
}
