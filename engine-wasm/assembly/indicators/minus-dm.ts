import { DirectionalMovement } from "./directional-movement"

/**
 * Wilder's running total of downward movement, in price (Wilder, New Concepts in Technical Trading Systems; TA-Lib
 * MINUS_DM).
 */
@unmanaged
export class MinusDm {
  static bytes(): i32 {
    return DirectionalMovement.bytes()
  }

  @inline
  private get movement(): DirectionalMovement {
    return changetype<DirectionalMovement>(changetype<usize>(this))
  }

  start(length: i32): void {
    this.movement.start(length)
  }

  // The first sum of length - 1 changes counts already, one candle before the DI. The close plays no part.
  next(high: f64, low: f64): f64 {
    const movement = this.movement
    if (!movement.next(high, low, low) || movement.changes < max(1, movement.length - 1)) return NaN
    return movement.minus
  }
}
