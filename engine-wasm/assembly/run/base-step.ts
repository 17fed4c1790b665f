// One base candle of one market alone: what waits at its open, what happens inside it, what it leaves behind.
import { Account } from "../account/account"
import { equityNow } from "../account/books"
import { IntentKind } from "../account/intent"
import { MarketBook } from "../account/market-book"
import { get } from "../column"
import { showLast } from "../decide/last-candle"
import { candleFrom } from "../fill/base-candle"
import { enterAtOpen, exitAtOpen, finishCandle, insideCandle } from "../fill/conservative"
import { payFunding } from "../fill/funding"
import { MarketRun } from "../rules/market-run"

export { showLast } from "../decide/last-candle"

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
