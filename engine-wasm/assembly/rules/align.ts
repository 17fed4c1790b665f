// Brings a slower clock's values to the strategy's candles: a value is known once its own candle has closed, never
// before.
import { get, set } from "../column"

/** State: the last known value, and whether there is one. */
export function alignBytes(): i32 {
  return 16
}

/** For each candle closing at `closesAt`, the last of `values` whose candle closed no later; NaN before the first. */
export function alignRun(count: i32, destination: usize, closesAt: usize, valueCount: i32,
  valueClosesAt: usize, values: usize, state: usize): void {
  let known = load<f64>(state + 8) != 0 ? load<f64>(state) : NaN
  let next = 0
  for (let i = 0; i < count; i++) {
    while (next < valueCount && get(valueClosesAt, next) <= get(closesAt, i)) known = get(values, next++)
    set(destination, i, known)
  }
  if (valueCount > next) known = get(values, valueCount - 1)
  store<f64>(state, known)
  store<f64>(state + 8, 1)
}
