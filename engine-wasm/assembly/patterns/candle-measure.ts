// What "long", "short", "near" … mean: TA-Lib's default candle settings (TA_SetCandleSettings). Each measure covers
// the candles before the one it judges, summed anew each time, oldest first: TA-Lib's running total gives the same
// answers but for its rounding drift, which would make a pattern depend on where the history starts.
import { RecentCandles } from "./recent-candles"

/**
 * BodyLong and BodyShort: the average body of the 10 candles before. A body above it is long, one below it is short.
 */
export function averageBody(candles: RecentCandles, ago: i32): f64 {
  let sum: f64 = 0
  for (let past = ago + 10; past > ago; past--) sum += candles.body(past)
  return sum / 10
}

/** BodyDoji: a tenth of the average range of the 10 candles before. A body up to it is a doji's. */
export function dojiBody(candles: RecentCandles, ago: i32): f64 {
  return 0.1 * averageRange(candles, ago, 10)
}

/** ShadowShort: half the average of both shadows together over the 10 candles before. */
export function shortShadow(candles: RecentCandles, ago: i32): f64 {
  let sum: f64 = 0
  for (let past = ago + 10; past > ago; past--) sum += candles.upperShadow(past) + candles.lowerShadow(past)
  return sum / 10 / 2
}

/** ShadowVeryShort: a tenth of the average range of the 10 candles before. */
export function veryShortShadow(candles: RecentCandles, ago: i32): f64 {
  return 0.1 * averageRange(candles, ago, 10)
}

/** ShadowLong: a shadow longer than the candle's own body is long. */
export function longShadow(candles: RecentCandles, ago: i32): f64 {
  return candles.body(ago)
}

/** ShadowVeryLong: a shadow longer than twice the candle's own body is very long. */
export function veryLongShadow(candles: RecentCandles, ago: i32): f64 {
  return 2 * candles.body(ago)
}

/** Near: a fifth of the average range of the 5 candles before. */
export function near(candles: RecentCandles, ago: i32): f64 {
  return 0.2 * averageRange(candles, ago, 5)
}

/** Far: three fifths of the average range of the 5 candles before. */
export function far(candles: RecentCandles, ago: i32): f64 {
  return 0.6 * averageRange(candles, ago, 5)
}

/** Equal: a twentieth of the average range of the 5 candles before; prices no further apart count as the same. */
export function equal(candles: RecentCandles, ago: i32): f64 {
  return 0.05 * averageRange(candles, ago, 5)
}

/** Whether two prices are the same within the measure `equal` of the candle. */
export function areEqual(candles: RecentCandles, price: f64, other: f64, ago: i32): bool {
  const slack = equal(candles, ago)
  return price <= other + slack && price >= other - slack
}

function averageRange(candles: RecentCandles, ago: i32, count: i32): f64 {
  let sum: f64 = 0
  for (let past = ago + count; past > ago; past--) sum += candles.range(past)
  return sum / <f64>count
}
