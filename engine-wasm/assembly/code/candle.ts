import { columnNumber } from "./names"

/** A finished candle. The same object is refilled for every candle: keep its numbers, or a `copy()`, not the object. */
export class Candle {
  /** Milliseconds since 1970, UTC. */
  openTimeMs: f64 = NaN
  closeTimeMs: f64 = NaN
  open: f64 = NaN
  high: f64 = NaN
  low: f64 = NaN
  close: f64 = NaN
  /** Base units traded. */
  volume: f64 = NaN
  /** Values of the candle file's further columns, in its order; read them by name with `extra`. */
  extras: f64[] = []

  /** A further column of the candle file by its name. Throws when the file has none of this name. */
  extra(name: string): f64 {
    return this.extras[columnNumber(name)]
  }

  /** A candle of its own with the same numbers, to keep for later. */
  copy(): Candle {
    const candle = new Candle()
    candle.openTimeMs = this.openTimeMs
    candle.closeTimeMs = this.closeTimeMs
    candle.open = this.open
    candle.high = this.high
    candle.low = this.low
    candle.close = this.close
    candle.volume = this.volume
    candle.extras = this.extras.slice()
    return candle
  }
}
