// What freqtrade decides at a candle: an entry signal counts beside no exit signal, an exit signal beside no entry.
import { Account } from "../account/account"
import { IntentKind } from "../account/intent"
import { MarketBook } from "../account/market-book"
import { ExitReasonCode } from "../account/record"
import { MarketRun } from "../rules/market-run"
import { isHeldOut } from "./by-rules"
import { intendEntry, intendExit } from "./intents"
import { isEntryMet, isExitMetOf, wantsSide } from "./signals"

/** What the signals of strategy candle i, which opened at `timeMs`, order for the next. */
export function decideAsFreqtrade(account: Account, book: MarketBook, run: MarketRun, i: i32, timeMs: f64): void {
  book.candlesSinceExit += 1
  if (book.side != 0) return decideExit(book, run, i)
  // An exit signal while the entry still waits counts on the candle that fills it.
  if (book.entry.kind != IntentKind.none) return leaveOnSignal(book, run, book.entry.side, i)
  const side = wantsSide(book, run, i)
  if (side != 0) intendEntry(account, book, run, i, side, timeMs)
}

function decideExit(book: MarketBook, run: MarketRun, i: i32): void {
  book.candlesHeld += 1
  if (isHeldOut(book)) intendExit(book, ExitReasonCode.timeStop)
  leaveOnSignal(book, run, book.side, i)
}

/** An exit signal beside an entry signal of the same side does not count. */
function leaveOnSignal(book: MarketBook, run: MarketRun, side: i32, i: i32): void {
  if (isExitMetOf(book, run, side, i) && !isEntryMet(run, side, i)) intendExit(book, ExitReasonCode.signal)
}
