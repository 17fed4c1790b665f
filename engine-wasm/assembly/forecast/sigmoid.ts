// The logistic function of two values at once, from additions and multiplications alone: the same bits everywhere.

const LN2_HIGH: f64 = 0.69314718036912381649
const LN2_LOW: f64 = 1.90821492927058770002e-10
const LOG2E: f64 = 1.44269504088896338700
const FURTHEST: f64 = 700
/** Added to a small whole number, it leaves that number in the lowest bits. */
const WHOLE_PART: f64 = 6_755_399_441_055_744
const EXPONENT_BIAS: f64 = 1023
const FRACTION_BITS: i32 = 52

/** 1 / (1 + e^-x) of each of the two values. */
// @ts-ignore: decorator
@inline
export function sigmoids(x: v128): v128 {
  const one = f64x2.splat(1)
  return f64x2.div(one, f64x2.add(one, exponentials(f64x2.neg(x))))
}

/** 1 / (1 + e^-x) */
export function sigmoid(x: f64): f64 {
  return f64x2.extract_lane(sigmoids(f64x2.splat(x)), 0)
}

/** The hyperbolic tangent of each of the two values: 2 / (1 + e^-2x) - 1. */
// @ts-ignore: decorator
@inline
export function tangents(x: v128): v128 {
  return f64x2.sub(f64x2.mul(f64x2.splat(2), sigmoids(f64x2.mul(f64x2.splat(2), x))), f64x2.splat(1))
}

/** e^x: x is a whole number of ln 2 and a rest of at most ln(2) / 2, for which Taylor's series of 13 terms is exact. */
// @ts-ignore: decorator
@inline
function exponentials(x: v128): v128 {
  const near = f64x2.max(f64x2.min(x, f64x2.splat(FURTHEST)), f64x2.splat(-FURTHEST))
  const twos = f64x2.nearest(f64x2.mul(near, f64x2.splat(LOG2E)))
  const rest = f64x2.sub(f64x2.sub(near, f64x2.mul(twos, f64x2.splat(LN2_HIGH))), f64x2.mul(twos, f64x2.splat(LN2_LOW)))
  return f64x2.mul(series(rest), powersOfTwo(twos))
}

// @ts-ignore: decorator
@inline
function powersOfTwo(twos: v128): v128 {
  return i64x2.shl(f64x2.add(twos, f64x2.splat(WHOLE_PART + EXPONENT_BIAS)), FRACTION_BITS)
}

// @ts-ignore: decorator
@inline
function series(x: v128): v128 {
  let sum = f64x2.splat(1.0 / 6_227_020_800)
  sum = term(sum, x, 1.0 / 479_001_600)
  sum = term(sum, x, 1.0 / 39_916_800)
  sum = term(sum, x, 1.0 / 3_628_800)
  sum = term(sum, x, 1.0 / 362_880)
  sum = term(sum, x, 1.0 / 40_320)
  sum = term(sum, x, 1.0 / 5_040)
  sum = term(sum, x, 1.0 / 720)
  sum = term(sum, x, 1.0 / 120)
  sum = term(sum, x, 1.0 / 24)
  sum = term(sum, x, 1.0 / 6)
  sum = term(sum, x, 0.5)
  sum = term(sum, x, 1)
  return term(sum, x, 1)
}

// @ts-ignore: decorator
@inline
function term(sum: v128, x: v128, coefficient: f64): v128 {
  return f64x2.add(f64x2.mul(sum, x), f64x2.splat(coefficient))
}
