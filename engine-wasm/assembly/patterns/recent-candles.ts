import { known } from "../indicators/known"

// A pattern looks at no more than five candles and the ten before them.
const KEPT: i32 = 16
const CANDLE_BYTES: usize = 32

/**
 * The last 16 candles, all that any candle pattern uses. `ago` counts back from the newest, which is 0. Feed it once
 * per candle with `next` and ask as many patterns as you like: `engulfing(candles)`.
 */
@unmanaged
export class RecentCandles {
  /** Candles seen so far. */
  seen: i64
  /** The number of those patterns that take one. */
  penetration: f64

  /** Bytes of state. */
  static bytes(): i32 {
    return <i32>offsetof<RecentCandles>() + KEPT * <i32>CANDLE_BYTES
  }

  /** Takes the next finished candle. Skips a candle with a hole in it and returns false. */
  next(open: f64, high: f64, low: f64, close: f64): bool {
    if (!known(open + high + low + close)) return false
    this.seen++
    const at = this.at(0)
    store<f64>(at, open)
    store<f64>(at, high, 8)
    store<f64>(at, low, 16)
    store<f64>(at, close, 24)
    return true
  }

  /** Whether so many candles were seen. */
  knows(candles: i32): bool {
    return this.seen >= candles
  }

  @inline
  private at(ago: i32): usize {
    return changetype<usize>(this) + offsetof<RecentCandles>() + <usize>((<i32>this.seen - ago) & (KEPT - 1)) * CANDLE_BYTES
  }

  @inline
  open(ago: i32): f64 {
    return load<f64>(this.at(ago))
  }

  @inline
  high(ago: i32): f64 {
    return load<f64>(this.at(ago), 8)
  }

  @inline
  low(ago: i32): f64 {
    return load<f64>(this.at(ago), 16)
  }

  @inline
  close(ago: i32): f64 {
    return load<f64>(this.at(ago), 24)
  }

  /** 1 for a white (rising or unchanged) candle, -1 for a black (falling) one. */
  color(ago: i32): f64 {
    return this.close(ago) >= this.open(ago) ? 1 : -1
  }

  isWhite(ago: i32): bool {
    return this.close(ago) >= this.open(ago)
  }

  isBlack(ago: i32): bool {
    return this.close(ago) < this.open(ago)
  }

  /** Distance between open and close. */
  body(ago: i32): f64 {
    return abs(this.close(ago) - this.open(ago))
  }

  bodyTop(ago: i32): f64 {
    return max(this.open(ago), this.close(ago))
  }

  bodyBottom(ago: i32): f64 {
    return min(this.open(ago), this.close(ago))
  }

  upperShadow(ago: i32): f64 {
    return this.high(ago) - this.bodyTop(ago)
  }

  lowerShadow(ago: i32): f64 {
    return this.bodyBottom(ago) - this.low(ago)
  }

  /** Distance between high and low. */
  range(ago: i32): f64 {
    return this.high(ago) - this.low(ago)
  }

  /** The whole body is above the body of the candle `before`. */
  bodyGapsUp(ago: i32, before: i32): bool {
    return this.bodyBottom(ago) > this.bodyTop(before)
  }

  /** The whole body is below the body of the candle `before`. */
  bodyGapsDown(ago: i32, before: i32): bool {
    return this.bodyTop(ago) < this.bodyBottom(before)
  }

  /** The whole candle, shadows included, is above the candle before it. */
  gapsUp(ago: i32): bool {
    return this.low(ago) > this.high(ago + 1)
  }

  /** The whole candle, shadows included, is below the candle before it. */
  gapsDown(ago: i32): bool {
    return this.high(ago) < this.low(ago + 1)
  }
}
