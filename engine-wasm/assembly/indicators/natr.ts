import { Atr } from "./atr"

/** Average true range in percent of the close, so that markets can be compared (Forman; TA-Lib NATR). */
@unmanaged
export class Natr {
  static bytes(): i32 {
    return Atr.bytes()
  }

  @inline
  private get atr(): Atr {
    return changetype<Atr>(changetype<usize>(this))
  }

  start(length: i32): void {
    this.atr.start(length)
  }

  next(high: f64, low: f64, close: f64): f64 {
    const range = this.atr.next(high, low, close)
    return close == 0 ? 0 : (range / close) * 100
  }
}
