import { get } from "../column"
import { Clock } from "../rules/clock"
import { CandleColumn } from "../rules/program-word"

const CANDLE_BYTES = memory.data(40)

/** A candle as the broker sees it. */
@unmanaged
export class BaseCandle {
  open: f64
  high: f64
  low: f64
  close: f64
  timeMs: f64

  /** The price that goes against this side the most. */
  @inline worst(side: i32): f64 {
    return side > 0 ? this.low : this.high
  }

  @inline best(side: i32): f64 {
    return side > 0 ? this.high : this.low
  }
}

/** Candle i of a clock in this block. The next call reuses the same bytes. */
export function candleFrom(clock: Clock, i: i32): BaseCandle {
  const candle = changetype<BaseCandle>(CANDLE_BYTES)
  candle.open = get(clock.column(CandleColumn.open), i)
  candle.high = get(clock.column(CandleColumn.high), i)
  candle.low = get(clock.column(CandleColumn.low), i)
  candle.close = get(clock.column(CandleColumn.close), i)
  candle.timeMs = get(clock.column(CandleColumn.time), i)
  return candle
}

/** Whether `price` is as bad as `level` or worse for this side (NaN: never). */
// @ts-ignore: decorator
@inline
export function reachesDown(side: i32, price: f64, level: f64): bool {
  return side > 0 ? price <= level : price >= level
}

/** Whether `price` is as good as `level` or better for this side (NaN: never). */
// @ts-ignore: decorator
@inline
export function reachesUp(side: i32, price: f64, level: f64): bool {
  return side > 0 ? price >= level : price <= level
}
