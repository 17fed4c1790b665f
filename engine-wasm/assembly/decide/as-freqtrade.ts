// What freqtrade decides at a candle: an entry signal counts beside no exit signal, an exit signal beside no entry signal.
import { Account, setting } from "../account/account"
import { reject } from "../account/apply-fill"
import { MarketBook, toTick, Waiting } from "../account/market-book"
import { ExitReasonCode } from "../account/record"
import { EntryKind, Setting } from "../account/setting"
import { MarketRun } from "../rules/market-run"
import { entryRefusal } from "./limits"
import { isEntryMet, isExitMet, isExitMetOf, tagOf, wantsSide } from "./signals"
import { away } from "./stops"

/** What the signals of strategy candle i, which opened at `timeMs`, ask of the next. */
export function decideAsFreqtrade(account: Account, book: MarketBook, run: MarketRun, i: i32, timeMs: f64): void {
  book.candlesSinceExit += 1
  if (book.side != 0) return askExit(book, run, i)
  if (book.entryWaits != Waiting.none) return askWaiting(book, run, i)
  const side = wantsSide(book, run, i)
  if (side == 0) return
  const refusal = entryRefusal(account, book)
  if (refusal >= 0) return reject(book, timeMs, refusal)
  account.waitingEntries += 1
  book.entrySide = side
  book.waitingTag = tagOf(run, side, i)
  book.entryWaits = <i32>setting(Setting.entryKind) == EntryKind.limit ? Waiting.limit : Waiting.market
  book.limitPrice = toTick(book, away(book.lastClose, side, -setting(Setting.limitOffsetPercent)), side < 0)
  book.expiresIn = <i32>setting(Setting.limitExpireCandles)
}

function askExit(book: MarketBook, run: MarketRun, i: i32): void {
  book.candlesHeld += 1
  const held = setting(Setting.timeStopCandles)
  const isHeldOut = held > 0 && book.candlesHeld >= held
  // An exit signal beside an entry signal of the same side does not count.
  const isSignal = isExitMet(book, run, i) && !isEntryMet(run, book.side, i)
  if (!isSignal && !isHeldOut) return
  book.exitWaits = Waiting.market
  book.exitReason = isSignal ? ExitReasonCode.signal : ExitReasonCode.timeStop
}

/** An exit signal while the entry still waits counts on the candle that fills it. */
function askWaiting(book: MarketBook, run: MarketRun, i: i32): void {
  if (!isExitMetOf(book, run, book.entrySide, i) || isEntryMet(run, book.entrySide, i)) return
  book.exitWaits = Waiting.market
  book.exitReason = ExitReasonCode.signal
}
