/**
 * A running sum in two doubles, high + low, that holds sums of doubles without loss (Knuth's TwoSum, The Art of
 * Computer Programming 2, 4.2.2), so that adding and then subtracting a value leaves no residue.
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

  /** Adds a x b without rounding the product. */
  @inline
  addProduct(a: f64, b: f64): void {
    const product = a * b
    this.add(product)
    this.low += lostOf(a, b, product)
  }

  /** This sum over another's `times`, correctly rounded in all but the rarest case: a price wherever it is on paper. */
  over(divisor: ExactSum, times: f64): f64 {
    const product = divisor.high * times
    return quotient(this.high, this.low, product, lostOf(divisor.high, times, product) + divisor.low * times)
  }
}

/** What rounding took from a + b = sum, exactly (TwoSum). */
// @ts-ignore: decorator
@inline
export function lostBy(a: f64, b: f64, sum: f64): f64 {
  const part = sum - a
  return a - (sum - part) + (b - part)
}

/** What rounding took from a x b = product, exactly (Dekker's TwoProduct, Numerische Mathematik 18, 1971). */
// @ts-ignore: decorator
@inline
function lostOf(a: f64, b: f64, product: f64): f64 {
  const upperA = upperHalf(a)
  const upperB = upperHalf(b)
  const lowerA = a - upperA
  const lowerB = b - upperB
  return lowerA * lowerB - (product - upperA * upperB - lowerA * upperB - upperA * lowerB)
}

// The first 26 bits of a double (Veltkamp's split): products of such halves are exact.
// @ts-ignore: decorator
@inline
function upperHalf(value: f64): f64 {
  const wide = value * 134217729
  return wide - (wide - value)
}

/** (high + low) / (under + underLow): the plain quotient and one correction step by its remainder. */
export function quotient(high: f64, low: f64, under: f64, underLow: f64): f64 {
  const first = (high + low) / (under + underLow)
  const product = first * under
  const rest = high - product - lostOf(first, under, product) + (low - first * underLow)
  return first + rest * (1 / under)
}

// The same for two sums at a time, to the bit.

// @ts-ignore: decorator
@inline
export function lostByPair(a: v128, b: v128, sum: v128): v128 {
  const part = f64x2.sub(sum, a)
  return f64x2.add(f64x2.sub(a, f64x2.sub(sum, part)), f64x2.sub(b, part))
}

/** For a divisor of a few bits: without the last five bits of the quotient, its product with that is exact. */
// @ts-ignore: decorator
@inline
export function quotientPair(high: v128, low: v128, under: v128, inverse: v128): v128 {
  const first = f64x2.div(f64x2.add(high, low), under)
  const upper = v128.and(first, i64x2.splat(~0x1f))
  const rest = f64x2.sub(f64x2.sub(high, f64x2.mul(upper, under)), f64x2.mul(f64x2.sub(first, upper), under))
  return f64x2.add(first, f64x2.mul(f64x2.add(rest, low), inverse))
}
