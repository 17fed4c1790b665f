import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import type { Timeframe } from "../../candles/timeframe.ts"

/** Buying for the same amount again and again. `weekday`: Monday 1 to Sunday 7; 0 is any. `hour`: in UTC; -1 is any. */
export type RegularPurchase = {
  markets: string[]
  timeframe: Timeframe
  every: number
  weekday: number
  hour: number
  amount: number
  stopPercent: number | undefined
}

/** A document in code: rules hold one position, and each purchase here makes it larger. */
export function regularPurchase({
  markets,
  timeframe,
  every,
  weekday,
  hour,
  amount,
  stopPercent,
}: RegularPurchase): WrittenStrategy {
  return {
    format: "candlewright.strategy/1",
    name: "Buy regularly",
    description: "Buys for the same amount again and again, whatever the price, and never sells by a rule.",
    timeframe,
    markets,
    params: {
      amount: {
        label: "Amount of each purchase",
        type: "number",
        value: amount,
        min: Math.min(1, amount),
        max: Math.max(1_000, amount * 5),
        step: 1,
      },
      every: { label: "Buy every … candles", type: "int", value: every, min: 1, max: Math.max(60, every * 2), step: 1 },
      onDay: { label: "Only on weekday (1 Monday, 0 any)", type: "int", value: weekday, min: 0, max: 7, step: 1 },
      atHour: { label: "Only at hour (UTC, -1 any)", type: "int", value: hour, min: -1, max: 23, step: 1 },
    },
    code: { language: "assemblyscript", source },
    protect: { stopLoss: stopPercent === undefined ? { kind: "none" } : { kind: "percent", percent: stopPercent } },
    size: { kind: "quote", amount },
    limits: { maxOpenPositions: Math.max(1, markets.length) },
  }
}

const source = `import { Candle, Strategy } from "candlewright"

// Each purchase brings the position to what it is worth and the amount on top, while there is money left.
export class BuyRegularly extends Strategy {
  amount: f64 = this.param("amount")
  every: f64 = this.param("every")
  onDay: f64 = this.param("onDay")
  atHour: f64 = this.param("atHour")
  waited: f64 = 0

  onCandle(candle: Candle): void {
    if (this.onDay > 0 && dayOf(candle.closeTimeMs) != this.onDay) return
    if (this.atHour >= 0 && hourOf(candle.closeTimeMs) != this.atHour) return
    this.waited += 1
    if (this.waited < this.every) return
    this.waited = 0
    const worth = this.position.quantity * candle.close
    const wanted = (100 * (worth + this.amount)) / this.equity
    if (wanted <= 99) this.targetPercent(wanted)
  }
}

// Monday 1 to Sunday 7 of the moment at which the purchase is made.
function dayOf(timeMs: f64): f64 {
  return ((floor((timeMs + 1) / 86400000) + 3) % 7) + 1
}

function hourOf(timeMs: f64): f64 {
  return floor((timeMs + 1) / 3600000) % 24
}
`
