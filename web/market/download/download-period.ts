import { DAY_MS, type TimeRange } from "#engine/candles"
import { dayAfter, type Days } from "../../ui/date-format.ts"

/** The stretches most people want, by their length in days. */
export const periods = [
  { value: "30", label: "The last month" },
  { value: "91", label: "The last 3 months" },
  { value: "365", label: "The last year" },
  { value: "730", label: "The last 2 years" },
  { value: "1096", label: "The last 3 years" },
  { value: "1826", label: "The last 5 years" },
  { value: "own", label: "From … to …" },
]

/** How far back to go, or the days a person named (both included), as in date fields. */
export type PeriodChoice = { period: string; fromDay: string; toDay: string }

/** The last year: enough to see several kinds of market, and there in seconds. */
export function firstPeriod(nowMs: number, days: Days): PeriodChoice {
  return { period: "365", fromDay: days.dayOf(nowMs - 365 * DAY_MS), toDay: days.dayOf(nowMs) }
}

/** The stretch a choice means, or what is wrong with it. A last day that has not ended goes up to now. */
export function rangeOf(
  { period, fromDay, toDay }: PeriodChoice,
  nowMs: number,
  days: Days,
): { ok: true; range: TimeRange } | { ok: false; because: string } {
  if (period !== "own")
    return { ok: true, range: { fromMs: utcMidnight(nowMs - Number(period) * DAY_MS), toMs: nowMs } }
  const [fromMs, lastMs, endMs] = [fromDay, toDay, dayAfter(toDay)].map(days.startOf)
  if (fromMs === undefined || lastMs === undefined || endMs === undefined)
    return { ok: false, because: "Choose both days." }
  if (fromMs > nowMs) return { ok: false, because: "The first day is in the future: there are no candles yet." }
  if (lastMs < fromMs) return { ok: false, because: "The last day comes before the first." }
  return { ok: true, range: { fromMs, toMs: Math.min(endMs, nowMs) } }
}

function utcMidnight(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS) * DAY_MS
}
