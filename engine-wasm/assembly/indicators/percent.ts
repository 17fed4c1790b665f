/** A part of a whole in percent, exactly 100 where it is all of it; 0 of nothing. */
export function percentOf(part: f64, whole: f64): f64 {
  if (whole == 0) return 0
  if (abs(part) == whole) return part > 0 ? 100 : -100
  return (100 * part) / whole
}
