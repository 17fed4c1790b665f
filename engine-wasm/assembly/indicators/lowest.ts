import { get, set } from "../operators/column"
import { known } from "./known"

/**
 * Lowest of the last `length` values (TA-Lib MIN), three comparisons a candle whatever the length: the ring is cut
 * into stretches of
 * `length`; a window is the tail of one stretch and the head of the next (van Herk, Pattern Recognition Letters 13,
 * 1992).
 */
@unmanaged
export class Lowest {
  head: f64
  length: i32
  at: i32
  full: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Lowest>() + ((length + 1) << 3)
  }

  start(length: i32): void {
    assert(length > 0, "a window has at least one candle")
    this.length = length
    this.head = Infinity
    store<f64>(this.slot(length), Infinity)
  }

  // slot(i) holds the extreme of the earlier stretch from i on, or the value itself in the running stretch;
  // slot(length) nothing.
  @inline
  private slot(i: i32): usize {
    return changetype<usize>(this) + offsetof<Lowest>() + ((<usize>i) << 3)
  }

  next(value: f64): f64 {
    if (!known(value)) return NaN
    const slot = this.slot(this.at)
    this.head = lower(value, this.head)
    store<f64>(slot, value)
    const extreme = lower(this.head, load<f64>(slot, 8))
    if (++this.at == this.length) return this.turn(extreme)
    return this.full ? extreme : NaN
  }

  // The stretch is full: each slot becomes the extreme from there to the stretch's end.
  private turn(extreme: f64): f64 {
    let tail = load<f64>(this.slot(this.length - 1))
    for (let slot = this.slot(this.length - 2); slot >= this.slot(0); slot -= 8) {
      tail = lower(load<f64>(slot), tail)
      store<f64>(slot, tail)
    }
    this.at = 0
    this.full = 1
    this.head = Infinity
    return extreme
  }

  /** `next` over a block, with the state in locals up to every turn. */
  run(count: i32, destination: usize, source: usize): void {
    let i = 0
    while (i < count) i = this.runToTurn(i, count, destination, source)
  }

  private runToTurn(from: i32, count: i32, destination: usize, source: usize): i32 {
    const end = min(count, from + this.length - this.at)
    const full = this.full != 0
    let slot = this.slot(this.at)
    let head = this.head
    let extreme = head
    for (let i = from; i < end; i++) {
      const value = get(source, i)
      let result: f64 = NaN
      if (known(value)) {
        head = lower(value, head)
        extreme = lower(head, load<f64>(slot, 8))
        store<f64>(slot, value)
        slot += 8
        result = select<f64>(extreme, NaN, full)
      }
      set(destination, i, result)
    }
    this.head = head
    this.at = <i32>((slot - this.slot(0)) >> 3)
    // A stretch that reached the ring's end had no holes: its last candle is the one before `end`.
    if (this.at == this.length) set(destination, end - 1, this.turn(extreme))
    return end
  }
}

/** The lower of two finite numbers; unlike min<f64> it compiles to one instruction. */
// @ts-ignore: decorator
@inline
export function lower(a: f64, b: f64): f64 {
  return f64x2.extract_lane(f64x2.pmin(f64x2.splat(a), f64x2.splat(b)), 0)
}
