// What a market has seen last: decisions and the end of the data refer to it.
import { MarketBook } from "../account/market-book"
import { get } from "../column"
import { Clock } from "../rules/clock"
import { CandleColumn } from "../rules/program-word"

/** Candle i of the clock is the last that the market has seen. */
// @ts-ignore: decorator
@inline
export function showLast(book: MarketBook, clock: Clock, i: i32): void {
  if (i < 0) return
  book.lastClose = get(clock.column(CandleColumn.close), i)
  book.lastTimeMs = get(clock.column(CandleColumn.time), i)
}
