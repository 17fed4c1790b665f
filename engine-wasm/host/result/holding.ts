import { countBefore, type Candles } from "../candles/candles.ts"

export type Holding = {
  markets: readonly Candles[]
  /** Open times of the strategy candles at whose closes the curve is read. */
  sampleTimesMs: Float64Array
  timeframeMs: number
  cash: number
  /** The period's first moment; the candles' own when left out. */
  fromMs?: number
}

/**
 * What `cash` would be worth in the markets, in equal parts: bought at the close of each market's first base candle
 * of the period, valued at its last close, whatever the strategy's timeframe. A market without candles yet counts as
 * cash. Quote currency, no fees.
 */
export function holdingCurve(holding: Holding): Float64Array {
  const curve = new Float64Array(holding.sampleTimesMs.length)
  for (const candles of holding.markets) addHolding(curve, candles, holding)
  return curve
}

/** The curve's last value alone. */
export function holdingEnd({ markets, sampleTimesMs, cash, fromMs }: Holding): number {
  const part = cash / markets.length
  if (sampleTimesMs.length === 0) return cash
  return markets.reduce((sum, candles) => {
    const first = firstOf(candles, fromMs)
    return sum + (first < 0 ? part : (part / candles.close[first]) * candles.close[candles.close.length - 1])
  }, 0)
}

function addHolding(curve: Float64Array, candles: Candles, holding: Holding): void {
  const part = holding.cash / holding.markets.length
  const first = firstOf(candles, holding.fromMs)
  if (first < 0) curve.forEach((_, i) => (curve[i] += part))
  else if (isSampledEverywhere(candles, first, holding)) addOnEveryCandle(curve, candles.close, first, part)
  else addWhereSampled(curve, candles, first, { ...holding, part })
}

/** The first candle of the period; -1 when there is none. */
function firstOf({ openTimeMs }: Candles, fromMs = -Infinity): number {
  const first = countBefore(openTimeMs, fromMs)
  return first < openTimeMs.length ? first : -1
}

/** Every candle of the period is a strategy candle and has its sample. */
function isSampledEverywhere(candles: Candles, first: number, { sampleTimesMs, timeframeMs }: Holding): boolean {
  const { openTimeMs, timeframeMs: baseMs } = candles
  const { length } = sampleTimesMs
  return (
    baseMs === timeframeMs &&
    length === openTimeMs.length - first &&
    sampleTimesMs[0] === openTimeMs[first] &&
    sampleTimesMs[length - 1] === openTimeMs[openTimeMs.length - 1]
  )
}

function addOnEveryCandle(curve: Float64Array, close: Float64Array, first: number, part: number): void {
  const units = part / close[first]
  for (let i = 0; i < curve.length; i++) curve[i] += units * close[first + i]
}

function addWhereSampled(
  curve: Float64Array,
  { openTimeMs, close }: Candles,
  first: number,
  { sampleTimesMs, timeframeMs, part }: Holding & { part: number },
): void {
  const count = openTimeMs.length
  const units = part / close[first]
  let next = 0
  for (let i = 0; i < curve.length; i++) {
    const closesAtMs = i === curve.length - 1 ? Infinity : sampleTimesMs[i] + timeframeMs
    while (next < count && openTimeMs[next] < closesAtMs) next++
    curve[i] += next <= first ? part : units * close[next - 1]
  }
}
