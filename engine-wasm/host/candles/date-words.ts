const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
/** No calendar reaches further. */
const LAST_DAY_MS = 8.64e15

/** A moment as a beginner reads it: "31 Jan 2024, 10:00"; UTC, to the millisecond where it has some. */
export function dateWords(timeMs: number): string {
  if (!isDate(timeMs)) return String(timeMs)
  const date = new Date(timeMs)
  const day = `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`
  const clock = date.toISOString().split("T")[1]
  return `${day}, ${clock.replace("Z", "").replace(/(:00)?\.000$/, "")}`
}

/** Whether a number of milliseconds since 1970 is a moment, to its last digit. */
export function isDate(timeMs: number): boolean {
  return Number.isInteger(timeMs) && Math.abs(timeMs) <= LAST_DAY_MS
}
