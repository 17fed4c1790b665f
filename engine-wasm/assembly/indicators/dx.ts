import { DirectionalMovement } from "./directional-movement"
import { known } from "./known"

/**
 * Directional movement index, 0 to 100: how one-sided the movement is; stands still while there is none (Wilder;
 * TA-Lib DX).
 */
@unmanaged
export class Dx {
  value: f64

  static bytes(): i32 {
    return <i32>offsetof<Dx>() + DirectionalMovement.bytes()
  }

  @inline
  private get movement(): DirectionalMovement {
    return changetype<DirectionalMovement>(changetype<usize>(this) + offsetof<Dx>())
  }

  start(length: i32): void {
    this.movement.start(length)
  }

  next(high: f64, low: f64, close: f64): f64 {
    const movement = this.movement
    if (!movement.next(high, low, close) || movement.changes < movement.length) return NaN
    const dx = movement.oneSidedness
    if (known(dx)) this.value = dx
    return this.value
  }
}
