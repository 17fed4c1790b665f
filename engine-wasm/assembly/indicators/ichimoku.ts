import { Lag } from "./lag"
import { halfway } from "./median"
import { Midprice } from "./midprice"

/**
 * Ichimoku: conversion and base line, and the cloud that lies under this candle, which was drawn `base` - 1 candles
 * ahead of the one
 * it was computed at (Hosoda; TradingView's Ichimoku Cloud, offset included). Lines are halfway between highest high
 * and lowest low.
 */
@unmanaged
export class Ichimoku {
  base: f64
  spanA: f64
  spanB: f64
  scale: f64
  conversionLength: i32
  baseLength: i32
  spanLength: i32
  spare: i32

  static bytes(conversion: i32, base: i32, span: i32): i32 {
    return <i32>offsetof<Ichimoku>() + Midprice.bytes(conversion) + Midprice.bytes(base) + Midprice.bytes(span) + 2 * Lag.bytes(base - 1)
  }

  @inline
  private get conversionLine(): Midprice {
    return changetype<Midprice>(changetype<usize>(this) + offsetof<Ichimoku>())
  }

  @inline
  private get baseLine(): Midprice {
    return changetype<Midprice>(changetype<usize>(this.conversionLine) + <usize>Midprice.bytes(this.conversionLength))
  }

  @inline
  private get spanLine(): Midprice {
    return changetype<Midprice>(changetype<usize>(this.baseLine) + <usize>Midprice.bytes(this.baseLength))
  }

  @inline
  private get spanABefore(): Lag {
    return changetype<Lag>(changetype<usize>(this.spanLine) + <usize>Midprice.bytes(this.spanLength))
  }

  @inline
  private get spanBBefore(): Lag {
    return changetype<Lag>(changetype<usize>(this.spanABefore) + <usize>Lag.bytes(this.baseLength - 1))
  }

  start(conversion: i32 = 9, base: i32 = 26, span: i32 = 52, scale: f64 = 0): void {
    assert(base > 1, "the cloud is drawn at least one candle ahead")
    this.scale = scale
    this.conversionLength = conversion
    this.baseLength = base
    this.spanLength = span
    this.conversionLine.start(conversion, scale)
    this.baseLine.start(base, scale)
    this.spanLine.start(span, scale)
    this.spanABefore.start(base - 1)
    this.spanBBefore.start(base - 1)
  }

  /** The conversion line; `base`, `spanA` and `spanB` stand beside it. */
  next(high: f64, low: f64): f64 {
    const conversion = this.conversionLine.next(high, low)
    this.base = this.baseLine.next(high, low)
    // The lines are whole numbers of half ticks, so halfway between them is one of quarter ticks.
    this.spanA = this.spanABefore.next(halfway(conversion, this.base, 2 * this.scale))
    this.spanB = this.spanBBefore.next(this.spanLine.next(high, low))
    return conversion
  }
}
