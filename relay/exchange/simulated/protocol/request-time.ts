import type { Params } from "./params.ts"
import { refuse } from "../refusal.ts"

const DEFAULT_WINDOW_MS = 5_000
const LONGEST_WINDOW_MS = 60_000

/**
 * Checks `timestamp` and `recvWindow` by Binance's rule: not 1000 ms ahead of the server, not older than the window.
 * `clocksMs` are the clocks a client may use: the exchange's own and, when exchange time does not run at real speed,
 * the wall's, since no client can keep up with a clock that runs sixty times faster than its own.
 */
export function checkRequestTime(params: Params, clocksMs: readonly number[]): void {
  const sentMs = timestampMs(params.required("timestamp"))
  const windowMs = receiveWindowMs(params.text("recvWindow"))
  if (clocksMs.some((nowMs) => sentMs < nowMs + 1_000 && nowMs - sentMs <= windowMs)) return
  const nearestMs = clocksMs.reduce((nearest, nowMs) =>
    Math.abs(sentMs - nowMs) < Math.abs(sentMs - nearest) ? nowMs : nearest,
  )
  if (sentMs >= nearestMs + 1_000) refuse(-1021, "Timestamp for this request was 1000ms ahead of the server's time.")
  refuse(-1021, "Timestamp for this request is outside of the recvWindow.")
}

function timestampMs(text: string): number {
  if (!/^\d{1,20}$/.test(text))
    refuse(-1100, "Illegal characters found in parameter 'timestamp'; legal range is '^[0-9]{1,20}$'.")
  // Sixteen digits and more are microseconds.
  return text.length > 14 ? Number(text) / 1000 : Number(text)
}

function receiveWindowMs(text: string | undefined): number {
  if (text === undefined) return DEFAULT_WINDOW_MS
  if (!/^\d{1,5}(\.\d{1,3})?$/.test(text))
    refuse(-1100, "Illegal characters found in parameter 'recvWindow'; legal range is '^[0-9]{1,5}(\\.[0-9]{1,3})?$'.")
  if (Number(text) > LONGEST_WINDOW_MS) refuse(-1131, "recvWindow must be less than 60000")
  return Number(text)
}
