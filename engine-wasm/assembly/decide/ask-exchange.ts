// Live: what the decisions of a closed candle ask of the exchange, sized by its close. The same terms as in a backtest
// (terms.ts), which asks for them at the fill.
import { set } from "../column"
import { Account, freeCash } from "../account/account"
import { Asked, askedOf, newIntent } from "../account/asked"
import { equityNow, setAsideNow } from "../account/books"
import { IntentKind } from "../account/intent"
import { MarketBook } from "../account/market-book"
import { toStep } from "../account/market-rules"
import { ExitReasonCode, IntentAction, IntentField } from "../account/record"
import { reject } from "../account/recorded"
import { withdrawEntry } from "../account/withdraw"
import { MarketRun } from "../rules/market-run"
import { affordable, costOf, tradable } from "./sizing"
import { Terms, targetPriceAt, termsAt } from "./terms"

/** Asks for what was decided and not asked for yet. A position that is there ends before its opposite is asked for. */
export function askDecided(account: Account, book: MarketBook, run: MarketRun, timeMs: f64): void {
  const asked = askedOf(book)
  if (book.side != 0 && book.exit.kind != IntentKind.none && asked.exitId == 0) askExit(account, book, asked, timeMs)
  if (book.entry.kind == IntentKind.none || asked.entryId != 0) return
  if (book.entry.kind == IntentKind.resize && book.side != 0) askResize(account, book, asked, timeMs)
  else if (book.side == 0) askEntry(account, book, run, asked, timeMs)
}

function askExit(account: Account, book: MarketBook, asked: Asked, timeMs: f64): void {
  const row = newIntent(account, book, IntentAction.exit, -book.side, timeMs)
  set(row, IntentField.quantity, toStep(book, book.quantity))
  set(row, IntentField.reason, book.exit.reason)
  asked.exitId = account.intentCount
}

function askEntry(account: Account, book: MarketBook, run: MarketRun, asked: Asked, timeMs: f64): void {
  const entry = book.entry
  const price = entry.isLimit != 0 ? entry.limitPrice : book.lastClose
  account.withheld = setAsideNow(account)
  const terms = termsAt(account, book, run, price, equityNow(account))
  account.withheld = 0
  if (terms.isRefused) {
    withdrawEntry(account, book)
    return reject(book, timeMs, terms.refusal)
  }
  setAside(account, book, costOf(entry.side, terms.quantity, price))
  asked.entryStop = terms.stop
  writeEntry(newIntent(account, book, IntentAction.enter, entry.side, timeMs), book, run, terms, price)
  asked.entryId = account.intentCount
}

function writeEntry(row: usize, book: MarketBook, run: MarketRun, terms: Terms, price: f64): void {
  const entry = book.entry
  set(row, IntentField.quantity, terms.quantity)
  set(row, IntentField.stop, terms.stop)
  set(row, IntentField.tag, entry.tag)
  if (entry.isLimit != 0) set(row, IntentField.limitPrice, price)
  if (entry.targetCount > 0) set(row, IntentField.target, targetPriceAt(book, run, 0, entry.side, price))
}

/** Cash that nobody else may use while the entry waits. */
function setAside(account: Account, book: MarketBook, cost: f64): void {
  book.setAside = cost
  account.setAsideCount += 1
}

/** Brings the position to its share of equity at the last close: buys or sells the difference. */
function askResize(account: Account, book: MarketBook, asked: Asked, timeMs: f64): void {
  const close = book.lastClose
  const wanted = (<f64>book.side * book.entry.sizeAmount * equityNow(account)) / 100
  const missing = wanted - book.quantity * close
  const isMore = missing > 0
  const most = isMore ? affordable(freeCash(account), book.side, close) : book.quantity
  const amount = wanted <= 0 ? tradable(book, book.quantity, close) : tradable(book, min(abs(missing) / close, most), close)
  if (amount.isRefused) {
    withdrawEntry(account, book)
    return reject(book, timeMs, amount.refusal)
  }
  const row = newIntent(account, book, isMore ? IntentAction.add : IntentAction.exit, isMore ? book.side : -book.side, timeMs)
  set(row, IntentField.quantity, amount.quantity)
  set(row, IntentField.reason, ExitReasonCode.signal)
  asked.entryId = account.intentCount
}
