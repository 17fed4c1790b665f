/** Candles since the condition was last true, 0 on the candle itself; NaN before the first time (Pine ta.barssince). */
@unmanaged
export class BarsSince {
  candles: f64

  static bytes(): i32 {
    return <i32>offsetof<BarsSince>()
  }

  start(): void {
    this.candles = NaN
  }

  /** An unknown condition counts as not true. */
  next(condition: f64): f64 {
    const isTrue = condition == condition && condition != 0
    this.candles = isTrue ? 0 : this.candles + 1
    return this.candles
  }
}
