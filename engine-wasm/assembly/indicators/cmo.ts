import { GainLoss } from "./gain-loss"

/**
 * Chande momentum oscillator, -100 to 100, with Wilder's averages as in TA-Lib CMO; 0 in a market that stands still.
 */
@unmanaged
export class Cmo {
  static bytes(): i32 {
    return GainLoss.bytes()
  }

  @inline
  private get changes(): GainLoss {
    return changetype<GainLoss>(changetype<usize>(this))
  }

  start(length: i32): void {
    this.changes.start(length)
  }

  next(value: f64): f64 {
    if (!this.changes.next(value)) return NaN
    const gain = this.changes.gain.value
    const loss = this.changes.loss.value
    return gain + loss == 0 ? 0 : (100 * (gain - loss)) / (gain + loss)
  }
}
