import { HighestBars } from "./highest-bars"

/**
 * How many candles ago the lowest of the last `length` values was; the latest of equals (TA-Lib MININDEX, Pine
 * ta.lowestbars without its sign).
 */
@unmanaged
export class LowestBars {
  static bytes(length: i32): i32 {
    return HighestBars.bytes(length)
  }

  @inline
  private get ofNegatives(): HighestBars {
    return changetype<HighestBars>(changetype<usize>(this))
  }

  start(length: i32): void {
    this.ofNegatives.start(length)
  }

  next(value: f64): f64 {
    return this.ofNegatives.next(-value)
  }
}
