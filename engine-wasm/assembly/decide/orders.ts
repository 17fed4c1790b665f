// Orders as they are put down at the close of a strategy candle; candles after it fill them.
import { Account, setting } from "../account/account"
import { reject } from "../account/apply-fill"
import { MarketBook, toTick, Waiting } from "../account/market-book"
import { RejectedReasonCode } from "../account/record"
import { EntryKind, Setting } from "../account/setting"
import { get } from "../column"
import { MarketRun } from "../rules/market-run"
import { latch } from "../rules/position-program"
import { ProgramWord } from "../rules/program-word"
import { tagOf } from "./signals"
import { away } from "./stops"

/** Puts down a market order that closes the position. */
export function wait(book: MarketBook, reason: i32): void {
  book.exitWaits = Waiting.market
  book.exitReason = reason
  book.exitDelay = <i32>setting(Setting.delayCandles)
}

export function placeEntry(account: Account, book: MarketBook, run: MarketRun, i: i32, side: i32): void {
  account.waitingEntries += 1
  book.entrySide = side
  book.entryDelay = <i32>setting(Setting.delayCandles)
  book.entryWaits = <i32>setting(Setting.entryKind) == EntryKind.limit ? Waiting.limit : Waiting.market
  book.limitPrice = toTick(book, away(book.lastClose, side, -setting(Setting.limitOffsetPercent)), side < 0)
  book.expiresIn = <i32>setting(Setting.limitExpireCandles)
  book.waitingTag = tagOf(run, side, i)
  book.waitingStop = registerValue(run, run.word(ProgramWord.stop), i)
  latch(run, run.word(ProgramWord.stopProgram), i, book.latches)
  for (let n = 0; n < <i32>setting(Setting.targetCount); n++) {
    book.setWaitingTarget(n, registerValue(run, run.word(run.word(ProgramWord.targetsAt) + n), i))
    latch(run, run.word(run.word(ProgramWord.targetProgramsAt) + n), i, book.latches)
  }
}

function registerValue(run: MarketRun, register: i32, i: i32): f64 {
  return register < 0 ? NaN : get(run.register(register), i)
}

/** One strategy candle less to wait for a limit entry; told when none is left. */
export function expireLimit(account: Account, book: MarketBook, closesAtMs: f64): void {
  book.expiresIn -= 1
  if (book.expiresIn > 0) return
  book.entryWaits = Waiting.none
  account.waitingEntries -= 1
  reject(book, closesAtMs, RejectedReasonCode.limitExpired)
}
