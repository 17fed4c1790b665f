import type { StrategyTemplate } from "./template.ts"

/**
 * The strongest of several markets are held, those that rise at all (Jegadeesh and Titman, 1993; the second condition
 * is Antonacci's "dual momentum", 2014).
 */
export const momentumRotation: StrategyTemplate = {
  id: "momentum-rotation",
  worksWhen: "Strength lasts: what rose most in the last months goes on rising more than the rest.",
  failsWhen:
    "Leaders change within days, or everything turns at once: it buys what has just run, and is late to leave.",
  document: {
    format: "candlewright.strategy/1",
    name: "Momentum rotation",
    description:
      "Holds the markets that rose most, as long as they rise at all, and looks again every few candles. Choose several markets.",
    timeframe: "1d",
    markets: ["BTC/USDT", "ETH/USDT", "SOL/USDT"],
    params: {
      length: { label: "Strength over candles", type: "int", value: 60, min: 5, max: 250, step: 5 },
      hold: { label: "Markets held", type: "int", value: 1, min: 1, max: 6, step: 1 },
      every: { label: "Look again every candles", type: "int", value: 7, min: 1, max: 60, step: 1 },
      stop: { label: "Stop loss %", type: "number", value: 20, min: 3, max: 60, step: 1 },
    },
    code: {
      language: "assemblyscript",
      source: `import { Candle, Roc, Strategy } from "candlewright"

// What each market gained, as of its last candle and of the one before. Whoever is asked first must not know less
// than whoever is asked last: all of them are ranked by the candle before.
const latest: f64[] = []
const earlier: f64[] = []
const seenMs: f64[] = []

export class MomentumRotation extends Strategy {
  hold: f64 = this.param("hold")
  every: f64 = this.param("every")
  strength: Roc = new Roc(this.param("length"))
  isStrong: bool = false

  onCandle(candle: Candle): void {
    this.note(this.strength.next(candle.close), candle.openTimeMs)
    const stepMs = candle.closeTimeMs - candle.openTimeMs
    if (floor(candle.openTimeMs / stepMs) % this.every == 0) this.isStrong = this.isAmongTheFirst(candle.openTimeMs, stepMs)
    if (this.isStrong) this.buy().percent(95 / this.hold)
    else this.close()
  }

  note(gain: f64, timeMs: f64): void {
    while (latest.length <= this.market) {
      latest.push(NaN)
      earlier.push(NaN)
      seenMs.push(NaN)
    }
    earlier[this.market] = latest[this.market]
    latest[this.market] = gain
    seenMs[this.market] = timeMs
  }

  isAmongTheFirst(nowMs: f64, stepMs: f64): bool {
    const own = earlier[this.market]
    if (!(own > 0)) return false
    let stronger: f64 = 0
    for (let market = 0; market < latest.length; market++) {
      // A market that has ended is no rival.
      if (market == this.market || nowMs - seenMs[market] > 2 * stepMs) continue
      const gain = seenMs[market] == nowMs ? earlier[market] : latest[market]
      if (gain > own || (gain == own && market < this.market)) stronger++
    }
    return stronger < this.hold
  }
}
`,
    },
    protect: { stopLoss: { kind: "percent", percent: "stop" } },
    size: { kind: "equity", percent: 95 },
    limits: { maxOpenPositions: 6 },
  },
}
