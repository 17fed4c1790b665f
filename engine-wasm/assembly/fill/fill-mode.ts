// The run's fill mode: each mode answers the same questions about a market in its own way.
import { Clock } from "../rules/clock"
import { MarketRun } from "../rules/market-run"
import { Account } from "../account/account"
import * as backtestingPy from "./backtesting-py"
import { candleFrom } from "./base-candle"
import * as conservative from "./conservative"
import * as freqtrade from "./freqtrade"
import { payFunding } from "./funding"
import { MarketBook } from "../account/market-book"
import { isLive, isMode, isPeer } from "../account/run-mode"
import { FillModeCode } from "../account/setting"

/** Fills exits at the open of a candle. */
export function exitAtOpen(account: Account, book: MarketBook, open: f64, timeMs: f64): void {
  if (isMode(FillModeCode.freqtrade)) freqtrade.exitAtOpen(account, book, open, timeMs)
  else if (isMode(FillModeCode.backtestingPy)) backtestingPy.exitAtOpen(account, book, open, timeMs)
  else if (!isLive()) conservative.exitAtOpen(account, book, open, timeMs)
}

/** Fills entries at the open of a candle. */
export function enterAtOpen(account: Account, book: MarketBook, run: MarketRun, open: f64, timeMs: f64, equity: f64): void {
  if (isMode(FillModeCode.freqtrade)) freqtrade.enterAtOpen(account, book, open, timeMs, equity)
  else if (isMode(FillModeCode.backtestingPy)) backtestingPy.enterAtOpen(account, book, run, open, timeMs, equity)
  else if (!isLive()) conservative.enterAtOpen(account, book, run, open, timeMs, equity)
}

/** Whether anything may be bought inside a candle that has opened. */
export function mayBuyInside(book: MarketBook): bool {
  return isPeer() ? freqtrade.mayBuyInside(book) : !isLive() && conservative.mayBuyInside(book)
}

/** Whether candle i has reached anything that may be bought inside it. */
export function buysInside(book: MarketBook, clock: Clock, i: i32): bool {
  return isPeer() || conservative.buysInside(book, candleFrom(clock, i))
}

/** The most that fills inside the newly opened candle may cost. */
export function mostSpentInside(account: Account, book: MarketBook, run: MarketRun, open: f64): f64 {
  if (isMode(FillModeCode.freqtrade)) return freqtrade.mostSpentInside(account, book)
  if (isMode(FillModeCode.backtestingPy)) return backtestingPy.mostSpentInside(book, run)
  return conservative.mostSpentInside(account, book, run, open)
}

/** Fills inside candle i, which has ended. */
export function insideCandle(account: Account, book: MarketBook, run: MarketRun, clock: Clock, i: i32): void {
  if (isLive()) return
  const candle = candleFrom(clock, i)
  if (isMode(FillModeCode.freqtrade)) return freqtrade.insideCandle(account, book, candle)
  if (isMode(FillModeCode.backtestingPy)) return backtestingPy.insideCandle(account, book, run, candle)
  conservative.insideCandle(account, book, run, candle, book.equityAtOpen)
  payFunding(account, book, run, i)
}

/** The candle's close is known: updates the book. */
export function finishCandle(book: MarketBook, clock: Clock, i: i32): void {
  const candle = candleFrom(clock, i)
  if (!isPeer()) return conservative.finishCandle(book, candle)
  book.enteredInside = 0
  book.lastOpen = candle.open
  book.lastClose = candle.close
  book.lastTimeMs = candle.timeMs
}

/** The data has ended: closes the rest; other programs do so at the open of the last candle. */
export function closeAtEnd(account: Account, book: MarketBook): void {
  conservative.closeAtEnd(account, book, isPeer() ? book.lastOpen : book.lastClose)
}
