import { candleOpenMs } from "../rules/clock"
import { Candle } from "./candle"

const MINUTE_MS: f64 = 60_000

/**
 * Closes candles of a longer timeframe out of the strategy's own. One is shown only once it has closed, so nothing
 * looks ahead.
 */
export class HigherTimeframe {
  private readonly timeframeMs: f64
  private isForming: bool = false
  private readonly forming: Candle = new Candle()

  constructor(public readonly timeframe: string) {
    this.timeframeMs = timeframeMsOf(timeframe)
  }

  /** The forming candle, if `candle` belongs to a later one: it closed without its last part. Null otherwise. */
  endedBy(candle: Candle): Candle | null {
    const openMs = candleOpenMs(candle.openTimeMs, this.timeframeMs)
    if (!this.isForming || openMs == this.forming.openTimeMs) return null
    this.isForming = false
    return this.forming
  }

  /** Adds a candle; answers the longer candle if this one completes it, else null. */
  add(candle: Candle): Candle | null {
    if (this.isForming) this.extend(candle)
    else this.begin(candle)
    if (candle.closeTimeMs < this.forming.closeTimeMs) return null
    this.isForming = false
    return this.forming
  }

  private begin(candle: Candle): void {
    if (candle.closeTimeMs - candle.openTimeMs > this.timeframeMs) throw new Error("\"" + this.timeframe + "\" is shorter than the strategy's own candles; a strategy sees none inside of them")
    const forming = this.forming
    this.isForming = true
    forming.openTimeMs = candleOpenMs(candle.openTimeMs, this.timeframeMs)
    forming.closeTimeMs = forming.openTimeMs + this.timeframeMs
    forming.open = candle.open
    forming.high = candle.high
    forming.low = candle.low
    forming.close = candle.close
    forming.volume = candle.volume
    forming.extras = candle.extras.slice()
  }

  private extend(candle: Candle): void {
    const forming = this.forming
    forming.high = max(forming.high, candle.high)
    forming.low = min(forming.low, candle.low)
    forming.close = candle.close
    forming.volume += candle.volume
    for (let n = 0; n < forming.extras.length; n++) forming.extras[n] = candle.extras[n]
  }
}

const timeframes: string[] = ["1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "1w"]

/** "15m", "4h", "1d", "1w" in milliseconds. Throws for anything else. */
function timeframeMsOf(timeframe: string): f64 {
  if (!timeframes.includes(timeframe)) throw new Error("\"" + timeframe + "\" is no timeframe; use one of " + timeframes.join(" "))
  const count = parseFloat(timeframe)
  const unit = timeframe.charAt(timeframe.length - 1)
  const minutes: f64 = unit == "m" ? 1 : unit == "h" ? 60 : unit == "d" ? 1_440 : 10_080
  return count * minutes * MINUTE_MS
}
