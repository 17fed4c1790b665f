// How an entry that waits ends without a fill.
import { Account } from "./account"
import { askCancelEntry } from "./asked"
import { IntentKind } from "./intent"
import { MarketBook } from "./market-book"
import { RejectedReasonCode } from "./record"
import { reject } from "./recorded"
import { isLive } from "./run-mode"

/** The entry waits no longer: it fills now, or it never will. */
// @ts-ignore: decorator
@inline
export function withdrawEntry(account: Account, book: MarketBook): void {
  if (book.entry.kind == IntentKind.none) return
  book.entry.kind = IntentKind.none
  account.waitingEntries -= 1
}

/** A limit entry has waited long enough. */
export function giveUpEntry(account: Account, book: MarketBook, timeMs: f64): void {
  withdrawEntry(account, book)
  reject(book, timeMs, RejectedReasonCode.limitExpired)
}

/** One candle less for a limit entry to wait. */
export function ageEntry(account: Account, book: MarketBook, timeMs: f64): void {
  book.entry.expiresIn -= 1
  if (book.entry.expiresIn > 0) return
  if (isLive()) askCancelEntry(account, book, timeMs)
  else giveUpEntry(account, book, timeMs)
}
