import type { Candles } from "#engine/candles"
import type { FusedResult } from "./fused-cross.ts"
import { DailyReturns } from "./fused-days.ts"
import { TradeTape } from "./trade-tape.ts"

const WEIGHT = 1 / 14

/**
 * Buy when RSI(14) falls under 30; stop 2 %, target 4 %, trailing stop 1.5 % from entry; all cash in, fee on both
 * sides. One pass of typed arrays with the conservative fills of docs/fills.md, as fast as we could write it for this
 * one strategy: it compares the RSI without a division.
 */
export function fusedStops(candles: Candles, cash: number, feeRate: number): FusedResult {
  const { openTimeMs, open, high, low, close } = candles
  const count = close.length
  const equity = new Float64Array(count)
  const tape = new TradeTape()
  const days = new DailyReturns(cash)
  let dayEndsMs = days.endOf(openTimeMs[0])
  let worth = cash
  let peak = cash
  // Equity below this is a deeper fall than any so far: only then do we divide.
  let deepestWorth = cash
  let fall = 0
  let money = cash
  let quantity = 0
  let entryCost = 0
  let entryPrice = 0
  let entryTimeMs = 0
  let stop = 0
  let target = 0
  let best = 0
  let wants = false
  let wasAbove = false
  let gain = 0
  let loss = 0
  let before = close[0]
  for (let i = 0; i < count; i++) {
    if (wants || quantity !== 0) {
      // First the fills at the open, then, for the position after it, the fills inside the candle.
      let exit = quantity !== 0 && (open[i] <= stop || open[i] >= target) ? open[i] : 0
      if (wants && quantity === 0) {
        entryPrice = open[i]
        entryTimeMs = openTimeMs[i]
        quantity = money / (entryPrice * (1 + feeRate))
        entryCost = quantity * entryPrice * (1 + feeRate)
        money -= entryCost
        best = entryPrice
        stop = entryPrice * (1 - 1.5 / 100)
        target = entryPrice * (1 + 4 / 100)
      }
      wants = false
      if (exit === 0) {
        if (low[i] <= stop) exit = stop
        else if (high[i] >= target) exit = target
        else if (high[i] > best) {
          best = high[i]
          stop = Math.max(stop, best * (1 - 1.5 / 100))
        }
      }
      if (exit !== 0) {
        const proceeds = quantity * exit * (1 - feeRate)
        money += proceeds
        tape.add(entryTimeMs, entryPrice, openTimeMs[i], exit, quantity, proceeds - entryCost)
        quantity = 0
      }
    }
    const price = close[i]
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
    const change = price - before
    before = price
    const up = change > 0 ? change : 0
    const down = change < 0 ? -change : 0
    if (i <= 14) {
      gain += up * WEIGHT
      loss += down * WEIGHT
    } else {
      gain += (up - gain) * WEIGHT
      loss += (down - loss) * WEIGHT
    }
    if (i < 14) continue
    const isBelow = 70 * gain < 30 * loss
    wants = isBelow && wasAbove && quantity === 0
    wasAbove = !isBelow
  }
  if (quantity !== 0) {
    worth = money + quantity * close[count - 1] * (1 - feeRate)
    tape.add(entryTimeMs, entryPrice, openTimeMs[count - 1], close[count - 1], quantity, worth - money - entryCost)
    equity[count - 1] = worth
  }
  days.close(worth)
  return { ...tape.summary(), finalEquity: worth, maxDrawdownPercent: fall * 100, sharpe: days.sharpe(), equity }
}
