import { type Timeframe, timeframesMs } from "#engine/candles"
import type { TimeRange } from "#engine/candles"
import { formatBytes, formatNumber } from "../../ui/number-format.ts"

/** Open, high, low, close and volume as doubles; the times of candles without gaps need no place. */
const BYTES_PER_CANDLE = 5 * 8

/**
 * What a choice of timeframe means for tests, and what it costs: "1-minute candles let stops be tested inside the
 * hour; about 42 MB."
 */
export function downloadAdvice(timeframe: Timeframe, { fromMs, toMs }: TimeRange): string {
  const lengthMs = Math.max(0, toMs - fromMs)
  const candles = Math.ceil(lengthMs / timeframesMs[timeframe])
  const size = `About ${formatNumber(candles)} candles, ${formatBytes(candles * BYTES_PER_CANDLE)}.`
  if (timeframe === "1m") return `1-minute candles let stops be tested inside the hour. ${size}`
  const finest = formatBytes((lengthMs / timeframesMs["1m"]) * BYTES_PER_CANDLE)
  return `${size} A ${timeframe} candle does not show whether its high or its low came first; 1m candles would, in about ${finest}, and serve every longer timeframe too.`
}
