import type { CandlePage } from "./candle-page.ts"
import type { TimeRange } from "./candle-ranges.ts"
import { DAY_MS, candleOpenMs, nextOpenMs } from "../timeframe.ts"

type DayQuestions = { pageLimit: number; askDays: (days: TimeRange) => Promise<CandlePage | undefined> }

/**
 * The start of the first day with candles in a stretch, UTC ms, or of its last day when there are none; undefined
 * when the requests end first.
 */
export async function firstDayMs(
  { fromMs, toMs }: TimeRange,
  { pageLimit, askDays }: DayQuestions,
): Promise<number | undefined> {
  const lengthMs = pageLimit * DAY_MS
  // The day in which the stretch begins counts whole.
  for (let pageMs = candleOpenMs(fromMs, DAY_MS); pageMs < toMs; pageMs += lengthMs) {
    const page = await askDays({ fromMs: pageMs, toMs: Math.min(pageMs + lengthMs, nextOpenMs(toMs, DAY_MS)) })
    if (page === undefined) return undefined
    if (page.candles !== undefined) return page.candles.openTimeMs[0]
  }
  return candleOpenMs(toMs - 1, DAY_MS)
}
