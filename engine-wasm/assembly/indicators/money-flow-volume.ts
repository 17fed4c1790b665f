/**
 * The candle's volume times where it closed: from -1 at the low to 1 at the high; 0 without a range (Chaikin; TA-Lib
 * AD).
 */
export function moneyFlowVolume(high: f64, low: f64, close: f64, volume: f64): f64 {
  const range = high - low
  return range > 0 ? ((close - low - (high - close)) / range) * volume : 0
}
