/** A time as people read it, UTC: 2024-01-31T10:00Z; the bare number where no calendar reaches. */
export function isoTime(timeMs: number): string {
  if (!(Math.abs(timeMs) <= 8.64e15)) return String(timeMs)
  return new Date(timeMs).toISOString().replace(":00.000Z", "Z")
}
