// How far the values of a window (oldest first, one behind the other) lie from their mean. Everything is measured
// from the oldest
// value, so that neither the size of the price nor the summing hides a small spread, and equal values spread by
// exactly 0.

/** Mean of the window less its oldest value. */
export function meanAboveOldest(window: usize, length: i32): f64 {
  const oldest = f64x2.splat(load<f64>(window))
  let sums = f64x2.splat(0)
  let at = window
  const end = window + ((<usize>(length & ~1)) << 3)
  for (; at < end; at += 16) sums = f64x2.add(sums, f64x2.sub(v128.load(at), oldest))
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)
  if (length & 1) sum += load<f64>(at) - load<f64>(window)
  return sum / <f64>length
}

/** Mean of the squared distances from the mean: the population variance (TA-Lib VAR), in two passes. */
export function squareSpread(window: usize, length: i32): f64 {
  const mean = meanAboveOldest(window, length)
  const oldest = f64x2.splat(load<f64>(window))
  const means = f64x2.splat(mean)
  let sums = f64x2.splat(0)
  let at = window
  const end = window + ((<usize>(length & ~1)) << 3)
  for (; at < end; at += 16) {
    const distance = f64x2.sub(f64x2.sub(v128.load(at), oldest), means)
    sums = f64x2.add(sums, f64x2.mul(distance, distance))
  }
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)
  if (length & 1) {
    const distance = load<f64>(at) - load<f64>(window) - mean
    sum += distance * distance
  }
  return sum / <f64>length
}

/** Mean of the distances from the mean, for a mean measured from the oldest value. */
export function absoluteSpread(window: usize, length: i32, mean: f64): f64 {
  const oldest = f64x2.splat(load<f64>(window))
  const means = f64x2.splat(mean)
  let sums = f64x2.splat(0)
  let at = window
  const end = window + ((<usize>(length & ~1)) << 3)
  for (; at < end; at += 16) sums = f64x2.add(sums, f64x2.abs(f64x2.sub(f64x2.sub(v128.load(at), oldest), means)))
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)
  if (length & 1) sum += abs(load<f64>(at) - load<f64>(window) - mean)
  return sum / <f64>length
}
