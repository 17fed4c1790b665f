import { known } from "./known"
import { Sum } from "./sum"
import { unitOf } from "./ticks"

const SLOWEST: f64 = 2.0 / 31.0
const FASTEST: f64 = 2.0 / 3.0

/**
 * Kaufman's adaptive average: fast in a straight move, slow in a zigzag (Kaufman, Smarter Trading; TA-Lib KAMA with 2
 * and 30 candles).
 */
@unmanaged
export class Kama {
  value: f64
  previous: f64
  divisor: f64
  seen: i32
  length: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Kama>() + Sum.bytes(length) + (length << 3)
  }

  // Absolute steps from one value to the next, added up over the window.
  @inline
  private get path(): Sum {
    return changetype<Sum>(changetype<usize>(this) + offsetof<Kama>())
  }

  // The last `length` values, for the net move.
  @inline
  private get slot(): usize {
    return changetype<usize>(this) + offsetof<Kama>() + Sum.bytes(this.length) + ((<usize>(this.seen % this.length)) << 3)
  }

  start(length: i32, scale: f64 = 0): void {
    this.length = length
    this.divisor = unitOf(scale)
    this.path.start(length, i32(scale > 0))
    this.previous = NaN
  }

  next(value: f64): f64 {
    if (!known(value)) return NaN
    const path = this.path.next(abs(value - this.previous))
    const before = load<f64>(this.slot)
    store<f64>(this.slot, value)
    if (this.seen < this.length) this.value = value
    else {
      const weight = efficiency(path, value - before) * (FASTEST - SLOWEST) + SLOWEST
      this.value += weight * weight * (value - this.value)
    }
    this.previous = value
    // Beyond the first window only the remainder matters; the count stays small however long a bot runs.
    this.seen = this.seen + 1 == 2 * this.length ? this.length : this.seen + 1
    return known(path) ? this.value / this.divisor : NaN
  }
}

// Net move over path; TA-Lib compares the path with the signed move, and so do we.
function efficiency(path: f64, move: f64): f64 {
  return path <= move || path == 0 ? 1 : abs(move / path)
}
