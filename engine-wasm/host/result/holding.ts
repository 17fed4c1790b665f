import { countBefore, type Candles } from "../candles/candles.ts"

/**
 * What `cash` would have become by holding the markets in equal parts, bought at the first sample's close, on the
 * samples' times
 * (open times of strategy candles of `timeframeMs`). A market without candles yet counts as cash. Quote currency, no
 * fees.
 */
export function holdingCurve(
  markets: readonly Candles[],
  sampleTimesMs: Float64Array,
  timeframeMs: number,
  cash: number,
): Float64Array {
  const curve = new Float64Array(sampleTimesMs.length)
  for (const candles of markets) addHolding(curve, candles, sampleTimesMs, timeframeMs, cash / markets.length)
  return curve
}

function addHolding(
  curve: Float64Array,
  candles: Candles,
  sampleTimesMs: Float64Array,
  timeframeMs: number,
  part: number,
): void {
  if (isSampledEverywhere(candles, sampleTimesMs, timeframeMs)) addOnEveryCandle(curve, candles.close, part)
  else addWhereSampled(curve, candles, sampleTimesMs, timeframeMs, part)
}

/** Every candle is a strategy candle and has its sample. */
function isSampledEverywhere(
  { openTimeMs, timeframeMs: baseMs }: Candles,
  sampleTimesMs: Float64Array,
  timeframeMs: number,
): boolean {
  const { length } = sampleTimesMs
  return (
    baseMs === timeframeMs &&
    length === openTimeMs.length &&
    sampleTimesMs[0] === openTimeMs[0] &&
    sampleTimesMs[length - 1] === openTimeMs[length - 1]
  )
}

function addOnEveryCandle(curve: Float64Array, close: Float64Array, part: number): void {
  const units = part / close[0]
  for (let i = 0; i < curve.length; i++) curve[i] += units * close[i]
}

function addWhereSampled(
  curve: Float64Array,
  { openTimeMs, close }: Candles,
  sampleTimesMs: Float64Array,
  timeframeMs: number,
  part: number,
): void {
  const count = openTimeMs.length
  let next = 0
  let units = 0
  for (let i = 0; i < curve.length; i++) {
    const closesAtMs = sampleTimesMs[i] + timeframeMs
    while (next < count && openTimeMs[next] < closesAtMs) next++
    if (units === 0 && next > 0) units = part / close[next - 1]
    curve[i] += units === 0 ? part : units * close[next - 1]
  }
}

/** The curve's last value alone. */
export function holdingEnd(
  markets: readonly Candles[],
  sampleTimesMs: Float64Array,
  timeframeMs: number,
  cash: number,
): number {
  const part = cash / markets.length
  return markets.reduce((sum, candles) => sum + endOfPart(candles, sampleTimesMs, timeframeMs, part), 0)
}

function endOfPart(
  { openTimeMs, close }: Candles,
  sampleTimesMs: Float64Array,
  timeframeMs: number,
  part: number,
): number {
  const closeAt = (sample: number): number => close[countBefore(openTimeMs, sampleTimesMs[sample] + timeframeMs) - 1]
  // Bought at the first sample by whose close there is a candle.
  const first = countBefore(sampleTimesMs, openTimeMs[0] - timeframeMs + 1)
  return first >= sampleTimesMs.length ? part : (part / closeAt(first)) * closeAt(sampleTimesMs.length - 1)
}
