/**
 * The last `length` values one after the other, oldest first: every value is stored twice, so that no window breaks
 * at the ring's end.
 */
@unmanaged
export class Window {
  length: i32
  at: i32
  full: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Window>() + (length << 4)
  }

  start(length: i32): void {
    assert(length > 0, "a window has at least one candle")
    this.length = length
  }

  /** Takes a value in, and the oldest out once the window is full. */
  push(value: f64): void {
    const length = this.length
    const slot = this.slot(this.at)
    store<f64>(slot, value)
    store<f64>(slot + ((<usize>length) << 3), value)
    if (++this.at == length) {
      this.at = 0
      this.full = 1
    }
  }

  @inline
  get isFull(): bool {
    return this.full != 0
  }

  /** Address of the oldest value of a full window; the newer ones follow it. */
  @inline
  get oldest(): usize {
    return this.slot(this.at)
  }

  @inline
  private slot(i: i32): usize {
    return changetype<usize>(this) + offsetof<Window>() + ((<usize>i) << 3)
  }
}
