import type { Candles } from "#engine"
import { DAY_MS, sharpeOf, TradeTape, type FusedResult } from "./fused-cross.ts"

/**
 * Buy when RSI(14) falls under 30; stop 2 %, target 4 %, trailing stop 1.5 % from entry; all cash in, fee on both sides. One pass of typed
 * arrays with the conservative fills of docs/fills.md, written for this one strategy.
 */
export function fusedStops(candles: Candles, cash: number, feeRate: number): FusedResult {
  const { openTimeMs, open, high, low, close } = candles
  const count = close.length
  const equity = new Float64Array(count)
  const tape = new TradeTape()
  let dayEndsMs = -Infinity
  let dayBefore = cash
  let last = cash
  let dayCount = 0
  let daySum = 0
  let daySquares = 0
  let peak = cash
  let deepest = 0
  let money = cash
  let quantity = 0
  let entryCost = 0
  let entryPrice = 0
  let entryTimeMs = 0
  let stop = 0
  let target = 0
  let best = 0
  let wants = false
  let gain = 0
  let loss = 0
  let before = Number.NaN
  for (let i = 0; i < count; i++) {
    if (quantity !== 0) {
      const exit = open[i] <= stop || open[i] >= target ? open[i] : 0
      if (exit !== 0) {
        const proceeds = quantity * exit * (1 - feeRate)
        money += proceeds
        tape.add(entryTimeMs, entryPrice, openTimeMs[i], exit, quantity, proceeds - entryCost)
        quantity = 0
      }
    }
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
    if (quantity !== 0) {
      const exit = low[i] <= stop ? stop : high[i] >= target ? target : 0
      if (exit !== 0) {
        const proceeds = quantity * exit * (1 - feeRate)
        money += proceeds
        tape.add(entryTimeMs, entryPrice, openTimeMs[i], exit, quantity, proceeds - entryCost)
        quantity = 0
      } else if (high[i] > best) {
        best = high[i]
        const trail = best * (1 - 1.5 / 100)
        if (trail > stop) stop = trail
      }
    }
    if (i > 0) {
      const change = close[i] - close[i - 1]
      const up = change > 0 ? change : 0
      const down = change < 0 ? -change : 0
      if (i <= 14) {
        gain += up / 14
        loss += down / 14
      } else {
        gain += (up - gain) / 14
        loss += (down - loss) / 14
      }
      if (i >= 14) {
        const rsi = (100 * gain) / (gain + loss)
        if (before >= 30 && rsi < 30 && quantity === 0) wants = true
        before = rsi
      }
    }
    const worth = money + quantity * close[i]
    equity[i] = worth
    if (worth > peak) peak = worth
    else if (1 - worth / peak > deepest) deepest = 1 - worth / peak
    if (openTimeMs[i] >= dayEndsMs) {
      if (dayEndsMs !== -Infinity) {
        const change = last / dayBefore - 1
        dayBefore = last
        dayCount++
        daySum += change
        daySquares += change * change
      }
      dayEndsMs = (Math.floor(openTimeMs[i] / DAY_MS) + 1) * DAY_MS
    }
    last = worth
  }
  if (quantity !== 0) {
    const proceeds = quantity * close[count - 1] * (1 - feeRate)
    money += proceeds
    tape.add(entryTimeMs, entryPrice, openTimeMs[count - 1], close[count - 1], quantity, proceeds - entryCost)
    equity[count - 1] = money
    last = money
  }
  const change = last / dayBefore - 1
  return { ...tape.summary(), finalEquity: equity[count - 1], maxDrawdownPercent: deepest * 100, sharpe: sharpeOf(dayCount + 1, daySum + change, daySquares + change * change), equity }
}
