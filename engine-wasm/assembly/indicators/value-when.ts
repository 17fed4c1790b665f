/**
 * The source's value on the candle where the condition was true for the n-th time back, 0 being the latest (Pine
 * ta.valuewhen).
 */
@unmanaged
export class ValueWhen {
  kept: i32
  at: i32
  seen: i64

  static bytes(n: i32): i32 {
    return <i32>offsetof<ValueWhen>() + ((n + 1) << 3)
  }

  start(n: i32): void {
    assert(n >= 0, "occurrences are counted from 0, the latest")
    this.kept = n + 1
  }

  @inline
  private slot(i: i32): usize {
    return changetype<usize>(this) + offsetof<ValueWhen>() + ((<usize>i) << 3)
  }

  /** NaN until the condition was true often enough. An unknown condition counts as not true. */
  next(condition: f64, value: f64): f64 {
    if (condition == condition && condition != 0) this.keep(value)
    return this.seen < this.kept ? NaN : load<f64>(this.slot(this.at))
  }

  // The ring's next place is its oldest value, which is the requested one.
  private keep(value: f64): void {
    store<f64>(this.slot(this.at), value)
    this.at = this.at + 1 == this.kept ? 0 : this.at + 1
    this.seen++
  }
}
