import { Ema } from "./ema"

/** Wilder's average: an EMA of weight 1 / length (Wilder, New Concepts in Technical Trading Systems; Pine ta.rma). */
@unmanaged
export class Rma {
  static bytes(): i32 {
    return Ema.bytes()
  }

  @inline
  private get ema(): Ema {
    return changetype<Ema>(changetype<usize>(this))
  }

  start(length: i32): void {
    this.ema.start(length, 1.0 / <f64>length)
  }

  next(value: f64): f64 {
    return this.ema.next(value)
  }

  run(count: i32, destination: usize, source: usize): void {
    this.ema.run(count, destination, source)
  }
}
