import { unitOf } from "./ticks"

/** One price for a candle: prices added up and divided once, so that equal prices compare equal. */
@unmanaged
export class MeanPrice {
  unit: f64

  static bytes(): i32 {
    return <i32>offsetof<MeanPrice>()
  }

  start(scale: f64 = 0): void {
    this.unit = unitOf(scale)
  }
}

/** (open + high + low + close) / 4 (TA-Lib AVGPRICE). */
@unmanaged
export class AvgPrice extends MeanPrice {
  next(open: f64, high: f64, low: f64, close: f64): f64 {
    return (open + high + low + close) / (4 * this.unit)
  }
}

/** (high + low) / 2 (TA-Lib MEDPRICE). */
@unmanaged
export class MedPrice extends MeanPrice {
  next(high: f64, low: f64): f64 {
    return (high + low) / (2 * this.unit)
  }
}

/** (high + low + close) / 3 (TA-Lib TYPPRICE). */
@unmanaged
export class TypPrice extends MeanPrice {
  next(high: f64, low: f64, close: f64): f64 {
    return (high + low + close) / (3 * this.unit)
  }
}

/** (high + low + 2 x close) / 4 (TA-Lib WCLPRICE). */
@unmanaged
export class WclPrice extends MeanPrice {
  next(high: f64, low: f64, close: f64): f64 {
    return (high + low + 2 * close) / (4 * this.unit)
  }
}
