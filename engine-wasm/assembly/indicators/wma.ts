import { get, set } from "../column"
import { ExactSum, quotient } from "./exact-sum"
import { allKnown, known } from "./known"
import { Sum } from "./sum"
import { areWhole, unitOf } from "./ticks"

/** Weighted moving average: weight `length` for the newest value down to 1 for the oldest (TA-Lib WMA). */
@unmanaged
export class Wma {
  high: f64
  low: f64
  divisor: f64

  static bytes(length: i32): i32 {
    return <i32>offsetof<Wma>() + Sum.bytes(length)
  }

  @inline
  private get weighted(): ExactSum {
    return changetype<ExactSum>(changetype<usize>(this))
  }

  @inline
  private get sum(): Sum {
    return changetype<Sum>(changetype<usize>(this) + offsetof<Wma>())
  }

  start(length: i32, scale: f64 = 0): void {
    this.sum.start(length, scale)
    this.divisor = 0.5 * <f64>length * (<f64>length + 1) * unitOf(scale)
  }

  next(value: f64): f64 {
    if (!known(value)) return NaN
    const sum = this.sum
    // Every value grows a candle older and loses one weight: together they lose the old sum.
    this.weighted.addProduct(<f64>sum.length, value)
    this.weighted.add(-sum.high)
    this.weighted.add(-sum.low)
    sum.push(value)
    if (sum.at == 0 && !sum.whole) this.weighAnew()
    return sum.full ? quotient(this.high, this.low, this.divisor, 0) : NaN
  }

  private weighAnew(): void {
    this.weighted.clear()
    for (let i = 0; i < this.sum.length; i++) this.weighted.addProduct(<f64>(i + 1), load<f64>(this.sum.slot(i)))
  }

  /** `next` over a block; of whole numbers with the state in locals. */
  run(count: i32, destination: usize, source: usize): void {
    let i = 0
    for (; i < count && !this.sum.full; i++) set(destination, i, this.next(get(source, i)))
    if (this.sum.whole && allKnown(source, i, count) && areWhole(source, i, count)) this.slideWhole(i, count, destination, source)
    else for (; i < count; i++) set(destination, i, this.next(get(source, i)))
  }

  private slideWhole(from: i32, count: i32, destination: usize, source: usize): void {
    const window = this.sum
    const length = <f64>window.length
    const divisor = this.divisor
    const last = window.slot(window.length - 1)
    let slot = window.slot(window.at)
    let sum = window.high
    let weighted = this.high
    for (let i = from; i < count; i++) {
      const value = get(source, i)
      weighted += length * value - sum
      sum += value - load<f64>(slot)
      store<f64>(slot, value)
      slot = slot == last ? window.slot(0) : slot + 8
      set(destination, i, weighted / divisor)
    }
    window.high = sum
    window.at = <i32>((slot - window.slot(0)) >> 3)
    this.high = weighted
  }
}

/**
 * Hull moving average: WMA over sqrt(length) of 2 WMA(length / 2) - WMA(length), lengths rounded down (alanhull.com;
 * Pine ta.hma).
 */
@unmanaged
export class Hma {
  divisor: f64
  halfBytes: i32
  wholeBytes: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Hma>() + Wma.bytes(length / 2) + Wma.bytes(length) + Wma.bytes(root(length))
  }

  @inline
  private wma(offset: i32): Wma {
    return changetype<Wma>(changetype<usize>(this) + offsetof<Hma>() + <usize>offset)
  }

  start(length: i32, scale: f64 = 0): void {
    this.divisor = unitOf(scale)
    this.halfBytes = Wma.bytes(length / 2)
    this.wholeBytes = Wma.bytes(length)
    this.wma(0).start(length / 2, i32(scale > 0))
    this.wma(this.halfBytes).start(length, i32(scale > 0))
    this.wma(this.halfBytes + this.wholeBytes).start(root(length))
  }

  next(value: f64): f64 {
    const half = this.wma(0).next(value)
    const whole = this.wma(this.halfBytes).next(value)
    return this.wma(this.halfBytes + this.wholeBytes).next(2 * half - whole) / this.divisor
  }
}

function root(length: i32): i32 {
  return <i32>sqrt(<f64>length)
}
