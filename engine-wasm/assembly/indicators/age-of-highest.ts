import { known } from "./known"

const ENTRY_BYTES: usize = 16

/**
 * How many candles ago the highest of the last `length` values was; the latest of equals. Keeps only values that no
 * later one reaches, so the first kept is the highest.
 */
@unmanaged
export class AgeOfHighest {
  seen: i64
  length: i32
  first: i32
  kept: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<AgeOfHighest>() + length * <i32>ENTRY_BYTES
  }

  start(length: i32): void {
    assert(length > 0, "a window has at least one candle")
    this.length = length
  }

  // Each entry is a value and the number of its candle.
  @inline
  private entry(i: i32): usize {
    const place = this.first + i
    const wrapped = place >= this.length ? place - this.length : place
    return changetype<usize>(this) + offsetof<AgeOfHighest>() + <usize>wrapped * ENTRY_BYTES
  }

  take(value: f64): f64 {
    if (!known(value)) return NaN
    const candle = this.seen++
    this.forget(candle - this.length)
    while (this.kept > 0 && load<f64>(this.entry(this.kept - 1)) <= value) this.kept--
    const entry = this.entry(this.kept++)
    store<f64>(entry, value)
    store<i64>(entry, candle, 8)
    return this.seen < this.length ? NaN : <f64>(candle - load<i64>(this.entry(0), 8))
  }

  private forget(candle: i64): void {
    if (this.kept == 0 || load<i64>(this.entry(0), 8) > candle) return
    this.first = this.first + 1 == this.length ? 0 : this.first + 1
    this.kept--
  }
}

/** Candles since the highest of the last `length` values (TA-Lib MAXINDEX, Pine ta.highestbars without its sign). */
@unmanaged
export class HighestBars extends AgeOfHighest {
  next(value: f64): f64 {
    return this.take(value)
  }
}

/** Candles since the lowest of the last `length` values (TA-Lib MININDEX, Pine ta.lowestbars without its sign). */
@unmanaged
export class LowestBars extends AgeOfHighest {
  next(value: f64): f64 {
    return this.take(-value)
  }
}

/** How long ago the highest high and the lowest low of the last length + 1 candles were. */
@unmanaged
export class AgesOfExtremes {
  /** How fresh the lowest low is: 100 on its candle, 0 `length` candles later. */
  down: f64
  highAge: f64
  lowAge: f64
  length: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<AgesOfExtremes>() + 2 * AgeOfHighest.bytes(length + 1)
  }

  @inline
  private get high(): AgeOfHighest {
    return changetype<AgeOfHighest>(changetype<usize>(this) + offsetof<AgesOfExtremes>())
  }

  @inline
  private get low(): AgeOfHighest {
    return changetype<AgeOfHighest>(changetype<usize>(this.high) + <usize>AgeOfHighest.bytes(this.length + 1))
  }

  start(length: i32): void {
    this.length = length
    this.high.start(length + 1)
    this.low.start(length + 1)
  }

  take(high: f64, low: f64): void {
    const isKnown = known(high + low)
    this.highAge = isKnown ? this.high.take(high) : NaN
    this.lowAge = isKnown ? this.low.take(-low) : NaN
  }

  /** This many candles in percent of the length. */
  percent(candles: f64): f64 {
    return (100 * candles) / <f64>this.length
  }
}

/**
 * Aroon, 0 to 100: how fresh the highest high (up) and lowest low (down) of the last length + 1 candles are (Chande;
 * TA-Lib AROON).
 */
@unmanaged
export class Aroon extends AgesOfExtremes {
  /** Up; `down` is a field beside it. */
  next(high: f64, low: f64): f64 {
    this.take(high, low)
    this.down = this.percent(<f64>this.length - this.lowAge)
    return this.percent(<f64>this.length - this.highAge)
  }
}

/** Aroon's up less its down, -100 to 100 (TA-Lib AROONOSC). */
@unmanaged
export class Aroonosc extends AgesOfExtremes {
  next(high: f64, low: f64): f64 {
    this.take(high, low)
    return this.percent(this.lowAge - this.highAge)
  }
}
