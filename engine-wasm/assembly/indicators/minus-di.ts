import { DirectionalMovement } from "./directional-movement"

/**
 * Downward movement in percent of the true range (Wilder, New Concepts in Technical Trading Systems; TA-Lib
 * MINUS_DI).
 */
@unmanaged
export class MinusDi {
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

  next(high: f64, low: f64, close: f64): f64 {
    const movement = this.movement
    if (!movement.next(high, low, close) || movement.changes < movement.length) return NaN
    return movement.ofRange(movement.minus)
  }
}
