// At the close of a strategy candle: does the position end, does one begin? Only orders are put down here.
import { Account, setting } from "../account/account"
import { reject } from "../account/apply-fill"
import { MarketBook, Waiting } from "../account/market-book"
import { ExitReasonCode, RejectedReasonCode } from "../account/record"
import { Setting } from "../account/setting"
import { MarketRun } from "../rules/market-run"
import { entryRefusal } from "./limits"
import { expireLimit, placeEntry, wait } from "./orders"
import { isEntryMet, isExitMet, isExitMetOf } from "./signals"

/** What the rules decide. */
export function decideByRules(account: Account, book: MarketBook, run: MarketRun, i: i32, closesAtMs: f64): void {
  if (book.side != 0) decideExit(book, run, i)
  if (book.entryWaits == Waiting.limit) expireLimit(account, book, closesAtMs)
  if (book.side != 0 && book.exitWaits == Waiting.none) return
  decideEntry(account, book, run, i, closesAtMs)
}

export function decideExit(book: MarketBook, run: MarketRun, i: i32): void {
  book.candlesHeld += 1
  if (book.exitWaits != Waiting.none) return
  const held = setting(Setting.timeStopCandles)
  if (isExitMet(book, run, i)) wait(book, ExitReasonCode.signal)
  else if (held > 0 && book.candlesHeld >= held) wait(book, ExitReasonCode.timeStop)
}

function decideEntry(account: Account, book: MarketBook, run: MarketRun, i: i32, closesAtMs: f64): void {
  if (book.entryWaits != Waiting.none) return
  const long = wants(book, run, 1, i)
  const short = wants(book, run, -1, i)
  if (!long && !short) return
  if (long && short) return reject(book, closesAtMs, RejectedReasonCode.conflictingSignals)
  // A position about to end may be followed by its opposite at the same open, never by itself.
  if (book.side == (long ? 1 : -1)) return
  const refusal = entryRefusal(account, book)
  if (refusal >= 0) return reject(book, closesAtMs, refusal)
  placeEntry(account, book, run, i, long ? 1 : -1)
}

/** An entry counts only where the same side's exit is not met on the same candle. */
function wants(book: MarketBook, run: MarketRun, side: i32, i: i32): bool {
  return isEntryMet(run, side, i) && !isExitMetOf(book, run, side, i)
}
