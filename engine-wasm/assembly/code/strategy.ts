import { Candle } from "./candle"
import { HigherTimeframe } from "./higher-timeframe"
import { keepLine } from "./journal"
import { paramValue } from "./names"
import { Order, UnsoundCall } from "./order"
import { Position } from "./position"
import { keepShown } from "./shown"

/**
 * A strategy in code: extend it, keep indicators as fields, and decide in `onCandle`. One object for each market.
 * Orders fill on the candles after the one that placed them.
 */
export abstract class Strategy {
  /** The position on this market. */
  readonly position: Position = new Position()
  /** Number of this strategy's market in the run, from 0. */
  market: i32 = 0
  /** Cash and positions of the whole account at this candle's close, in quote currency. */
  equity: f64 = NaN
  /** The orders of this candle; read by the broker. */
  readonly longOrder: Order = new Order()
  readonly shortOrder: Order = new Order()
  wantsClose: bool = false
  /** Percent of equity to bring the position to; NaN: unchanged. */
  wantedPercent: f64 = NaN
  wantsPercent: bool = false
  /** Longer timeframes it listens to. */
  readonly higher: HigherTimeframe[] = []
  higherCount: i32 = 0

  /** Called when a candle of the strategy's timeframe has closed. */
  abstract onCandle(candle: Candle): void

  /**
   * Called when a candle of a longer timeframe has closed that `listenTo` subscribed to; before the `onCandle` of the
   * same moment.
   */
  onHigher(timeframe: string, candle: Candle): void {}

  /**
   * The value of one of the document's params (true is 1, false is 0). With numbers behind the name it declares the
   * param: `this.param("length", 14, 2, 50)` is a slider of 14 between 2 and 50. Throws when the document has none of
   * this name and no number is given.
   */
  param(name: string, value: f64 = NaN, min: f64 = NaN, max: f64 = NaN, step: f64 = NaN): f64 {
    return paramValue(name, value)
  }

  /** Subscribes to candles of a longer timeframe, such as "4h" or "1d". Call it in the constructor. */
  listenTo(timeframe: string): void {
    this.higherCount = this.higher.push(new HigherTimeframe(timeframe))
  }

  /** Buys at the next open (or by the document's kind of order). Ignored while a position is open. */
  buy(): Order {
    return this.longOrder.begin(true)
  }

  /** Sells short at the next open. Ignored while a position is open. */
  sellShort(): Order {
    return this.shortOrder.begin(true)
  }

  /** Closes the position at the next open. */
  close(): void {
    this.wantsClose = true
  }

  /**
   * Brings the position to this percent of equity at the next open, by buying or selling the difference. 0 closes it.
   */
  targetPercent(ofEquity: f64): void {
    this.wantsPercent = true
    this.wantedPercent = ofEquity
  }

  /** Writes a line into the run's journal, which keeps the first 500. */
  log(line: string): void {
    keepLine(line)
  }

  /**
   * Shows a number in the chart, as a line of this name in a pane below the prices; "bands.upper" and "bands.lower"
   * share one. The first 16 names are kept.
   */
  show(name: string, value: f64): void {
    keepShown(name, value, false)
  }

  /** Shows a price in the chart, as a line of this name among the candles. */
  showPrice(name: string, price: f64): void {
    keepShown(name, price, true)
  }

  /** The order of this candle whose numbers are not all numbers; null: none. */
  private unsoundOrder(): Order | null {
    if (this.longOrder.wanted && this.longOrder.unsoundCall != UnsoundCall.none) return this.longOrder
    return this.shortOrder.wanted && this.shortOrder.unsoundCall != UnsoundCall.none ? this.shortOrder : null
  }

  /** Which call of this candle was given a number that is none. */
  unsoundCall(): UnsoundCall {
    if (this.wantsPercent && !isFinite(this.wantedPercent)) return UnsoundCall.targetPercent
    const order = this.unsoundOrder()
    return order == null ? UnsoundCall.none : order.unsoundCall
  }

  /** The number it was given. */
  unsoundValue(): f64 {
    if (this.unsoundCall() == UnsoundCall.targetPercent) return this.wantedPercent
    const order = this.unsoundOrder()
    return order == null ? NaN : order.unsoundValue
  }

  /** Whether this candle asked for anything. */
  @inline
  get wantsSomething(): bool {
    return this.longOrder.wanted || this.shortOrder.wanted || this.wantsClose || this.wantsPercent
  }

  /** Forgets what the last candle asked for. */
  @inline
  forgetWants(): void {
    this.longOrder.wanted = false
    this.shortOrder.wanted = false
    this.wantsClose = false
    this.wantsPercent = false
  }
}
