import { COLUMN_BYTES, get, set } from "../column"
import { Ema } from "./ema"
import { known } from "./known"
import { unitOf } from "./ticks"

/**
 * Moving average convergence/divergence: fast EMA less slow EMA, its own EMA as signal, and the difference (Appel;
 * TA-Lib MACD, which seeds both EMAs at the same candle). All three are known from the signal's first candle on.
 */
@unmanaged
export class Macd {
  signal: f64
  histogram: f64
  divisor: f64
  // Candles the fast EMA still waits for, so that its seed ends where the slow one's does.
  wait: i32
  spare: i32

  static bytes(): i32 {
    return <i32>offsetof<Macd>() + 3 * Ema.bytes()
  }

  @inline
  private ema(n: i32): Ema {
    return changetype<Ema>(changetype<usize>(this) + offsetof<Macd>() + <usize>(n * Ema.bytes()))
  }

  start(fast: i32, slow: i32, signal: i32, scale: f64 = 0): void {
    this.divisor = unitOf(scale)
    this.wait = abs(slow - fast)
    this.ema(0).start(min(fast, slow))
    this.ema(1).start(max(fast, slow))
    this.ema(2).start(signal)
    // The distance of the two counts, down to its sign: neither may become equal to its input.
    for (let n = 0; n < 3; n++) this.ema(n).near = -1
  }

  /** The line; `signal` and `histogram` are fields beside it. */
  next(value: f64): f64 {
    if (!known(value)) return NaN
    const slow = this.ema(1).take(value)
    if (this.wait > 0) {
      this.wait--
      return NaN
    }
    const line = this.ema(0).take(value) - slow
    const signal = this.ema(2).take(line)
    this.signal = signal / this.divisor
    this.histogram = (line - signal) / this.divisor
    return known(signal) ? line / this.divisor : NaN
  }

  /** `next` over a block into three columns. */
  run(count: i32, destination: usize, source: usize): void {
    let i = 0
    while (i < count) {
      if (this.ema(2).isSeeded) i = this.follow(i, count, destination, source)
      if (i == count) return
      this.put(destination, i, this.next(get(source, i)))
      i++
    }
  }

  // With the state in locals, up to a hole; returns the candle it stopped at.
  private follow(from: i32, count: i32, destination: usize, source: usize): i32 {
    const divisor = f64x2.splat(this.divisor)
    const fastWeight = this.ema(0).weight
    const slowWeight = this.ema(1).weight
    const signalWeight = this.ema(2).weight
    let fast = this.ema(0).value
    let slow = this.ema(1).value
    let signal = this.ema(2).value
    let i = from
    for (; i < count; i++) {
      const value = get(source, i)
      if (!known(value)) break
      fast += fastWeight * (value - fast)
      slow += slowWeight * (value - slow)
      const line = fast - slow
      signal += signalWeight * (line - signal)
      const both = f64x2.div(f64x2.replace_lane(f64x2.splat(line), 1, signal), divisor)
      set(destination, i, f64x2.extract_lane(both, 0))
      set(destination + COLUMN_BYTES, i, f64x2.extract_lane(both, 1))
      set(destination + 2 * COLUMN_BYTES, i, (line - signal) / this.divisor)
    }
    this.ema(0).value = fast
    this.ema(1).value = slow
    this.ema(2).value = signal
    return i
  }

  private put(destination: usize, i: i32, line: f64): void {
    const isKnown = known(line)
    set(destination, i, line)
    set(destination + COLUMN_BYTES, i, isKnown ? this.signal : NaN)
    set(destination + 2 * COLUMN_BYTES, i, isKnown ? this.histogram : NaN)
  }
}
