import type { Candles } from "#engine/candles"
import { DailyReturns } from "./fused-days.ts"
import { TradeTape, type TapeSummary } from "./trade-tape.ts"

/** The output of a hand-fused loop: enough to compare with the engine's own answer. */
export type FusedResult = TapeSummary & {
  finalEquity: number
  maxDrawdownPercent: number
  sharpe: number
  equity: Float64Array
}

/** The last 64 closes in ticks: enough for both averages. */
const RING = 63

/**
 * SMA(10)/SMA(50) cross, all cash in, fee on both sides, fills at the next open: one pass of typed arrays, as fast as
 * we could write it for this one strategy. Averages are sums of whole ticks, so that ties are exact. Trades, equity,
 * drawdown, daily Sharpe, profit factor and win rate come out of the same pass.
 */
export function fusedCross(
  { openTimeMs, open, close }: Candles,
  cash: number,
  feeRate: number,
  priceScale: number,
): FusedResult {
  const count = close.length
  const equity = new Float64Array(count)
  const ticks = new Float64Array(RING + 1)
  const tape = new TradeTape()
  const days = new DailyReturns(cash)
  let dayEndsMs = days.endOf(openTimeMs[0])
  let worth = cash
  let peak = cash
  // Equity below this is a deeper fall than any so far: only then do we divide.
  let deepestWorth = cash
  let fall = 0
  let fastSum = 0
  let slowSum = 0
  let above = false
  let below = false
  let wants = 0
  let money = cash
  let quantity = 0
  let entryCost = 0
  let entryPrice = 0
  let entryTimeMs = 0
  for (let i = 0; i < count; i++) {
    const price = close[i]
    if (wants !== 0) {
      if (wants > 0 && quantity === 0) {
        entryPrice = open[i]
        entryTimeMs = openTimeMs[i]
        quantity = money / (entryPrice * (1 + feeRate))
        entryCost = quantity * entryPrice * (1 + feeRate)
        money -= entryCost
      } else if (wants < 0 && quantity !== 0) {
        const proceeds = quantity * open[i] * (1 - feeRate)
        money += proceeds
        tape.add(entryTimeMs, entryPrice, openTimeMs[i], open[i], quantity, proceeds - entryCost)
        quantity = 0
      }
      wants = 0
    }
    if (openTimeMs[i] >= dayEndsMs) {
      days.close(worth)
      dayEndsMs = days.endOf(openTimeMs[i])
    }
    worth = money + quantity * price
    equity[i] = worth
    if (worth > peak) {
      peak = worth
      deepestWorth = peak * (1 - fall)
    } else if (worth < deepestWorth) {
      fall = 1 - worth / peak
      deepestWorth = worth
    }
    const tick = Math.floor(price * priceScale + 0.5)
    fastSum += tick - ticks[(i - 10) & RING]
    slowSum += tick - ticks[(i - 50) & RING]
    ticks[i & RING] = tick
    if (i < 49) continue
    const apart = 5 * fastSum - slowSum
    if (apart > 0 && !above) {
      if (i > 49) wants = 1
    } else if (apart < 0 && !below) {
      if (i > 49) wants = -1
    }
    above = apart > 0
    below = apart < 0
  }
  if (quantity !== 0) {
    const proceeds = quantity * close[count - 1] * (1 - feeRate)
    money += proceeds
    tape.add(entryTimeMs, entryPrice, openTimeMs[count - 1], close[count - 1], quantity, proceeds - entryCost)
    worth = money
    equity[count - 1] = worth
  }
  days.close(worth)
  return { ...tape.summary(), finalEquity: worth, maxDrawdownPercent: fall * 100, sharpe: days.sharpe(), equity }
}
