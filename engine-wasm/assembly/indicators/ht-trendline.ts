import { HilbertTransform } from "./hilbert-transform"
import { known } from "./known"
import { unitOf } from "./ticks"

const READY_AFTER: i32 = 63
const WARM_UP: i32 = 37
const LONGEST_CYCLE: i32 = 50

/**
 * Instantaneous trend line: the average price of one dominant cycle, smoothed (Ehlers, Rocket Science for Traders,
 * ch. 10; TA-Lib HT_TRENDLINE).
 */
@unmanaged
export class HtTrendline {
  trend1: f64
  trend2: f64
  trend3: f64
  divisor: f64
  at: i32
  seen: i32

  static bytes(): i32 {
    return <i32>offsetof<HtTrendline>() + HilbertTransform.bytes() + (LONGEST_CYCLE << 3)
  }

  @inline
  get hilbert(): HilbertTransform {
    return changetype<HilbertTransform>(changetype<usize>(this) + offsetof<HtTrendline>())
  }

  @inline
  private price(at: i32): usize {
    return changetype<usize>(this) + offsetof<HtTrendline>() + <usize>HilbertTransform.bytes() + ((<usize>at) << 3)
  }

  start(scale: f64 = 0): void {
    this.divisor = unitOf(scale)
    this.seen = WARM_UP
    this.hilbert.start(WARM_UP)
  }

  next(price: f64): f64 {
    if (!known(price)) return NaN
    store<f64>(this.price(this.at), price)
    const trend = this.hilbert.next(price) ? this.follow() : NaN
    this.at = this.at + 1 == LONGEST_CYCLE ? 0 : this.at + 1
    return trend
  }

  private follow(): f64 {
    const average = this.cycleAverage()
    const trend = (4 * average + 3 * this.trend1 + 2 * this.trend2 + this.trend3) / 10
    this.trend3 = this.trend2
    this.trend2 = this.trend1
    this.trend1 = average
    if (this.seen == READY_AFTER) return trend / this.divisor
    this.seen++
    return NaN
  }

  private cycleAverage(): f64 {
    const cycle = <i32>(this.hilbert.smoothPeriod + 0.5)
    let sum: f64 = 0
    for (let i = 0, at = this.at; i < cycle; i++, at = at == 0 ? LONGEST_CYCLE - 1 : at - 1) sum += load<f64>(this.price(at))
    return cycle > 0 ? sum / <f64>cycle : sum
  }
}
