import { metricText as textOf, type MetricDefinition } from "#engine/result"
import { type TimeZone, formatCandle } from "../ui/date-format.ts"

/** The units of a run's numbers: its currency, its strategy's candles, and the clock. */
export type MetricSurroundings = { currency: string | undefined; timeframeMs: number; zone: TimeZone }

/** A metric's value with its unit, moments on the person's clock. */
export function metricText(
  definition: MetricDefinition,
  value: number | string | null,
  { currency, timeframeMs, zone }: MetricSurroundings,
): string {
  return textOf(definition, value, { currency, timeWords: (timeMs) => formatCandle(timeMs, timeframeMs, zone) })
}
