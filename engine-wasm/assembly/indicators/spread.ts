// How far the values of a window (oldest first, one after the other) are from their mean. A distance is `length` x
// (value - oldest) less the sum of these: `length` times the distance from the mean, measured from the oldest value,
// so that neither the size of the price nor the summing hides a small one; of whole ticks it is an integer, and equal
// values spread by exactly 0.

/** Sum of the window's values less its oldest one. */
export function sumAboveOldest(window: usize, length: i32): f64 {
  const oldest = f64x2.splat(load<f64>(window))
  let sums = f64x2.splat(0)
  let at = window
  const end = window + ((<usize>(length & ~1)) << 3)
  for (; at < end; at += 16) sums = f64x2.add(sums, f64x2.sub(v128.load(at), oldest))
  const sum = sumOfBoth(sums)
  return length & 1 ? sum + (load<f64>(at) - load<f64>(window)) : sum
}

/** Sum of the squared distances. */
export function squareSpread(window: usize, length: i32): f64 {
  const sum = sumAboveOldest(window, length)
  let sums = f64x2.splat(0)
  const end = (<usize>(length & ~1)) << 3
  for (let at: usize = 0; at < end; at += 16) {
    const pair = distances(window, at, length, sum)
    sums = f64x2.add(sums, f64x2.mul(pair, pair))
  }
  const last = length & 1 ? distance(window, length - 1, length, sum) : 0
  return sumOfBoth(sums) + last * last
}

/** Sum of the distances without their signs. */
export function absoluteSpread(window: usize, length: i32, sum: f64): f64 {
  let sums = f64x2.splat(0)
  const end = (<usize>(length & ~1)) << 3
  for (let at: usize = 0; at < end; at += 16) sums = f64x2.add(sums, f64x2.abs(distances(window, at, length, sum)))
  const spread = sumOfBoth(sums)
  return length & 1 ? spread + abs(distance(window, length - 1, length, sum)) : spread
}

/** Distance of the window's i-th value, for its sum above the oldest. */
export function distance(window: usize, i: i32, length: i32, sum: f64): f64 {
  return <f64>length * (load<f64>(window + ((<usize>i) << 3)) - load<f64>(window)) - sum
}

/** The distances of the pair of values at this byte offset in the window. */
// @ts-ignore: decorator
@inline
export function distances(window: usize, at: usize, length: i32, sum: f64): v128 {
  const above = f64x2.sub(v128.load(window + at), f64x2.splat(load<f64>(window)))
  return f64x2.sub(f64x2.mul(f64x2.splat(<f64>length), above), f64x2.splat(sum))
}

/** The two sides of a pair added up. */
// @ts-ignore: decorator
@inline
export function sumOfBoth(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1)
}
