/** Balance of power, -1 to 1: how much of its range a candle kept from open to close; 0 without a range (TA-Lib BOP). */
@unmanaged
export class Bop {
  static bytes(): i32 {
    return 0
  }

  start(): void {
    // Each candle counts by itself.
  }

  next(open: f64, high: f64, low: f64, close: f64): f64 {
    const range = high - low
    return range == 0 ? 0 : (close - open) / range
  }
}
