import { get, set } from "../operators/column"

/** 1 on the candle where a rises above b: a[1] <= b[1] and a > b (Pine ta.crossover), else 0; NaN while one of the four is not known. */
@unmanaged
export class Crossover {
  previousA: f64
  previousB: f64

  static bytes(): i32 {
    return <i32>offsetof<Crossover>()
  }

  start(): void {
    this.previousA = NaN
    this.previousB = NaN
  }

  next(a: f64, b: f64): f64 {
    const crossed = crosses(this.previousA, this.previousB, a, b)
    this.previousA = a
    this.previousB = b
    return crossed
  }

  /** `next` over a block, with the last candle in locals. */
  run(count: i32, destination: usize, as: usize, bs: usize): void {
    let previousA = this.previousA
    let previousB = this.previousB
    for (let i = 0; i < count; i++) {
      const a = get(as, i)
      const b = get(bs, i)
      set(destination, i, crosses(previousA, previousB, a, b))
      previousA = a
      previousB = b
    }
    this.previousA = previousA
    this.previousB = previousB
  }
}

// @ts-ignore: decorator
@inline
function crosses(previousA: f64, previousB: f64, a: f64, b: f64): f64 {
  const crossed = i32(previousA <= previousB) & i32(a > b)
  const isKnown = i32(previousA == previousA) & i32(previousB == previousB) & i32(a == a) & i32(b == b)
  return select<f64>(<f64>crossed, NaN, isKnown)
}
