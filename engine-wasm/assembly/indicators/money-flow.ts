import { Ema } from "./ema"
import { ExactSum } from "./exact-sum"
import { known } from "./known"
import { percentOf } from "./percent"
import { Sum } from "./sum"
import { unitOf } from "./ticks"

/**
 * The candle's volume times where it closed: from -1 at the low to 1 at the high; 0 without a range (Chaikin).
 */
function moneyFlowVolume(high: f64, low: f64, close: f64, volume: f64): f64 {
  const range = high - low
  return range > 0 ? ((2 * close - low - high) / range) * volume : 0
}

/**
 * On-balance volume: volume added on a higher close, subtracted on a lower one; begins with the first volume
 * (Granville; TA-Lib OBV). Kept exactly: volumes that cancel on paper cancel here.
 */
@unmanaged
export class Obv extends ExactSum {
  previousClose: f64

  static bytes(): i32 {
    return <i32>offsetof<Obv>()
  }

  start(): void {
    this.previousClose = -Infinity
  }

  next(close: f64, volume: f64): f64 {
    if (!known(close + volume)) return NaN
    if (close > this.previousClose) this.add(volume)
    else if (close < this.previousClose) this.add(-volume)
    this.previousClose = close
    return this.value
  }
}

/** Accumulation/distribution line: the money flow volume of all candles added up (Chaikin; TA-Lib AD). */
@unmanaged
export class Ad extends ExactSum {
  static bytes(): i32 {
    return <i32>offsetof<Ad>()
  }

  start(): void {
    this.clear()
  }

  next(high: f64, low: f64, close: f64, volume: f64): f64 {
    if (!known(high + low + close + volume)) return NaN
    this.add(moneyFlowVolume(high, low, close, volume))
    return this.value
  }
}

/**
 * Chaikin oscillator: fast less slow EMA of the accumulation/distribution line, both begun at its first value (TA-Lib
 * ADOSC). It keeps only the EMAs' distances from the line, so neither the line's height nor its start costs a digit.
 */
@unmanaged
export class Adosc {
  fast: f64
  slow: f64
  fastKeeps: f64
  slowKeeps: f64
  waiting: i32
  started: i32

  static bytes(): i32 {
    return <i32>offsetof<Adosc>()
  }

  start(fast: i32, slow: i32): void {
    assert(min(fast, slow) > 0, "an average has at least one candle")
    this.fastKeeps = 1 - 2.0 / (<f64>fast + 1)
    this.slowKeeps = 1 - 2.0 / (<f64>slow + 1)
    this.waiting = max(fast, slow)
  }

  next(high: f64, low: f64, close: f64, volume: f64): f64 {
    if (!known(high + low + close + volume)) return NaN
    if (this.started) this.follow(moneyFlowVolume(high, low, close, volume))
    this.started = 1
    if (this.waiting > 0) this.waiting--
    return this.waiting > 0 ? NaN : this.fast - this.slow
  }

  private follow(step: f64): void {
    this.fast = this.fastKeeps * (this.fast - step)
    this.slow = this.slowKeeps * (this.slow - step)
  }
}

/** Two sums over the same window. */
@unmanaged
export class SumPair {
  previous: f64
  length: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<SumPair>() + 2 * Sum.bytes(length)
  }

  @inline
  get first(): Sum {
    return changetype<Sum>(changetype<usize>(this) + offsetof<SumPair>())
  }

  @inline
  get second(): Sum {
    return changetype<Sum>(changetype<usize>(this) + offsetof<SumPair>() + <usize>Sum.bytes(this.length))
  }

  start(length: i32): void {
    this.previous = NaN
    this.length = length
    this.first.start(length)
    this.second.start(length)
  }
}

/**
 * Chaikin money flow: money flow volume over volume of the last `length` candles, -1 to 1; NaN while nothing was
 * traded (Chaikin).
 */
@unmanaged
export class Cmf extends SumPair {
  next(high: f64, low: f64, close: f64, volume: f64): f64 {
    if (!known(high + low + close + volume)) return NaN
    return this.first.next(moneyFlowVolume(high, low, close, volume)) / this.second.next(volume)
  }
}

/**
 * Money flow index, 0 to 100: an RSI of price x volume over the window; 0 where the price did not move (Quong &
 * Soudack; TA-Lib MFI).
 */
@unmanaged
export class Mfi extends SumPair {
  next(high: f64, low: f64, close: f64, volume: f64): f64 {
    const price = high + low + close
    const paid = price * volume
    if (!known(paid)) return NaN
    const change = price - this.previous
    this.previous = price
    if (change != change) return NaN
    const inflow = this.first.next(change > 0 ? paid : 0)
    return percentOf(inflow, inflow + this.second.next(change < 0 ? paid : 0))
  }
}

/** Force index: the EMA of volume times the change of the close (Elder, Trading for a Living). */
@unmanaged
export class ForceIndex {
  previousClose: f64
  divisor: f64

  static bytes(): i32 {
    return <i32>offsetof<ForceIndex>() + Ema.bytes()
  }

  @inline
  private get average(): Ema {
    return changetype<Ema>(changetype<usize>(this) + offsetof<ForceIndex>())
  }

  start(length: i32, scale: f64 = 0): void {
    this.previousClose = NaN
    this.divisor = unitOf(scale)
    this.average.start(length)
  }

  next(close: f64, volume: f64): f64 {
    if (!known(close + volume)) return NaN
    const force = (close - this.previousClose) * volume
    this.previousClose = close
    return this.average.next(force) / this.divisor
  }
}
