import { exp, ln, ln1p } from "../candles/elementary-function.ts"

/**
 * Two-sided p-value of Student's t: the chance of a value at least as far from 0 with these degrees of freedom.
 * Source: Abramowitz & Stegun 26.7.1, as the regularised incomplete beta function I_x(n/2, 1/2) at x = n / (n + t^2).
 */
export function studentTPValue(t: number, degreesOfFreedom: number): number {
  const square = t * t
  // Near t = 0 the digits of t are in 1 - x, not in x.
  if (square < 1) return 1 - regularisedBeta(square / (degreesOfFreedom + square), 0.5, degreesOfFreedom / 2)
  return regularisedBeta(degreesOfFreedom / (degreesOfFreedom + square), degreesOfFreedom / 2, 0.5)
}

/** One-sided p-value of Student's t: the chance of a value at least as high with these degrees of freedom. */
export function studentTUpperTail(t: number, degreesOfFreedom: number): number {
  const both = studentTPValue(t, degreesOfFreedom)
  return t > 0 ? both / 2 : 1 - both / 2
}

/**
 * I_x(a, b) for 0 <= x <= 1; the continued fraction converges fast below the mean, so beyond it the mirrored one is
 * used.
 */
export function regularisedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - regularisedBeta(1 - x, b, a)
  const logFront = a * ln(x) + b * ln1p(-x) - ln(a) - logBeta(a, b)
  return exp(logFront) * betaFraction(x, a, b)
}

/** Continued fraction of the incomplete beta function, https://dlmf.nist.gov/8.17#v, by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / awayFromZero(1 + even * d)
    c = awayFromZero(1 + even / c)
    value *= c * d
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / awayFromZero(1 + odd * d)
    c = awayFromZero(1 + odd / c)
    value *= c * d
    if (Math.abs(c * d - 1) < 1e-15) break
  }
  return value
}

function awayFromZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b)
}

/**
 * ln of the gamma function for x > 0: Stirling's series (https://dlmf.nist.gov/5.11#E1), shifted to x >= 10 where six
 * terms suffice.
 */
function logGamma(x: number): number {
  let shift = 0
  let at = x
  for (; at < 10; at++) shift += ln(at)
  const inverse = 1 / at
  const square = inverse * inverse
  const series =
    inverse *
    (1 / 12 -
      square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * (691 / 360360))))))
  return (at - 0.5) * ln(at) - at + 0.5 * ln(2 * Math.PI) + series - shift
}
