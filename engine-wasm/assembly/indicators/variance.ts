import { known } from "./known"
import { squareSpread } from "./spread"
import { Window } from "./window"

/** Variance of the last `length` values as a population (TA-Lib VAR), exact to the definition at any price. */
@unmanaged
export class Variance {
  static bytes(length: i32): i32 {
    return Window.bytes(length)
  }

  @inline
  private get window(): Window {
    return changetype<Window>(changetype<usize>(this))
  }

  start(length: i32): void {
    this.window.start(length)
  }

  next(value: f64): f64 {
    if (!known(value)) return NaN
    const window = this.window
    window.push(value)
    return window.isFull ? squareSpread(window.oldest, window.length) : NaN
  }
}
