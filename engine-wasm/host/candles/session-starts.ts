import type { ClockStretch } from "./local-clock.ts"
import { DAY_MS, HOUR_MS, MINUTE_MS } from "./timeframe.ts"

/** Sessions open at the same time of day; in UTC up to an hour earlier or later in the other half of the year. */
const SEASONS_MS = [0, 30 * MINUTE_MS, -30 * MINUTE_MS, HOUR_MS, -HOUR_MS]
/** One that opens once a week, on Sunday evening, is more of the days than this. */
const LEAST_SHARE = 0.1
/** Every session opens at such a minute, which the first candle of a file, alone of its kind, must show. */
const ROUND_MS = 5 * MINUTE_MS

/**
 * The first candles of sessions that open beside the full hour, each ending sooner than others: 9:30 to 10:00. One
 * that is only late looks alike, but no other opens at its time of day.
 */
export function sessionStarts(stretches: ClockStretch[], timeframeMs: number): ReadonlySet<ClockStretch> {
  const cut = stretches.filter((_, at) => isCut(stretches, at, timeframeMs))
  if (cut.length === 0) return new Set()
  const days = (stretches.at(-1)!.toMs - stretches[0].fromMs) / DAY_MS
  const counts = new Map<number, number>()
  for (const { fromMs } of cut) counts.set(timeOfDay(fromMs), (counts.get(timeOfDay(fromMs)) ?? 0) + 1)
  const alike = ({ fromMs }: ClockStretch) =>
    SEASONS_MS.reduce((sum, byMs) => sum + (counts.get(timeOfDay(fromMs + byMs)) ?? 0), 0)
  const begins = (stretch: ClockStretch) => stretch === stretches[0] && stretch.fromMs % ROUND_MS === 0
  return new Set(cut.filter((each) => begins(each) || alike(each) >= Math.max(2, days * LEAST_SHARE)))
}

/** A single candle after a pause, with the next one sooner behind it than others. */
function isCut(stretches: ClockStretch[], at: number, timeframeMs: number): boolean {
  const [before, { count, fromMs, toMs }, after] = [stretches[at - 1], stretches[at], stretches[at + 1]]
  if (timeframeMs >= DAY_MS || count !== 1 || after === undefined) return false
  const isBehindPause = before === undefined || fromMs - before.toMs > timeframeMs
  return isBehindPause && after.fromMs - toMs < timeframeMs
}

function timeOfDay(timeMs: number): number {
  return ((timeMs % DAY_MS) + DAY_MS) % DAY_MS
}
