import type { Candles } from "#engine/candles"

/** Columns of the eight indicators; values before an indicator is ready are NaN. */
export type FusedIndicators = Record<
  | "sma"
  | "ema"
  | "rsi"
  | "macd"
  | "signal"
  | "histogram"
  | "upper"
  | "middle"
  | "lower"
  | "width"
  | "atr"
  | "adx"
  | "k"
  | "d",
  Float64Array
>

/**
 * SMA(20), EMA(20), RSI(14), MACD(12, 26, 9), Bollinger(20, 2), ATR(14), ADX(14) and the slow stochastic (14, 3, 3)
 * in one pass of typed arrays, as a careful person would write it for exactly these eight. Smoothings begin at their
 * first value: equal to TA-Lib's after warm-up.
 */
export function fusedIndicators({ high, low, close }: Candles): FusedIndicators {
  const count = close.length
  const column = () => new Float64Array(count)
  const sma = column(),
    ema = column(),
    rsi = column(),
    macd = column(),
    signal = column(),
    histogram = column()
  const upper = column(),
    middle = column(),
    lower = column(),
    width = column(),
    atr = column(),
    adx = column(),
    k = column(),
    d = column()
  let sum = 0
  let squares = 0
  let ema20 = close[0]
  let ema12 = close[0]
  let ema26 = close[0]
  let ema9 = 0
  let gain = 0
  let loss = 0
  let trueRange = high[0] - low[0]
  let plus = 0
  let minus = 0
  let range = 0
  let index = 0
  let highest = 0
  let lowest = 0
  let fast1 = 0
  let fast2 = 0
  let slow1 = 0
  let slow2 = 0
  // Squares of distances from the first close, so that subtracting them loses little precision.
  const origin = close[0]
  for (let i = 1; i < count; i++) {
    const now = close[i]
    const before = close[i - 1]
    const top = high[i]
    const bottom = low[i]
    const apart = now - origin
    sum += apart
    squares += apart * apart
    if (i >= 21) {
      const gone = close[i - 20] - origin
      sum -= gone
      squares -= gone * gone
    }
    const mean = sum / 20
    const deviation = Math.sqrt(Math.max(0, squares / 20 - mean * mean))
    sma[i] = middle[i] = mean + origin
    upper[i] = mean + origin + 2 * deviation
    lower[i] = mean + origin - 2 * deviation
    width[i] = (4 * deviation) / (mean + origin)
    ema20 += (2 / 21) * (now - ema20)
    ema[i] = ema20
    ema12 += (2 / 13) * (now - ema12)
    ema26 += (2 / 27) * (now - ema26)
    const line = ema12 - ema26
    ema9 += (2 / 10) * (line - ema9)
    macd[i] = line
    signal[i] = ema9
    histogram[i] = line - ema9
    const change = now - before
    gain += ((change > 0 ? change : 0) - gain) / 14
    loss += ((change < 0 ? -change : 0) - loss) / 14
    rsi[i] = (100 * gain) / (gain + loss)
    const reach = (top > before ? top : before) - (bottom < before ? bottom : before)
    trueRange += (reach - trueRange) / 14
    atr[i] = trueRange
    const up = inCents(top - high[i - 1])
    const down = inCents(low[i - 1] - bottom)
    plus += (up > down && up > 0 ? up : 0) - plus / 14
    minus += (down > up && down > 0 ? down : 0) - minus / 14
    range += reach - range / 14
    index += ((100 * Math.abs(plus - minus)) / (plus + minus) - index) / 14
    adx[i] = index
    const from = i > 13 ? i - 13 : 0
    if (highest < from) {
      highest = from
      for (let j = from + 1; j <= i; j++) if (high[j] >= high[highest]) highest = j
    } else if (top >= high[highest]) highest = i
    if (lowest < from) {
      lowest = from
      for (let j = from + 1; j <= i; j++) if (low[j] <= low[lowest]) lowest = j
    } else if (bottom <= low[lowest]) lowest = i
    const fast = (100 * (now - low[lowest])) / (high[highest] - low[lowest])
    const slow = (fast + fast1 + fast2) / 3
    k[i] = slow
    d[i] = (slow + slow1 + slow2) / 3
    fast2 = fast1
    fast1 = fast
    slow2 = slow1
    slow1 = slow
  }
  return { sma, ema, rsi, macd, signal, histogram, upper, middle, lower, width, atr, adx, k, d }
}

/** A movement of two decimals, so that equal ones are equal: 100.13 - 100.06 is 0.06999999999999318. */
function inCents(movement: number): number {
  return Math.round(movement * 100) / 100
}
