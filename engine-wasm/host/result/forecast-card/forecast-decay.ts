import { wilsonInterval, type ShareInterval } from "../statistics/wilson-interval.ts"
import type { Rows } from "./forecast-columns.ts"

/** How often forecasts were right that were made so long after the training. */
export type ForecastAge = { fromMs: number; toMs: number; count: number; hitRate: number; interval: ShareInterval }

const MOST_AGES = 5

type Aging = { openTimeMs: Float64Array; trainedUntilMs: Float64Array; isRight: (row: number) => boolean }

/** Forecasts by age, in equal spans from the youngest to the oldest; a span without any is left out. */
export function forecastDecay(rows: Rows, { openTimeMs, trainedUntilMs, isRight }: Aging): ForecastAge[] {
  const ageOf = (row: number) => openTimeMs[row] - trainedUntilMs[row]
  const aged = rows.filter((row) => Number.isFinite(ageOf(row)))
  const { youngest, spanMs } = spansOf(aged, ageOf)
  const spans = Array.from({ length: MOST_AGES }, () => ({ count: 0, hits: 0 }))
  for (const row of aged) {
    const span = spans[spanMs > 0 ? Math.min(MOST_AGES - 1, Math.floor((ageOf(row) - youngest) / spanMs)) : 0]
    span.count++
    if (isRight(row)) span.hits++
  }
  return spans.flatMap(({ count, hits }, at) => {
    const interval = wilsonInterval(hits, count)
    const fromMs = youngest + at * spanMs
    return interval === null ? [] : [{ fromMs, toMs: fromMs + spanMs, count, hitRate: hits / count, interval }]
  })
}

function spansOf(rows: Rows, ageOf: (row: number) => number): { youngest: number; spanMs: number } {
  let [youngest, oldest] = [Infinity, -Infinity]
  for (const row of rows) {
    youngest = Math.min(youngest, ageOf(row))
    oldest = Math.max(oldest, ageOf(row))
  }
  return { youngest, spanMs: (oldest - youngest) / MOST_AGES }
}
