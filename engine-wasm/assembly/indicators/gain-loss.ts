import { get, set } from "../column"
import { NOTHING } from "./ema"
import { known } from "./known"
import { percentOf } from "./percent"

/**
 * Wilder's running totals of the rises and of the falls from candle to candle: `length` times his averages (Wilder, New
 * Concepts in Technical Trading Systems).
 */
@unmanaged
export class GainLoss {
  /** The two side by side: they advance as a pair. */
  gain: f64
  loss: f64
  /** What they keep at the next change: less for every candle without one, so that their shares stay until then. */
  fades: f64
  previous: f64
  keeps: f64
  length: i32
  changes: i32

  static bytes(): i32 {
    return <i32>offsetof<GainLoss>()
  }

  start(length: i32): void {
    assert(length > 0, "an average has at least one candle")
    this.previous = NaN
    this.length = length
    this.keeps = 1 - 1.0 / <f64>length
    this.fades = this.keeps
  }

  get isReady(): bool {
    return this.changes == this.length
  }

  /** Takes a value; false until there are `length` changes, and at a hole. */
  take(value: f64): bool {
    if (!known(value)) return false
    const change = value - this.previous
    this.previous = value
    if (change != change) return false
    if (!this.isReady) return this.seed(change)
    if (change == 0) {
      this.fades *= this.keeps
      return true
    }
    const pair = changetype<usize>(this)
    v128.store(pair, f64x2.add(f64x2.mul(v128.load(pair), f64x2.splat(this.fades)), moves(change)))
    this.fades = this.keeps
    return true
  }

  private seed(change: f64): bool {
    this.gain += max<f64>(change, 0)
    this.loss += max<f64>(-change, 0)
    return ++this.changes == this.length
  }
}

// @ts-ignore: decorator
@inline
function moves(change: f64): v128 {
  return f64x2.pmax(f64x2.splat(0), f64x2.replace_lane(f64x2.splat(change), 1, -change))
}

/**
 * Relative strength index, 0 to 100: rises over rises and falls; 0 in a market that never moved (Wilder;
 * TA-Lib RSI).
 */
@unmanaged
export class Rsi extends GainLoss {
  next(value: f64): f64 {
    return this.take(value) ? percentOf(this.gain, this.gain + this.loss) : NaN
  }

  /** `next` over a block. */
  run(count: i32, destination: usize, source: usize): void {
    let i = 0
    while (i < count) {
      if (this.isReady) i = this.follow(i, count, destination, source)
      if (i == count) return
      set(destination, i, this.next(get(source, i)))
      i++
    }
  }

  // With the state in locals, up to a hole, or while changes are only one way; returns the candle it stopped at.
  private follow(from: i32, count: i32, destination: usize, source: usize): i32 {
    const keeps = this.keeps
    let totals = v128.load(changetype<usize>(this))
    let fades = this.fades
    let previous = this.previous
    let i = from
    for (; i < count; i++) {
      const value = get(source, i)
      const change = value - previous
      const next = f64x2.add(f64x2.mul(totals, f64x2.splat(fades)), moves(change))
      if (!known(value)) break
      if (change == 0) break
      if (!v128.all_true<i64>(f64x2.gt(next, f64x2.splat(NOTHING)))) break
      totals = next
      fades = keeps
      previous = value
      const gain = f64x2.extract_lane(next, 0)
      set(destination, i, (100 * gain) / (gain + f64x2.extract_lane(next, 1)))
    }
    v128.store(changetype<usize>(this), totals)
    this.fades = fades
    this.previous = previous
    return i
  }
}

/**
 * Chande momentum oscillator, -100 to 100, with Wilder's smoothing as in TA-Lib CMO; 0 in a market that never moved.
 */
@unmanaged
export class Cmo extends GainLoss {
  next(value: f64): f64 {
    return this.take(value) ? percentOf(this.gain - this.loss, this.gain + this.loss) : NaN
  }
}
