// One base candle of one market alone: what waits at its open, what happens inside it, what it leaves behind.
import { Account } from "../account/account"
import { equityNow } from "../account/books"
import { IntentKind } from "../account/intent"
import { MarketBook } from "../account/market-book"
import { get } from "../column"
import { candleFrom } from "../fill/base-candle"
import { enterAtOpen, exitAtOpen, finishCandle, insideCandle } from "../fill/conservative"
import { payFunding } from "../fill/funding"
import { Clock } from "../rules/clock"
import { MarketRun } from "../rules/market-run"
import { CandleColumn } from "../rules/program-word"

/** Base candle i of the block passes. */
export function step(account: Account, book: MarketBook, run: MarketRun, i: i32): void {
  if (book.isIdle) return showLast(book, run.base(), i)
  const candle = candleFrom(run.base(), i)
  exitAtOpen(account, book, candle.open, candle.timeMs)
  const equity = book.entry.kind == IntentKind.none ? 0 : equityNow(account)
  enterAtOpen(account, book, run, candle.open, candle.timeMs, equity)
  if (!book.isIdle) insideCandle(account, book, run, candle, equity)
  payFunding(account, book, run, i)
  finishCandle(book, candle)
}

/** Candle i of the clock is the last that the market has seen. */
// @ts-ignore: decorator
@inline
export function showLast(book: MarketBook, clock: Clock, i: i32): void {
  if (i < 0) return
  book.lastClose = get(clock.column(CandleColumn.close), i)
  book.lastTimeMs = get(clock.column(CandleColumn.time), i)
}

/** The first base candle from `from` that opens at `timeMs` or later, or `count`. */
export function firstAt(times: usize, from: i32, count: i32, timeMs: f64): i32 {
  let low = from
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (get(times, middle) < timeMs) low = middle + 1
    else high = middle
  }
  return low
}
