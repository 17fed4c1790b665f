import { COLUMN_BYTES, get, set } from "../operators/column"
import { Ema } from "./ema"
import { known } from "./known"

/**
 * Moving average convergence/divergence: fast EMA less slow EMA, its own EMA as signal, and the difference (Appel;
 * TA-Lib MACD,
 * which seeds both EMAs at the same candle). All three are known from the signal's first candle on.
 */
@unmanaged
export class Macd {
  signal: f64
  histogram: f64
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

  start(fast: i32, slow: i32, signal: i32): void {
    this.ema(0).start(min(fast, slow))
    this.ema(1).start(max(fast, slow))
    this.ema(2).start(signal)
    this.wait = abs(slow - fast)
  }

  /** The line; `signal` and `histogram` stand beside it. */
  next(value: f64): f64 {
    if (!known(value)) return NaN
    const slow = this.ema(1).next(value)
    if (this.wait > 0) {
      this.wait--
      return NaN
    }
    const line = this.ema(0).next(value) - slow
    this.signal = this.ema(2).next(line)
    this.histogram = line - this.signal
    return known(this.signal) ? line : NaN
  }

  /** `next` over a block into three columns, with the state in locals once there is an answer. */
  run(count: i32, destination: usize, source: usize): void {
    let i = 0
    for (; i < count && this.ema(2).seen < this.ema(2).length; i++) this.put(destination, i, this.next(get(source, i)))
    const fastWeight = this.ema(0).weight
    const slowWeight = this.ema(1).weight
    const signalWeight = this.ema(2).weight
    let fast = this.ema(0).value
    let slow = this.ema(1).value
    let signal = this.ema(2).value
    for (; i < count; i++) {
      const value = get(source, i)
      if (!known(value)) {
        this.put(destination, i, NaN)
        continue
      }
      fast += fastWeight * (value - fast)
      slow += slowWeight * (value - slow)
      const line = fast - slow
      signal += signalWeight * (line - signal)
      set(destination, i, line)
      set(destination + COLUMN_BYTES, i, signal)
      set(destination + 2 * COLUMN_BYTES, i, line - signal)
    }
    this.ema(0).value = fast
    this.ema(1).value = slow
    this.ema(2).value = signal
  }

  private put(destination: usize, i: i32, line: f64): void {
    const isKnown = known(line)
    set(destination, i, line)
    set(destination + COLUMN_BYTES, i, isKnown ? this.signal : NaN)
    set(destination + 2 * COLUMN_BYTES, i, isKnown ? this.histogram : NaN)
  }
}
