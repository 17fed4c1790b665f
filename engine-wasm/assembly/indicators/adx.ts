import { get, set } from "../operators/column"
import { DirectionalMovement, oneSidedness, oneWay } from "./directional-movement"
import { known } from "./known"
import { trueRange } from "./true-range"

/**
 * Average directional index, 0 to 100: how strong a trend is, either way (Wilder, New Concepts in Technical Trading
 * Systems; TA-Lib ADX).
 */
@unmanaged
export class Adx {
  value: f64
  weight: f64

  static bytes(): i32 {
    return <i32>offsetof<Adx>() + DirectionalMovement.bytes()
  }

  @inline
  private get movement(): DirectionalMovement {
    return changetype<DirectionalMovement>(changetype<usize>(this) + offsetof<Adx>())
  }

  start(length: i32): void {
    this.weight = 1.0 / <f64>length
    this.movement.start(length)
  }

  next(high: f64, low: f64, close: f64): f64 {
    const movement = this.movement
    if (!movement.next(high, low, close) || movement.changes < movement.length) return NaN
    const dx = movement.oneSidedness
    if (movement.changes < 2 * movement.length) return this.seed(known(dx) ? dx : 0)
    if (known(dx)) this.value += this.weight * (dx - this.value)
    return this.value
  }

  // The first ADX is the mean of the first `length` DX.
  private seed(dx: f64): f64 {
    this.value += dx
    if (this.movement.changes < 2 * this.movement.length - 1) return NaN
    this.value /= <f64>this.movement.length
    return this.value
  }

  /** `next` over a block, with the state in locals once there is an answer. */
  run(count: i32, destination: usize, highs: usize, lows: usize, closes: usize): void {
    const movement = this.movement
    let i = 0
    for (; i < count && movement.changes < 2 * movement.length; i++) set(destination, i, this.next(get(highs, i), get(lows, i), get(closes, i)))
    const keeps = movement.keeps
    const weight = this.weight
    let previousHigh = movement.previousHigh
    let previousLow = movement.previousLow
    let previousClose = movement.previousClose
    let totals = f64x2.replace_lane(f64x2.splat(movement.plus), 1, movement.minus)
    let range = movement.range
    let average = this.value
    for (; i < count; i++) {
      const high = get(highs, i)
      const low = get(lows, i)
      const close = get(closes, i)
      if (!known(high + low + close)) {
        set(destination, i, NaN)
        continue
      }
      totals = f64x2.add(f64x2.mul(totals, f64x2.splat(keeps)), oneWay(high - previousHigh, previousLow - low))
      range = range * keeps + trueRange(high, low, previousClose)
      const dx = oneSidedness(f64x2.extract_lane(totals, 0), f64x2.extract_lane(totals, 1))
      if (known(dx)) average += weight * (dx - average)
      set(destination, i, average)
      previousHigh = high
      previousLow = low
      previousClose = close
    }
    movement.previousHigh = previousHigh
    movement.previousLow = previousLow
    movement.previousClose = previousClose
    movement.plus = f64x2.extract_lane(totals, 0)
    movement.minus = f64x2.extract_lane(totals, 1)
    movement.range = range
    this.value = average
  }
}
