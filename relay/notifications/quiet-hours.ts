import { DAY_MS, MINUTE_MS } from "#engine/candles"

/** From and to, minutes of a UTC day: "22:00-07:00". */
export const quietHours = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/

/** When a quiet time that is now is over; the same moment where there is none. */
export function quietUntilMs(quiet: string | null, nowMs: number): number {
  const [, ...parts] = quietHours.exec(quiet ?? "") ?? []
  if (parts.length === 0) return nowMs
  const [fromHour, fromMinute, toHour, toMinute] = parts.map(Number)
  const dayMs = Math.floor(nowMs / DAY_MS) * DAY_MS
  const from = (fromHour * 60 + fromMinute) * MINUTE_MS
  const to = (toHour * 60 + toMinute) * MINUTE_MS
  const now = nowMs - dayMs
  const isQuiet = from <= to ? now >= from && now < to : now >= from || now < to
  if (!isQuiet) return nowMs
  return dayMs + to + (now < to ? 0 : DAY_MS)
}
