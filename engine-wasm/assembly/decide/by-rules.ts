// At the close of a strategy candle: does the position end, does one begin? As the document's rules have it.
import { mark } from "../mark"
import { Mark } from "../path-mark"
import { Account, setting } from "../account/account"
import { IntentKind } from "../account/intent"
import { MarketBook } from "../account/market-book"
import { ExitReasonCode, RejectedReasonCode } from "../account/record"
import { reject } from "../account/recorded"
import { Setting } from "../account/setting"
import { ageEntry } from "../account/withdraw"
import { MarketRun } from "../rules/market-run"
import { intendEntry, intendExit } from "./intents"
import { isEntryMet, isExitMet, isExitMetOf } from "./signals"

/** What the rules decide. */
export function decideByRules(account: Account, book: MarketBook, run: MarketRun, i: i32, closesAtMs: f64): void {
  if (book.side != 0) decideExit(book, run, i)
  if (book.entry.kind != IntentKind.none && book.entry.isLimit != 0) {
    mark(Mark.decideAgeing)
    ageEntry(account, book, closesAtMs)
  }
  if (book.side != 0 && book.exit.kind == IntentKind.none) return
  decideEntry(account, book, run, i, closesAtMs)
}

/** One candle more is held; an exit condition or the time stop ends it. */
export function decideExit(book: MarketBook, run: MarketRun, i: i32): void {
  book.candlesHeld += 1
  if (book.exit.kind != IntentKind.none) return
  if (isExitMet(book, run, i)) {
    mark(Mark.decideExit)
    intendExit(book, ExitReasonCode.signal)
  } else if (isHeldOut(book)) {
    mark(Mark.decideTimeStop)
    intendExit(book, ExitReasonCode.timeStop)
  }
}

/** Whether the time stop's candles have passed. */
// @ts-ignore: decorator
@inline
export function isHeldOut(book: MarketBook): bool {
  const most = setting(Setting.timeStopCandles)
  return most > 0 && book.candlesHeld >= most
}

function decideEntry(account: Account, book: MarketBook, run: MarketRun, i: i32, closesAtMs: f64): void {
  if (book.entry.kind != IntentKind.none) return
  const long = wants(book, run, 1, i)
  const short = wants(book, run, -1, i)
  if (!long && !short) return
  if (long && short) {
    mark(Mark.decideConflict)
    return reject(book, closesAtMs, RejectedReasonCode.conflictingSignals)
  }
  // A position about to end may be followed by its opposite at the same open, never by itself.
  if (book.side != (long ? 1 : -1)) intendEntry(account, book, run, i, long ? 1 : -1, closesAtMs)
}

/** An entry counts only where the same side's exit is not met on the same candle. */
function wants(book: MarketBook, run: MarketRun, side: i32, i: i32): bool {
  return isEntryMet(run, side, i) && !isExitMetOf(book, run, side, i)
}
