import { DAY_MS } from "../time-length"
const HOUR_MS: f64 = 3_600_000

/** Hour of the day (0 to 23, UTC) of a time in milliseconds. */
export function hourOf(timeMs: f64): f64 {
  const days = floor(timeMs / DAY_MS)
  return floor((timeMs - days * DAY_MS) / HOUR_MS)
}

/** Day of the week (Monday 1 to Sunday 7, UTC, as in ISO 8601) of a time in milliseconds. */
export function weekdayOf(timeMs: f64): f64 {
  // 1 January 1970 was a Thursday.
  const daysSinceMonday = floor(timeMs / DAY_MS) + 3
  return daysSinceMonday - 7 * floor(daysSinceMonday / 7) + 1
}

/** Hour of the day a candle opens at, as an indicator. */
@unmanaged
export class Hour {
  static bytes(): i32 {
    return 0
  }

  start(): void {
    // Each candle counts by itself.
  }

  next(timeMs: f64): f64 {
    return hourOf(timeMs)
  }
}

/** Day of the week a candle opens on, as an indicator. */
@unmanaged
export class Weekday {
  static bytes(): i32 {
    return 0
  }

  start(): void {
    // Each candle counts by itself.
  }

  next(timeMs: f64): f64 {
    return weekdayOf(timeMs)
  }
}
