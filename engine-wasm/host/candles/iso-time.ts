/** A time as people read it, UTC: 2024-01-31T10:00Z; the bare number where no calendar reaches. */
export function isoTime(timeMs: number): string {
  if (!(Math.abs(timeMs) <= 8.64e15)) return String(timeMs)
  return new Date(timeMs).toISOString().replace(":00.000Z", "Z")
}

/** The day of a time, UTC: "2026-11-30". */
export function dayText(timeMs: number): string {
  return isoTime(timeMs).slice(0, "2026-11-30".length)
}

/** A time within a sentence, to the minute: "2026-11-30 14:05 UTC". A screen shows it by its reader's clock. */
export function plainTime(timeMs: number): string {
  if (!(Math.abs(timeMs) <= 8.64e15)) return String(timeMs)
  return `${new Date(timeMs).toISOString().slice(0, 16).replace("T", " ")} UTC`
}
