// Logarithm, exponential and power from additions, multiplications and divisions alone, which IEEE 754 rounds the
// same everywhere. Math.log, Math.exp and ** may differ in their last bit from one browser to the next, and then the
// same run would not be the same.

const bits = new DataView(new ArrayBuffer(8))
const LN2_HIGH = 0.69314718036912381649
const LN2_LOW = 1.90821492927058770002e-10
const SQRT2 = Math.SQRT2

/** ln x; -Infinity at 0, NaN below. Within 2 units in the last place. */
export function ln(x: number): number {
  if (!(x > 0) || x === Infinity) return x === 0 ? -Infinity : x > 0 ? x : NaN
  const { part, exponent } = splitOf(x)
  return exponent * LN2_HIGH + (lnOfRatio((part - 1) / (part + 1)) + exponent * LN2_LOW)
}

/** ln(1 + y), exact for small y too. */
export function ln1p(y: number): number {
  return Math.abs(y) < 0.4 ? lnOfRatio(y / (2 + y)) : ln(1 + y)
}

/** e to the x. */
export function exp(x: number): number {
  if (!(x > -745.2)) return x < 0 ? 0 : NaN
  if (x > 709.79) return Infinity
  const twos = Math.round(x * Math.LOG2E)
  const rest = x - twos * LN2_HIGH - twos * LN2_LOW
  let sum = 1
  // Taylor's series by Horner; |rest| is at most ln(2) / 2, where 18 terms leave no error.
  for (let n = 18; n >= 1; n--) sum = 1 + (rest / n) * sum
  // In two steps, so that neither factor leaves the range of numbers.
  const half = twos >> 1
  return sum * powerOfTwo(half) * powerOfTwo(twos - half)
}

/** x to the y for x of 0 or more. */
export function power(x: number, y: number): number {
  return y === 0 ? 1 : y === 1 ? x : exp(y * ln(x))
}

/** ln((1 + s) / (1 - s)) = 2 (s + s^3/3 + s^5/5 + …), https://dlmf.nist.gov/4.6#E4; |s| is at most 0.25. */
function lnOfRatio(s: number): number {
  const square = s * s
  let sum = 0
  for (let n = 27; n >= 3; n -= 2) sum = (sum + 1 / n) * square
  return 2 * (s + s * sum)
}

/** x = part x 2^exponent with part between sqrt(1/2) and sqrt(2). */
function splitOf(x: number): { part: number; exponent: number } {
  const isTiny = x < 2 ** -1022
  bits.setFloat64(0, isTiny ? x * 2 ** 54 : x)
  const high = bits.getUint32(0)
  const exponent = (high >>> 20) - 1023 - (isTiny ? 54 : 0)
  bits.setUint32(0, (high & 0xfffff) | 0x3ff00000)
  const part = bits.getFloat64(0)
  return part > SQRT2 ? { part: part / 2, exponent: exponent + 1 } : { part, exponent }
}

/** 2 to a whole number from -1022 to 1023. */
function powerOfTwo(exponent: number): number {
  bits.setUint32(0, (exponent + 1023) << 20)
  bits.setUint32(4, 0)
  return bits.getFloat64(0)
}
