import { candleEndMs, candleOpenMs, ownDateShiftMs } from "../rules/calendar"
import { Candle } from "./candle"

const MINUTE_MS: f64 = 60_000

/**
 * Builds candles of a longer timeframe from the strategy's own. Each is visible only once it has closed, so nothing
 * looks ahead.
 */
export class HigherTimeframe {
  private readonly timeframeMs: f64
  private isForming: bool = false
  private lastCloseMs: f64 = 0
  private readonly forming: Candle = new Candle()

  constructor(public readonly timeframe: string) {
    this.timeframeMs = timeframeMsOf(timeframe)
  }

  /**
   * The forming candle, if `candle`, one of `ownMs`, belongs to a later one: it closed without its last part. Null
   * otherwise.
   */
  endedBy(candle: Candle, ownMs: f64): Candle | null {
    const openMs = candleOpenMs(candle.openTimeMs + ownDateShiftMs(ownMs), this.timeframeMs)
    if (!this.isForming || openMs == this.forming.openTimeMs) return null
    return this.ended(min(this.forming.closeTimeMs, candle.openTimeMs))
  }

  /** Adds a candle of `ownMs`; returns the longer candle if this one completes it, else null. */
  add(candle: Candle, ownMs: f64): Candle | null {
    if (this.isForming) this.extend(candle)
    else this.begin(candle, ownMs)
    this.lastCloseMs = candle.closeTimeMs
    return candle.closeTimeMs + ownDateShiftMs(ownMs) < this.forming.closeTimeMs ? null : this.ended(candle.closeTimeMs)
  }

  /** It closes no earlier than its last part. */
  private ended(atMs: f64): Candle {
    this.isForming = false
    this.forming.closeTimeMs = max(atMs, this.lastCloseMs)
    return this.forming
  }

  private begin(candle: Candle, ownMs: f64): void {
    if (ownMs > this.timeframeMs)
      throw new Error("\"" + this.timeframe + "\" is shorter than the strategy's own candles; a strategy sees none inside of them")
    const forming = this.forming
    this.isForming = true
    forming.openTimeMs = candleOpenMs(candle.openTimeMs + ownDateShiftMs(ownMs), this.timeframeMs)
    forming.closeTimeMs = candleEndMs(forming.openTimeMs, this.timeframeMs)
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

const timeframes: string[] = ["1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "1w", "1M"]

/** "15m", "4h", "1d", "1w" in milliseconds, "1M" as the longest month. Throws for anything else. */
function timeframeMsOf(timeframe: string): f64 {
  if (!timeframes.includes(timeframe)) throw new Error("\"" + timeframe + "\" is no timeframe; use one of " + timeframes.join(" "))
  const count = parseFloat(timeframe)
  const unit = timeframe.charAt(timeframe.length - 1)
  const minutes: f64 = unit == "m" ? 1 : unit == "h" ? 60 : unit == "d" ? 1_440 : unit == "w" ? 10_080 : 44_640
  return count * minutes * MINUTE_MS
}
