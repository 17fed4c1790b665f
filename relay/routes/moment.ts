import { z } from "@hono/zod-openapi"
import { calendarTimeMs } from "#engine/candles"

/** The last moment a Date knows. */
export const LAST_MS = 8.64e15

/** A moment as somebody writes it: UTC ms, or a UTC text such as 2024-01-31 or 2024-01-31T10:00Z. */
export const writtenMoment = z
  .union([z.int(), z.string().max(40)])
  .transform(momentMs)
  .refine((ms) => ms >= 0 && ms <= LAST_MS, "it is UTC, such as 2024-01-31, 2024-01-31T10:00Z or milliseconds")

function momentMs(written: number | string): number {
  if (typeof written === "number") return written
  return /^\d{9,16}$/.test(written) ? Number(written) : calendarTimeMs(written.trim())
}
