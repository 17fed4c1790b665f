import { Wma } from "./wma"

/**
 * Hull moving average: WMA over sqrt(length) of 2 WMA(length / 2) - WMA(length), lengths rounded down (alanhull.com;
 * Pine ta.hma).
 */
@unmanaged
export class Hma {
  halfBytes: i32
  wholeBytes: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Hma>() + Wma.bytes(length / 2) + Wma.bytes(length) + Wma.bytes(root(length))
  }

  @inline
  private wma(offset: i32): Wma {
    return changetype<Wma>(changetype<usize>(this) + offsetof<Hma>() + <usize>offset)
  }

  start(length: i32): void {
    this.halfBytes = Wma.bytes(length / 2)
    this.wholeBytes = Wma.bytes(length)
    this.wma(0).start(length / 2)
    this.wma(this.halfBytes).start(length)
    this.wma(this.halfBytes + this.wholeBytes).start(root(length))
  }

  next(value: f64): f64 {
    const half = this.wma(0).next(value)
    const whole = this.wma(this.halfBytes).next(value)
    return this.wma(this.halfBytes + this.wholeBytes).next(2 * half - whole)
  }
}

function root(length: i32): i32 {
  return <i32>sqrt(<f64>length)
}
