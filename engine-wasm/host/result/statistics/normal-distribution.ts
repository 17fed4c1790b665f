import { exp, ln } from "../../candles/elementary-function.ts"

/** From here on the continued fraction has all its digits after FRACTION_STEPS steps; before it the series is better. */
const TAIL_BEGINS = 2.5
const FRACTION_STEPS = 160
const SQRT_TWO_PI = 2.5066282746310007

/**
 * The chance that a standard normal draw is at most z. Near 0 the series of G. Marsaglia, "Evaluating the Normal
 * Distribution" (2004); in the tails Laplace's continued fraction, https://dlmf.nist.gov/7.9#E1. Relative error below
 * 1e-13 in the lower tail too.
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return NaN
  if (z < -TAIL_BEGINS) return upperTail(-z)
  if (z > TAIL_BEGINS) return 1 - upperTail(z)
  let term = z
  let sum = z
  for (let n = 3; Math.abs(term) > 1e-18; n += 2) {
    term *= (z * z) / n
    sum += term
  }
  return 0.5 + normalDensity(z) * sum
}

/** The height of the standard normal's bell at z. */
export function normalDensity(z: number): number {
  return exp((-z * z) / 2) / SQRT_TWO_PI
}

function upperTail(z: number): number {
  if (z > 39) return 0
  let fraction = z
  for (let n = FRACTION_STEPS; n >= 1; n--) fraction = z + n / fraction
  return normalDensity(z) / fraction
}

/**
 * The z below which this share of standard normal draws lies: -Infinity at 0, Infinity at 1, NaN outside. PPND16 of
 * M. J. Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution" (1988); relative error about
 * 1e-15. Near 1 the digits of 1 - share are gone: ask for the small share, and turn its sign.
 */
export function normalQuantile(share: number): number {
  if (!(share > 0 && share < 1)) return share === 0 ? -Infinity : share === 1 ? Infinity : NaN
  const fromMiddle = share - 0.5
  if (Math.abs(fromMiddle) <= 0.425) return fromMiddle * quotient(CENTRE, 0.180625 - fromMiddle * fromMiddle)
  const distance = Math.sqrt(-ln(fromMiddle < 0 ? share : 1 - share))
  const z = distance <= 5 ? quotient(TAIL, distance - 1.6) : quotient(FAR_TAIL, distance - 5)
  return fromMiddle < 0 ? -z : z
}

type Quotient = { above: readonly number[]; below: readonly number[] }

function quotient({ above, below }: Quotient, x: number): number {
  return polynomial(above, x) / polynomial(below, x)
}

/** The highest power comes first. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)
}

// As published, to the digits a number holds.
const CENTRE: Quotient = {
  above: [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
    133.14166789178438, 3.3871328727963665,
  ],
  below: [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
    42.31333070160091, 1,
  ],
}
const TAIL: Quotient = {
  above: [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
    5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  below: [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
    1.6763848301838038, 2.053191626637759, 1,
  ],
}
const FAR_TAIL: Quotient = {
  above: [
    2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487,
    1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  below: [
    2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615,
    0.1369298809227358, 0.599832206555888, 1,
  ],
}
