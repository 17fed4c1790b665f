// A position brought to another size at an open: the difference is bought or sold like any market order.
import { Account, freeCash, setting } from "../account/account"
import { applyEntry, applyExit } from "../account/apply-fill"
import { fillOf } from "../account/fill"
import { MarketBook } from "../account/market-book"
import { ExitReasonCode } from "../account/record"
import { reject } from "../account/recorded"
import { Setting } from "../account/setting"
import { withdrawEntry } from "../account/withdraw"
import { affordable, amountOf, tradable } from "../decide/sizing"
import { slipped } from "./slippage"

/** Fills a waiting change of size. `equity`: the account's at the last closes, quote currency. */
export function resizeAtOpen(account: Account, book: MarketBook, open: f64, timeMs: f64, equity: f64): void {
  withdrawEntry(account, book)
  const equityAtOpen = equity + <f64>book.side * book.quantity * (open - book.lastClose)
  const wanted = (<f64>book.side * book.entry.sizeAmount * equityAtOpen) / 100
  const missing = wanted - book.quantity * open
  if (missing > 0) buyMore(account, book, open, timeMs, missing)
  else sellSome(account, book, open, timeMs, -missing, wanted <= 0)
}

function buyMore(account: Account, book: MarketBook, open: f64, timeMs: f64, value: f64): void {
  const price = slipped(open, book.side > 0)
  const payable = price * (1 + setting(Setting.feeRate))
  const amount = tradable(book, min(value / payable, affordable(freeCash(account), book.side, price)), price)
  if (amount.isRefused) return reject(book, timeMs, amount.refusal)
  applyEntry(account, book, fillOf(amount.quantity, price, open, timeMs))
}

function sellSome(account: Account, book: MarketBook, open: f64, timeMs: f64, value: f64, all: bool): void {
  const price = slipped(open, book.side < 0)
  const amount = all ? amountOf(book.quantity) : tradable(book, min(value / open, book.quantity), price)
  if (amount.isRefused) return reject(book, timeMs, amount.refusal)
  applyExit(account, book, fillOf(amount.quantity, price, open, timeMs), ExitReasonCode.signal)
}
