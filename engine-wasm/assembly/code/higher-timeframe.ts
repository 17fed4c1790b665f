import { candleOpenMs } from "../rules/clock"
import { Candle } from "./candle"

const MINUTE_MS: f64 = 60_000

/** Closes candles of a longer timeframe out of the strategy's own. One is shown only once it has closed, so nothing looks ahead. */
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

/** "15m", "4h", "1d", "1w" in milliseconds. Throws for anything else. */
function timeframeMsOf(timeframe: string): f64 {
  const count = parseFloat(timeframe)
  const unit = timeframe.charAt(timeframe.length - 1)
  const minutes: f64 = unit == "m" ? 1 : unit == "h" ? 60 : unit == "d" ? 1_440 : unit == "w" ? 10_080 : NaN
  if (!(count * minutes >= 1)) throw new Error("\"" + timeframe + "\" is no timeframe; write for example \"4h\" or \"1d\"")
  return count * minutes * MINUTE_MS
}
