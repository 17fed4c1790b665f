/** TA-Lib's TA_IS_ZERO: closer to zero than 1e-14. Kept wherever TA-Lib decides by it, so that answers are the same. */
export function isZero(value: f64): bool {
  return abs(value) < 1e-14
}
