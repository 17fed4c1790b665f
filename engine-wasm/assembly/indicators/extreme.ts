import { get, set } from "../column"
import { known } from "./known"

/** One way to choose between two finite numbers. Unlike max<f64> and min<f64> each compiles to one instruction. */
@unmanaged
class Higher {
  @inline
  of(a: f64, b: f64): f64 {
    return f64x2.extract_lane(f64x2.pmax(f64x2.splat(a), f64x2.splat(b)), 0)
  }

  @inline
  get none(): f64 {
    return -Infinity
  }
}

@unmanaged
class Lower {
  @inline
  of(a: f64, b: f64): f64 {
    return f64x2.extract_lane(f64x2.pmin(f64x2.splat(a), f64x2.splat(b)), 0)
  }

  @inline
  get none(): f64 {
    return Infinity
  }
}

/** The header before the ring of an extreme's values. */
@unmanaged
class ExtremeState {
  head: f64
  /** The latest answer. */
  latest: f64
  length: i32
  at: i32
  full: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<ExtremeState>() + ((length + 1) << 3)
  }
}

/**
 * The extreme of the last `length` values, three comparisons a candle whatever the length: the ring is cut into
 * stretches of `length`; a window is the tail of one stretch and the head of the next (van Herk, Pattern Recognition
 * Letters 13, 1992).
 */
@unmanaged
class Extreme<Side> extends ExtremeState {
  @inline
  get side(): Side {
    return changetype<Side>(0)
  }

  start(length: i32): void {
    assert(length > 0, "a window has at least one candle")
    this.length = length
    this.latest = NaN
    this.head = this.side.none
    store<f64>(this.slot(length), this.side.none)
  }

  // slot(i) holds the extreme of the earlier stretch from i on, or the value itself in the running stretch;
  // slot(length) is empty.
  @inline
  private slot(i: i32): usize {
    return changetype<usize>(this) + offsetof<ExtremeState>() + ((<usize>i) << 3)
  }

  /** Takes a value; the extreme once there are `length`. */
  take(value: f64): f64 {
    if (!known(value)) return NaN
    const slot = this.slot(this.at)
    this.head = this.side.of(value, this.head)
    store<f64>(slot, value)
    const extreme = this.side.of(this.head, load<f64>(slot, 8))
    if (++this.at == this.length) this.turn()
    this.latest = this.full ? extreme : NaN
    return this.latest
  }

  // The stretch is full: each slot becomes the extreme from there to the stretch's end.
  private turn(): void {
    let tail = load<f64>(this.slot(this.length - 1))
    for (let slot = this.slot(this.length - 2); slot >= this.slot(0); slot -= 8) {
      tail = this.side.of(load<f64>(slot), tail)
      store<f64>(slot, tail)
    }
    this.at = 0
    this.full = 1
    this.head = this.side.none
  }

  /** `take` over a block, with the state in locals up to every turn. */
  takeBlock(count: i32, destination: usize, source: usize): void {
    let i = 0
    while (i < count) i = this.takeToTurn(i, count, destination, source)
  }

  private takeToTurn(from: i32, count: i32, destination: usize, source: usize): i32 {
    const end = min(count, from + this.length - this.at)
    const full = this.full != 0
    let slot = this.slot(this.at)
    let head = this.head
    let extreme = head
    for (let i = from; i < end; i++) {
      const value = get(source, i)
      let result: f64 = NaN
      if (known(value)) {
        head = this.side.of(value, head)
        extreme = this.side.of(head, load<f64>(slot, 8))
        store<f64>(slot, value)
        slot += 8
        result = select<f64>(extreme, NaN, full)
      }
      set(destination, i, result)
    }
    this.head = head
    this.at = <i32>((slot - this.slot(0)) >> 3)
    if (this.at < this.length) return end
    // A stretch that reached the ring's end had no holes: its last candle is the one before `end`.
    this.turn()
    set(destination, end - 1, extreme)
    return end
  }
}

/** Highest of the last `length` values (TA-Lib MAX). */
@unmanaged
export class Highest extends Extreme<Higher> {
  next(value: f64): f64 {
    return this.take(value)
  }

  run(count: i32, destination: usize, source: usize): void {
    this.takeBlock(count, destination, source)
  }
}

/** Lowest of the last `length` values (TA-Lib MIN). */
@unmanaged
export class Lowest extends Extreme<Lower> {
  next(value: f64): f64 {
    return this.take(value)
  }

  run(count: i32, destination: usize, source: usize): void {
    this.takeBlock(count, destination, source)
  }
}

/** 1 while a value is above every one of the `length` values before it (Pine ta.rising), else 0. */
@unmanaged
export class Rising extends Extreme<Higher> {
  next(value: f64): f64 {
    const before = this.latest
    return known(before + this.take(value)) ? <f64>i32(value > before) : NaN
  }
}

/** 1 while a value is below every one of the `length` values before it (Pine ta.falling), else 0. */
@unmanaged
export class Falling extends Extreme<Lower> {
  next(value: f64): f64 {
    const before = this.latest
    return known(before + this.take(value)) ? <f64>i32(value < before) : NaN
  }
}
