import { known } from "./known"
import { meanAboveOldest, squareSpread } from "./spread"
import { Window } from "./window"

/**
 * How many standard deviations (of the population) the newest value lies above the mean of the last `length`; 0 when
 * all are equal.
 */
@unmanaged
export class Zscore {
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
    return window.isFull ? score(value, window.oldest, window.length) : NaN
  }
}

function score(value: f64, window: usize, length: i32): f64 {
  const variance = squareSpread(window, length)
  return variance > 0 ? (value - load<f64>(window) - meanAboveOldest(window, length)) / sqrt(variance) : 0
}
