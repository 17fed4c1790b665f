import { Crossover } from "./crossover"

/**
 * 1 on the candle where a passes b in either direction (Pine ta.cross), else 0; NaN while one of the four values is
 * not known.
 */
@unmanaged
export class Cross {
  static bytes(): i32 {
    return 2 * Crossover.bytes()
  }

  @inline
  private get over(): Crossover {
    return changetype<Crossover>(changetype<usize>(this))
  }

  @inline
  private get under(): Crossover {
    return changetype<Crossover>(changetype<usize>(this) + offsetof<Crossover>())
  }

  start(): void {
    this.over.start()
    this.under.start()
  }

  next(a: f64, b: f64): f64 {
    return this.over.next(a, b) + this.under.next(b, a)
  }
}
