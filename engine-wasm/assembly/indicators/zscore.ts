import { known } from "./known"
import { Window } from "./window"

/** How many standard deviations (of the population) the newest value lies above the mean of the last `length`; 0 when all are equal. */
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
    this.window.push(value)
    return this.window.isFull ? this.score(this.window.oldest, value) : NaN
  }

  // Distances are taken from the newest value, which loses nothing however high the price, and then from their own mean.
  private score(from: usize, value: f64): f64 {
    const count = <f64>this.window.length
    const to = from + ((<usize>this.window.length) << 3)
    let sum: f64 = 0
    for (let at = from; at < to; at += 8) sum += load<f64>(at) - value
    const mean = sum / count
    let squares: f64 = 0
    for (let at = from; at < to; at += 8) {
      const distance = load<f64>(at) - value - mean
      squares += distance * distance
    }
    return squares > 0 ? -mean / sqrt(squares / count) : 0
  }
}
