/** Whether a value is a finite number; what is not is treated as a skipped candle (see README.md). */
export function known(value: f64): bool {
  return value - value == 0
}
