import { get, set } from "../column"
import { allKnown, known } from "./known"

/** Two series on the candle before. */
@unmanaged
class Meeting {
  previousA: f64
  previousB: f64

  static bytes(): i32 {
    return <i32>offsetof<Meeting>()
  }

  start(): void {
    this.previousA = NaN
    this.previousB = NaN
  }

  /** 1 where a rises above b, else 0; NaN while one of the four values is unknown. */
  rises(a: f64, b: f64): f64 {
    const crossed = crosses(this.previousA, this.previousB, a, b)
    this.previousA = a
    this.previousB = b
    return crossed
  }

  /** `rises` over a block, two candles at a time. */
  risesBlock(count: i32, destination: usize, as: usize, bs: usize): void {
    if (count == 0) return
    if (this.isKnown && allKnown(as, 0, count) && allKnown(bs, 0, count)) this.risesKnown(count, destination, as, bs)
    else this.risesHoles(count, destination, as, bs)
    this.previousA = get(as, count - 1)
    this.previousB = get(bs, count - 1)
  }

  @inline
  private get isKnown(): bool {
    return known(this.previousA) && known(this.previousB)
  }

  private risesHoles(count: i32, destination: usize, as: usize, bs: usize): void {
    set(destination, 0, this.rises(get(as, 0), get(bs, 0)))
    let i = 1
    for (; i + 1 < count; i += 2) {
      const at = (<usize>i) << 3
      v128.store(destination + at, crossesPair(v128.load(as + at - 8), v128.load(bs + at - 8), v128.load(as + at), v128.load(bs + at)))
    }
    if (i < count) set(destination, i, crosses(get(as, i - 1), get(bs, i - 1), get(as, i), get(bs, i)))
  }

  // Where all is known, a rise is a candle above after one that was not. Columns have room for one value past the block.
  private risesKnown(count: i32, destination: usize, as: usize, bs: usize): void {
    let before = f64x2.gt(f64x2.splat(this.previousA), f64x2.splat(this.previousB))
    for (let at: usize = 0, end = (<usize>count) << 3; at < end; at += 16) {
      const above = f64x2.gt(v128.load(as + at), v128.load(bs + at))
      const wasAbove = v128.shuffle<f64>(before, above, 1, 2)
      v128.store(destination + at, v128.and(v128.andnot(above, wasAbove), f64x2.splat(1)))
      before = above
    }
  }
}

/** True on the candle where a rises above b: a[1] <= b[1] and a > b (Pine ta.crossover). */
@unmanaged
export class Crossover extends Meeting {
  next(a: f64, b: f64): f64 {
    return this.rises(a, b)
  }

  run(count: i32, destination: usize, as: usize, bs: usize): void {
    this.risesBlock(count, destination, as, bs)
  }
}

/** True on the candle where a falls below b: a[1] >= b[1] and a < b (Pine ta.crossunder), which is b rising above a. */
@unmanaged
export class Crossunder extends Meeting {
  next(a: f64, b: f64): f64 {
    return this.rises(b, a)
  }

  run(count: i32, destination: usize, as: usize, bs: usize): void {
    this.risesBlock(count, destination, bs, as)
  }
}

/** True on the candle where a passes b in either direction (Pine ta.cross). */
@unmanaged
export class Cross extends Meeting {
  next(a: f64, b: f64): f64 {
    const beforeA = this.previousA
    const beforeB = this.previousB
    return this.rises(a, b) + crosses(beforeB, beforeA, b, a)
  }
}

// @ts-ignore: decorator
@inline
function crossesPair(previousAs: v128, previousBs: v128, as: v128, bs: v128): v128 {
  const crossed = v128.and(f64x2.le(previousAs, previousBs), f64x2.gt(as, bs))
  const isUnknown = v128.or(v128.or(f64x2.ne(previousAs, previousAs), f64x2.ne(previousBs, previousBs)),
    v128.or(f64x2.ne(as, as), f64x2.ne(bs, bs)))
  return v128.bitselect(f64x2.splat(NaN), v128.and(crossed, f64x2.splat(1)), isUnknown)
}

// @ts-ignore: decorator
@inline
function crosses(previousA: f64, previousB: f64, a: f64, b: f64): f64 {
  const crossed = i32(previousA <= previousB) & i32(a > b)
  const isKnown = i32(previousA == previousA) & i32(previousB == previousB) & i32(a == a) & i32(b == b)
  return select<f64>(<f64>crossed, NaN, isKnown)
}
