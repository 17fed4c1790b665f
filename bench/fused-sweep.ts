import { DAY_MS, type Candles } from "#engine/candles"
import { DailyReturns } from "./fused-days.ts"

type Pairs = { fasts: number[]; slows: number[]; cash: number; feeRate: number }
/** Percents: a stop under the entry, and one that trails the best price once that has gained so much. */
export type FusedStops = { stop: number; trailing: number; armAt: number }
export type SweptPair = { finalEquity: number; maxDrawdownPercent: number; sharpe: number; trades: number }

/**
 * Every pair of averages as a hand-written loop over typed arrays: each average computed once, then one pass a pair.
 * By "fast slow".
 */
export function fusedSweep(
  candles: Candles,
  { fasts, slows, cash, feeRate }: Pairs,
  stops?: FusedStops,
): Map<string, SweptPair> {
  const ticks = candles.close.map((price) => Math.round(price * 10 ** candles.priceDecimals))
  const averages = new Map([...fasts, ...slows].map((length) => [length, averageOf(ticks, length)]))
  const dayEnds = dayEndsOf(candles.openTimeMs)
  const pairs = new Map<string, SweptPair>()
  for (const fast of fasts)
    for (const slow of slows) {
      const pair = { fast: averages.get(fast)!, slow: averages.get(slow)!, from: Math.max(fast, slow) }
      const money = { cash, feeRate }
      const row = stops
        ? onePairWithStops(candles, dayEnds, pair, money, stops)
        : onePair(candles, dayEnds, pair, money)
      pairs.set(`${fast} ${slow}`, row)
    }
  return pairs
}

/** Averages of whole ticks, so that ties are exact. */
function averageOf(ticks: Float64Array, length: number): Float64Array {
  const average = new Float64Array(ticks.length)
  let sum = 0
  for (let i = 0; i < ticks.length; i++) {
    sum += ticks[i] - (i >= length ? ticks[i - length] : 0)
    average[i] = sum / length
  }
  return average
}

/** The last candle of each UTC day, and the number of candles behind them all. */
function dayEndsOf(openTimeMs: Float64Array): Int32Array {
  const day = (i: number) => Math.floor(openTimeMs[i] / DAY_MS)
  const ends: number[] = []
  for (let i = 0; i + 1 < openTimeMs.length; i++) if (day(i) !== day(i + 1)) ends.push(i)
  return Int32Array.from([...ends, openTimeMs.length])
}

type Averages = { fast: Float64Array; slow: Float64Array; from: number }
type Money = { cash: number; feeRate: number }

function onePair(
  { open, close }: Candles,
  dayEnds: Int32Array,
  { fast, slow, from }: Averages,
  { cash, feeRate }: Money,
): SweptPair {
  const count = close.length
  const days = new DailyReturns(cash)
  let nextDay = 0
  let dayEnd = dayEnds[0]
  let peak = cash
  let deepestWorth = cash
  let fall = 0
  let money = cash
  let quantity = 0
  let worth = cash
  let wants = 0
  let trades = 0
  for (let i = from - 1; nextDay < dayEnds.length && dayEnd < i;) {
    days.close(cash)
    dayEnd = dayEnds[++nextDay]
  }
  for (let i = from; i < count; i++) {
    if (wants > 0 && quantity === 0) {
      quantity = money / (open[i] * (1 + feeRate))
      money -= quantity * open[i] * (1 + feeRate)
    } else if (wants < 0 && quantity !== 0) {
      money += quantity * open[i] * (1 - feeRate)
      quantity = 0
      trades++
    }
    worth = money + quantity * close[i]
    if (worth > peak) {
      peak = worth
      deepestWorth = peak * (1 - fall)
    } else if (worth < deepestWorth) {
      fall = 1 - worth / peak
      deepestWorth = worth
    }
    if (i === dayEnd) {
      days.close(worth)
      dayEnd = dayEnds[++nextDay]
    }
    wants = 0
    if (fast[i] > slow[i]) {
      if (fast[i - 1] <= slow[i - 1]) wants = 1
    } else if (fast[i] < slow[i] && fast[i - 1] >= slow[i - 1]) wants = -1
  }
  if (quantity !== 0) {
    worth = money + quantity * close[count - 1] * (1 - feeRate)
    trades++
  }
  days.close(worth)
  return { finalEquity: worth, maxDrawdownPercent: fall * 100, sharpe: days.sharpe(), trades }
}

/** The same with the conservative fills of docs/fills.md for a stop that may trail. */
function onePairWithStops(
  { open, high, low, close }: Candles,
  dayEnds: Int32Array,
  { fast, slow, from }: Averages,
  { cash, feeRate }: Money,
  stops: FusedStops,
): SweptPair {
  const count = close.length
  const days = new DailyReturns(cash)
  let nextDay = 0
  let dayEnd = dayEnds[0]
  let peak = cash
  let deepestWorth = cash
  let fall = 0
  let money = cash
  let quantity = 0
  let worth = cash
  let wants = 0
  let trades = 0
  let stop = 0
  let best = 0
  let armed = 0
  for (let i = from - 1; nextDay < dayEnds.length && dayEnd < i;) {
    days.close(cash)
    dayEnd = dayEnds[++nextDay]
  }
  for (let i = from; i < count; i++) {
    if (quantity !== 0 && (wants < 0 || open[i] <= stop)) {
      money += quantity * open[i] * (1 - feeRate)
      quantity = 0
      trades++
    } else if (wants > 0 && quantity === 0) {
      quantity = money / (open[i] * (1 + feeRate))
      money -= quantity * open[i] * (1 + feeRate)
      best = open[i]
      stop = best * (1 - stops.stop / 100)
      armed = best * (1 + stops.armAt / 100)
    }
    if (quantity !== 0) {
      if (low[i] <= stop) {
        money += quantity * stop * (1 - feeRate)
        quantity = 0
        trades++
      } else if (high[i] > best) {
        best = high[i]
        const trailing = best * (1 - stops.trailing / 100)
        if (best >= armed && trailing > stop) stop = trailing
      }
    }
    worth = money + quantity * close[i]
    if (worth > peak) {
      peak = worth
      deepestWorth = peak * (1 - fall)
    } else if (worth < deepestWorth) {
      fall = 1 - worth / peak
      deepestWorth = worth
    }
    if (i === dayEnd) {
      days.close(worth)
      dayEnd = dayEnds[++nextDay]
    }
    wants = 0
    if (fast[i] > slow[i]) {
      if (fast[i - 1] <= slow[i - 1]) wants = 1
    } else if (fast[i] < slow[i] && fast[i - 1] >= slow[i - 1]) wants = -1
  }
  if (quantity !== 0) {
    worth = money + quantity * close[count - 1] * (1 - feeRate)
    trades++
  }
  days.close(worth)
  return { finalEquity: worth, maxDrawdownPercent: fall * 100, sharpe: days.sharpe(), trades }
}
