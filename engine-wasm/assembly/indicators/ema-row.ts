import { Ema } from "./ema"
import { known } from "./known"
import { unitOf } from "./ticks"

/** EMAs in a row, each of the one before. */
@unmanaged
export class EmaRow {
  divisor: f64
  previous: f64

  static bytes(emas: i32): i32 {
    return <i32>offsetof<EmaRow>() + emas * Ema.bytes()
  }

  begin(emas: i32, length: i32, scale: f64): void {
    this.divisor = unitOf(scale)
    this.previous = NaN
    for (let n = 0; n < emas; n++) this.ema(n).start(length)
  }

  @inline
  ema(n: i32): Ema {
    return changetype<Ema>(changetype<usize>(this) + offsetof<EmaRow>() + <usize>(n * Ema.bytes()))
  }
}

/**
 * Double exponential moving average: 2 EMA - EMA of EMA (Mulloy, Technical Analysis of Stocks & Commodities 1/1994;
 * TA-Lib DEMA).
 */
@unmanaged
export class Dema extends EmaRow {
  static bytes(): i32 {
    return EmaRow.bytes(2)
  }

  start(length: i32, scale: f64 = 0): void {
    this.begin(2, length, scale)
  }

  next(value: f64): f64 {
    const once = this.ema(0).next(value)
    return (2 * once - this.ema(1).next(once)) / this.divisor
  }
}

/** Triple exponential moving average: 3 EMA - 3 EMA of EMA + EMA of that (Mulloy 1994; TA-Lib TEMA). */
@unmanaged
export class Tema extends EmaRow {
  static bytes(): i32 {
    return EmaRow.bytes(3)
  }

  start(length: i32, scale: f64 = 0): void {
    this.begin(3, length, scale)
  }

  next(value: f64): f64 {
    const once = this.ema(0).next(value)
    const twice = this.ema(1).next(once)
    return (3 * (once - twice) + this.ema(2).next(twice)) / this.divisor
  }
}

/** One-candle rate of change, in percent, of an EMA of an EMA of an EMA (Hutson; TA-Lib TRIX). */
@unmanaged
export class Trix extends EmaRow {
  static bytes(): i32 {
    return EmaRow.bytes(3)
  }

  start(length: i32): void {
    this.begin(3, length, 0)
  }

  next(value: f64): f64 {
    const average = this.ema(2).next(this.ema(1).next(this.ema(0).next(value)))
    if (!known(average)) return NaN
    const before = this.previous
    this.previous = average
    return before == 0 ? 0 : (100 * (average - before)) / before
  }
}

/**
 * T3: six EMAs in a row, mixed by the volume factor (Tillson, Technical Analysis of Stocks & Commodities 1/1998;
 * TA-Lib T3).
 */
@unmanaged
export class T3 {
  third: f64
  fourth: f64
  fifth: f64
  sixth: f64

  static bytes(): i32 {
    return <i32>offsetof<T3>() + EmaRow.bytes(6)
  }

  @inline
  private get row(): EmaRow {
    return changetype<EmaRow>(changetype<usize>(this) + offsetof<T3>())
  }

  start(length: i32, volumeFactor: f64 = 0.7, scale: f64 = 0): void {
    const v = volumeFactor
    this.third = 1 + v * (3 + v * (3 + v))
    this.fourth = -3 * v * (1 + v * (2 + v))
    this.fifth = v * v * (3 + 3 * v)
    this.sixth = -v * v * v
    this.row.begin(6, length, scale)
  }

  // The four weights add up to 1: measured from one of the averages, equal ones give exactly that.
  next(value: f64): f64 {
    const row = this.row
    const third = row.ema(2).next(row.ema(1).next(row.ema(0).next(value)))
    const fourth = row.ema(3).next(third)
    const fifth = row.ema(4).next(fourth)
    const sixth = row.ema(5).next(fifth)
    return (third + this.sixth * (sixth - third) + this.fifth * (fifth - third) + this.fourth * (fourth - third)) / row.divisor
  }
}
