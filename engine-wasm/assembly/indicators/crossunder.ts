import { Crossover } from "./crossover"

/** 1 on the candle where a falls below b: a[1] >= b[1] and a < b (Pine ta.crossunder), which is b rising above a. */
@unmanaged
export class Crossunder {
  static bytes(): i32 {
    return Crossover.bytes()
  }

  // The struct is the other's own bytes.
  @inline
  private get mirrored(): Crossover {
    return changetype<Crossover>(changetype<usize>(this))
  }

  start(): void {
    this.mirrored.start()
  }

  next(a: f64, b: f64): f64 {
    return this.mirrored.next(b, a)
  }
}
