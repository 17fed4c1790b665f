import { AveragePair } from "./average-pair"
import { MaKind } from "./ma"

/**
 * Awesome oscillator: fast SMA less slow SMA of the middle of each candle (Williams, Trading Chaos; Pine ta.sma(hl2,
 * 5) - ta.sma(hl2, 34)).
 */
@unmanaged
export class Ao {
  static bytes(fast: i32, slow: i32): i32 {
    return AveragePair.bytes(fast, slow, MaKind.sma)
  }

  @inline
  private get averages(): AveragePair {
    return changetype<AveragePair>(changetype<usize>(this))
  }

  start(fast: i32, slow: i32): void {
    this.averages.start(fast, slow, MaKind.sma)
  }

  next(high: f64, low: f64): f64 {
    this.averages.next((high + low) / 2)
    return this.averages.fast - this.averages.slow
  }
}
