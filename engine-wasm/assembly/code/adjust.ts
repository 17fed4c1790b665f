// A position brought to another size at an open: the difference is bought or sold like any market order.
import { Account, setting } from "../broker/account"
import { BaseCandle } from "../broker/base-candle"
import { applyEntry, applyExit, fillOf, reject } from "../broker/fills"
import { MarketBook, slipped, Waiting } from "../broker/market-book"
import { ExitReasonCode } from "../broker/record"
import { Setting } from "../broker/setting"
import { affordable, refusedBecause, tradable } from "../risk/sizing"
import { waitingTermsOf } from "./strategies"

/** Fills a waiting adjustment. `equity`: the account's at the last closes, quote currency. */
export function adjustAtOpen(account: Account, book: MarketBook, candle: BaseCandle, equity: f64): void {
  book.entryWaits = Waiting.none
  account.waitingEntries -= 1
  const percent = waitingTermsOf(book.number).equityPercent
  const equityAtOpen = equity + <f64>book.side * book.quantity * (candle.open - book.lastClose)
  const wanted = (<f64>book.side * percent * equityAtOpen) / 100
  const missing = wanted - book.quantity * candle.open
  if (missing > 0) buyMore(account, book, candle, missing)
  else sellSome(account, book, candle, -missing, wanted <= 0)
}

function buyMore(account: Account, book: MarketBook, candle: BaseCandle, amount: f64): void {
  const price = slipped(candle.open, book.side > 0)
  const payable = price * (1 + setting(Setting.feeRate))
  const quantity = tradable(book, min(amount / payable, affordable(account, book.side, price)), price)
  if (quantity == 0) return reject(book, candle.timeMs, refusedBecause)
  applyEntry(account, book, fillOf(quantity, price, candle.open, candle.timeMs))
}

function sellSome(account: Account, book: MarketBook, candle: BaseCandle, amount: f64, all: bool): void {
  const price = slipped(candle.open, book.side < 0)
  const part = all ? book.quantity : tradable(book, min(amount / candle.open, book.quantity), price)
  if (part == 0) return reject(book, candle.timeMs, refusedBecause)
  applyExit(account, book, fillOf(part, price, candle.open, candle.timeMs), ExitReasonCode.signal)
}
