import { MarketBook } from "../account/market-book"
import { profitPercent } from "../account/book-value"

/** The position on the strategy's market, as of the candle that just closed. */
export class Position {
  /** 1 long, -1 short, 0 none. */
  side: i32 = 0
  /** Base units. */
  quantity: f64 = 0
  /** Average price paid; NaN without a position. */
  entryPrice: f64 = NaN
  /** Gain of the price since entry in the position's favour, in percent, before fees; NaN without a position. */
  profitPercent: f64 = NaN
  /** Strategy candles closed since the entry; NaN without a position. */
  candles: f64 = NaN
  /** The stop in force; NaN: none. */
  stop: f64 = NaN

  get isOpen(): bool {
    return this.side != 0
  }

  get isLong(): bool {
    return this.side > 0
  }

  get isShort(): bool {
    return this.side < 0
  }

  /** Reads the book's present state. */
  @inline
  show(book: MarketBook): void {
    const side = book.side
    this.side = side
    this.quantity = side == 0 ? 0 : book.quantity
    this.entryPrice = side == 0 ? NaN : book.entryPrice
    this.profitPercent = side == 0 ? NaN : profitPercent(book)
    this.candles = side == 0 ? NaN : book.candlesHeld
    this.stop = side == 0 ? NaN : book.stop
  }
}
