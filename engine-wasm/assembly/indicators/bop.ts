/**
 * Balance of power, -1 to 1: how much of the candle's range it kept from open to close; 0 without a range (Livshin;
 * TA-Lib BOP).
 */
export function balanceOfPower(open: f64, high: f64, low: f64, close: f64): f64 {
  const range = high - low
  return range == 0 ? 0 : (close - open) / range
}
