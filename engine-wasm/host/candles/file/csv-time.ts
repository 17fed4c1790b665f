const calendarTime =
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i
const compactDay = /^(19|20)\d{6}$/

/** How a file writes its times. Calendar times without a zone are taken as UTC. */
export type TimeUnit = "seconds" | "milliseconds" | "microseconds" | "nanoseconds" | "dates"

/** The unit of a bare number of time, by its size: between 1973 and 5138 the four never overlap. */
export function timeUnitOf(time: number): TimeUnit {
  if (time >= 1e17) return "nanoseconds"
  if (time >= 1e14) return "microseconds"
  return time >= 1e11 ? "milliseconds" : "seconds"
}

/** A number of the given unit since 1970 in whole milliseconds, rounded down. */
export function millisecondsOf(time: number, unit: TimeUnit): number {
  if (unit === "milliseconds") return time
  if (unit === "seconds") return Math.floor(time * 1000)
  return Math.floor(time / (unit === "microseconds" ? 1e3 : 1e6))
}

/**
 * UTC milliseconds of a calendar time: 2024-01-31, 2024-01-31 10:00, 2024-01-31T10:00:00.5Z, 2024/01/31 10:00+02:00,
 * 2024.01.31, 20240131. Without a zone it is taken as UTC. NaN for anything else, days that do not exist, and orders
 * (31/01/2024) that are ambiguous.
 */
export function calendarTimeMs(text: string): number {
  if (compactDay.test(text)) return calendarTimeMs(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`)
  const parts = calendarTime.exec(text)
  if (parts === null) return Number.NaN
  const [year, month, day, hour, minute, second] = [1, 3, 4, 5, 6, 7].map((group) => Number(parts[group] ?? 0))
  const dayMs = existingDayMs(year, month, day)
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN
  const fractionMs = Math.floor(Number(`0.${parts[8] ?? 0}`) * 1000)
  return dayMs + ((hour * 60 + minute) * 60 + second) * 1000 + fractionMs - zoneMs(parts[9])
}

function existingDayMs(year: number, month: number, day: number): number {
  const dayMs = Date.UTC(year, month - 1, day)
  const date = new Date(dayMs)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? dayMs : Number.NaN
}

function zoneMs(zone: string | undefined): number {
  if (zone === undefined || !/^[+-]/.test(zone)) return 0
  const digits = zone.replace(":", "")
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5))
  return (digits[0] === "-" ? -1 : 1) * minutes * 60_000
}
