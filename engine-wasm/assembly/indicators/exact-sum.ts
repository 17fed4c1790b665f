/**
 * A running sum in two doubles, high + low, that holds sums of doubles without loss (Knuth's TwoSum, The Art of
 * Computer
 * Programming 2, 4.2.2), so that adding a value and taking it away again leaves nothing behind.
 */
@unmanaged
export class ExactSum {
  high: f64
  low: f64

  @inline
  get value(): f64 {
    return this.high + this.low
  }

  @inline
  clear(): void {
    this.high = 0
    this.low = 0
  }

  @inline
  add(value: f64): void {
    const sum = this.high + value
    this.low += lostBy(this.high, value, sum)
    this.high = sum
  }

  /** Adds times x value, for a whole number of at most 26 bits, without rounding the product (Veltkamp's split). */
  @inline
  addTimes(times: f64, value: f64): void {
    const wide = value * 134217729
    const upper = wide - (wide - value)
    this.add(times * upper)
    this.add(times * (value - upper))
  }
}

/** What rounding took from a + b = sum, exactly (TwoSum). */
// @ts-ignore: decorator
@inline
export function lostBy(a: f64, b: f64, sum: f64): f64 {
  const part = sum - a
  return a - (sum - part) + (b - part)
}
