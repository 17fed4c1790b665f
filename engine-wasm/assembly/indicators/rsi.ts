import { get, set } from "../operators/column"
import { GainLoss, rise } from "./gain-loss"
import { known } from "./known"

/**
 * Relative strength index, 0 to 100: average rise over average rise and fall; 0 in a market that stands still
 * (Wilder; TA-Lib RSI).
 */
@unmanaged
export class Rsi {
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
    return this.changes.next(value) ? strength(this.changes.gain.value, this.changes.loss.value) : NaN
  }

  /** `next` over a block, with the state in locals once there is an answer. */
  run(count: i32, destination: usize, source: usize): void {
    const changes = this.changes
    let i = 0
    for (; i < count && !changes.isReady; i++) set(destination, i, this.next(get(source, i)))
    const weight = changes.gain.weight
    let gain = changes.gain.value
    let loss = changes.loss.value
    let previous = changes.previous
    for (; i < count; i++) {
      const value = get(source, i)
      let result: f64 = NaN
      if (known(value)) {
        const change = value - previous
        previous = value
        gain += weight * (rise(change) - gain)
        loss += weight * (rise(-change) - loss)
        result = strength(gain, loss)
      }
      set(destination, i, result)
    }
    changes.gain.value = gain
    changes.loss.value = loss
    changes.previous = previous
  }
}

function strength(gain: f64, loss: f64): f64 {
  const both = gain + loss
  return both == 0 ? 0 : (100 * gain) / both
}
