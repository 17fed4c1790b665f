// Funding of perpetual futures: by its column, longs pay shorts, or shorts pay longs, at each candle.
import { get } from "../column"
import { MarketRun } from "../rules/market-run"
import { CandleColumn } from "../rules/program-word"
import { Account } from "../account/account"
import { liquidate } from "../account/apply-fill"
import { MarketBook } from "../account/market-book"
import { marketSetting } from "../account/market-rules"
import { MarketSetting } from "../account/setting"

/**
 * An open short receives value x rate of base candle i; a negative rate costs it, and liquidates it when its margin
 * is used up. An empty cell means no payment.
 */
// @ts-ignore: decorator
@inline
export function payFunding(account: Account, book: MarketBook, run: MarketRun, i: i32): void {
  if (book.side >= 0) return
  const column = marketSetting(book.number, MarketSetting.fundingColumn)
  if (column < 0) return
  const rate = get(run.base().column(CandleColumn.extras + <i32>column), i)
  if (rate != rate) return
  const close = get(run.base().column(CandleColumn.close), i)
  const payment = book.quantity * close * rate
  account.cash += payment
  // Of the margin, as exchanges keep it: what a short receives pays for nothing else while it is open.
  account.margin += payment
  book.funding += payment
  liquidate(account, book, close, get(run.base().column(CandleColumn.time), i))
}
