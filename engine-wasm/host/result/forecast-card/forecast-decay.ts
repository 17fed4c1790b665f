import { wilsonInterval, type ShareInterval } from "../statistics/wilson-interval.ts"
import type { ForecastColumns } from "./forecast-columns.ts"

/** How often forecasts were right that were made so long after the training. */
export type ForecastAge = { fromMs: number; toMs: number; count: number; hitRate: number; interval: ShareInterval }

const MOST_AGES = 5

/** Forecasts by age, in equal spans from the youngest to the oldest; a span without any is left out. */
export function forecastDecay(
  rows: readonly number[],
  {
    openTimeMs,
    trainedUntilMs,
    isRight,
  }: Pick<ForecastColumns, "openTimeMs" | "trainedUntilMs"> & { isRight: (row: number) => boolean },
): ForecastAge[] {
  const aged = rows
    .map((row) => ({ ageMs: openTimeMs[row] - trainedUntilMs[row], isRight: isRight(row) }))
    .filter(({ ageMs }) => Number.isFinite(ageMs))
  const youngest = aged.reduce((least, { ageMs }) => Math.min(least, ageMs), Infinity)
  const spanMs = (aged.reduce((most, { ageMs }) => Math.max(most, ageMs), -Infinity) - youngest) / MOST_AGES
  const spanOf = (ageMs: number) => (spanMs > 0 ? Math.min(MOST_AGES - 1, Math.floor((ageMs - youngest) / spanMs)) : 0)
  return Array.from({ length: MOST_AGES }, (_, span) => aged.filter(({ ageMs }) => spanOf(ageMs) === span)).flatMap(
    (group, span) => {
      const hits = group.filter((one) => one.isRight).length
      const interval = wilsonInterval(hits, group.length)
      const fromMs = youngest + span * spanMs
      return interval === null
        ? []
        : [{ fromMs, toMs: fromMs + spanMs, count: group.length, hitRate: hits / group.length, interval }]
    },
  )
}
