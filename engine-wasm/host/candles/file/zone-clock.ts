import { DAY_MS } from "../timeframe.ts"

/** What the clocks of a place show, from the platform's tables (IANA's, such as "America/New_York"). */
export class ZoneClock {
  private readonly format: Intl.DateTimeFormat
  /** By day since 1970: the offset where it is the same all day, NaN on days of a clock change. */
  private readonly dayOffsets = new Map<number, number>()

  /** @throws {RangeError} when the platform has no such place */
  constructor(zone: string) {
    this.format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    })
  }

  /** How far the clock is ahead of UTC at a moment, ms. */
  offsetMs(timeMs: number): number {
    const day = Math.floor(timeMs / DAY_MS)
    let offset = this.dayOffsets.get(day)
    if (offset === undefined) {
      const [first, last] = [this.askedOffsetMs(day * DAY_MS), this.askedOffsetMs((day + 1) * DAY_MS - 1000)]
      offset = first === last ? first : Number.NaN
      this.dayOffsets.set(day, offset)
    }
    return Number.isNaN(offset) ? this.askedOffsetMs(timeMs) : offset
  }

  /**
   * The moments, UTC ms, at which the clock shows a time (given as if it were UTC): one, two in the hour that a clock
   * set back shows twice, none in the hour it skips.
   */
  momentsMs(shownMs: number): number[] {
    const offsets = [this.offsetMs(shownMs - DAY_MS), this.offsetMs(shownMs + DAY_MS)]
    const moments = offsets
      .map((offset) => shownMs - offset)
      .filter((timeMs) => timeMs + this.offsetMs(timeMs) === shownMs)
    return [...new Set(moments)].toSorted((a, b) => a - b)
  }

  private askedOffsetMs(timeMs: number): number {
    const part: Record<string, string> = {}
    for (const { type, value } of this.format.formatToParts(timeMs)) part[type] = value
    const year = part.era === "BC" ? 1 - Number(part.year) : Number(part.year)
    const [month, day, hour, minute, second] = ["month", "day", "hour", "minute", "second"].map((name) =>
      Number(part[name]),
    )
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(timeMs / 1000) * 1000
  }
}
