/** Whether a value is a finite number; anything else counts as a skipped candle (see README.md). */
export function known(value: f64): bool {
  return value - value == 0
}

/** Whether every value of a column is a finite number, from one place up to another. */
export function allKnown(column: usize, from: i32, to: i32): bool {
  const end = column + ((<usize>to) << 3)
  let at = column + ((<usize>from) << 3)
  let strays = f64x2.splat(0)
  for (; at + 8 < end; at += 16) {
    const pair = v128.load(at)
    strays = f64x2.add(strays, f64x2.sub(pair, pair))
  }
  const last = at < end ? load<f64>(at) : 0
  return f64x2.extract_lane(strays, 0) + f64x2.extract_lane(strays, 1) + (last - last) == 0
}
