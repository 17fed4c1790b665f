// The one way into a position, in every fill mode.
import { Account } from "../account/account"
import { applyEntry } from "../account/apply-fill"
import { fillOf } from "../account/fill"
import { MarketBook } from "../account/market-book"
import { ExitReasonCode } from "../account/record"
import { reject } from "../account/recorded"
import { withdrawEntry } from "../account/withdraw"
import { Terms } from "../decide/terms"

/** The waiting entry fills on these terms, or is refused by them. Says whether there is a position now. */
// @ts-ignore: decorator
@inline
export function enter(account: Account, book: MarketBook, terms: Terms, price: f64, priceBefore: f64, timeMs: f64): bool {
  withdrawEntry(account, book)
  if (terms.isRefused) {
    reject(book, timeMs, terms.refusal)
    return false
  }
  account.openPositions += 1
  startPosition(book, terms, price, timeMs)
  applyEntry(account, book, fillOf(terms.quantity, price, priceBefore, timeMs))
  return true
}

/** The waiting entry becomes a position. */
// @ts-ignore: decorator
@inline
export function startPosition(book: MarketBook, terms: Terms, price: f64, timeMs: f64): void {
  const intent = book.entry
  book.side = intent.side
  book.entryTimeMs = timeMs
  book.entryTag = intent.tag
  book.enteredInside = 0
  book.nextTarget = 0
  book.targetCount = intent.targetCount
  book.stopKind = intent.stopKind
  book.stopInput = terms.stopInput
  book.stop = terms.stop
  book.stopReason = ExitReasonCode.stop
  book.initialRisk = terms.quantity * abs(price - terms.stop)
}
