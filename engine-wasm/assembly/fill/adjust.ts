// A position brought to another size at an open: the difference is bought or sold like any market order.
import { Account, freeCash, setting } from "../account/account"
import { applyEntry, applyExit, fillOf, reject } from "../account/apply-fill"
import { MarketBook, slipped, Waiting } from "../account/market-book"
import { ExitReasonCode } from "../account/record"
import { Setting } from "../account/setting"
import { affordable, refusedBecause, tradable } from "../decide/sizing"
import { waitingPercentOf } from "../decide/own-terms"

/** Fills a waiting adjustment. `equity`: the account's at the last closes, quote currency. */
export function adjustAtOpen(account: Account, book: MarketBook, open: f64, timeMs: f64, equity: f64): void {
  book.entryWaits = Waiting.none
  account.waitingEntries -= 1
  const percent = waitingPercentOf(book)
  const equityAtOpen = equity + <f64>book.side * book.quantity * (open - book.lastClose)
  const wanted = (<f64>book.side * percent * equityAtOpen) / 100
  const missing = wanted - book.quantity * open
  if (missing > 0) buyMore(account, book, open, timeMs, missing)
  else sellSome(account, book, open, timeMs, -missing, wanted <= 0)
}

function buyMore(account: Account, book: MarketBook, open: f64, timeMs: f64, amount: f64): void {
  const price = slipped(open, book.side > 0)
  const payable = price * (1 + setting(Setting.feeRate))
  const quantity = tradable(book, min(amount / payable, affordable(freeCash(account), book.side, price)), price)
  if (quantity == 0) return reject(book, timeMs, refusedBecause)
  applyEntry(account, book, fillOf(quantity, price, open, timeMs))
}

function sellSome(account: Account, book: MarketBook, open: f64, timeMs: f64, amount: f64, all: bool): void {
  const price = slipped(open, book.side < 0)
  const part = all ? book.quantity : tradable(book, min(amount / open, book.quantity), price)
  if (part == 0) return reject(book, timeMs, refusedBecause)
  applyExit(account, book, fillOf(part, price, open, timeMs), ExitReasonCode.signal)
}
