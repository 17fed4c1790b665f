// At the close of a strategy candle: does the position end, does one begin? Only orders are put down here; candles
// after this one fill them.
import { decideByCode } from "../code/decide-by-code"
import { HAS_CODE } from "../code/has-code"
import { Account, setting } from "./account"
import { keepClose } from "../risk/correlation"
import { entryRefusal } from "../risk/limits"
import { toTick, MarketBook, Waiting } from "./market-book"
import { latch, positionValue } from "../rules/position-program"
import { MarketRun } from "../rules/market-run"
import { ProgramWord } from "../rules/program-word"
import { away } from "../risk/stops"
import { reject } from "./fills"
import { ExitReasonCode, RejectedReasonCode } from "./record"
import { EntryKind, Setting } from "./setting"
import { get } from "../operators/column"

/** Whether a condition's value counts as met: known and not 0. */
// @ts-ignore: decorator
@inline
export function isMet(value: f64): bool {
  return value == value && value != 0
}

/** Whether the register's condition is met at candle i; a register that is not there never is. */
// @ts-ignore: decorator
@inline
function signal(run: MarketRun, word: i32, i: i32): bool {
  const register = run.word(word)
  return register >= 0 && isMet(get(run.register(register), i))
}

/** Takes the decisions of strategy candle i of this block, closing at `closesAtMs`. */
export function decide(account: Account, book: MarketBook, run: MarketRun, i: i32, closesAtMs: f64): void {
  book.candlesSinceExit += 1
  keepClose(book, closesAtMs)
  if (HAS_CODE) return decideByCode(account, book, run, i, closesAtMs)
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

/** Puts down a market order that closes the position. */
export function wait(book: MarketBook, reason: i32): void {
  book.exitWaits = Waiting.market
  book.exitReason = reason
  book.exitDelay = <i32>setting(Setting.delayCandles)
}

export function isExitMet(book: MarketBook, run: MarketRun, i: i32): bool {
  return isExitMetOf(book, run, book.side, i)
}

/** Whether a side's exit condition is met; what it asks of a position is not known unless one of this side is held. */
export function isExitMetOf(book: MarketBook, run: MarketRun, side: i32, i: i32): bool {
  if (isExitSignal(run, side, i)) return true
  const program = run.word(side > 0 ? ProgramWord.exitLongProgram : ProgramWord.exitShortProgram)
  if (program < 0) return false
  latch(run, program, i, book.latches)
  if (book.side != side) return isMet(positionValue(run, program, book.latches, NaN, NaN, NaN))
  return isMet(positionValue(run, program, book.latches, profitPercent(book), book.candlesHeld, book.entryPrice))
}

/** Gain of the price since entry in the position's favour, in percent, before fees. */
function profitPercent(book: MarketBook): f64 {
  return (<f64>book.side * (book.lastClose / book.entryPrice - 1)) * 100
}

/** Whether the side's entry condition is met at candle i. */
export function isEntryMet(run: MarketRun, side: i32, i: i32): bool {
  return signal(run, side > 0 ? ProgramWord.enterLong : ProgramWord.enterShort, i)
}

/** Whether the side's exit condition is met at candle i, apart from conditions on the position. */
export function isExitSignal(run: MarketRun, side: i32, i: i32): bool {
  return signal(run, side > 0 ? ProgramWord.exitLong : ProgramWord.exitShort, i)
}

/**
 * The side to enter as the other programs see it: its entry is met, its exit and the other side's entry are not. 0:
 * none.
 */
export function wantsSide(book: MarketBook, run: MarketRun, i: i32): i32 {
  const long = isEntryMet(run, 1, i)
  const short = isEntryMet(run, -1, i)
  if (long && !short && !isExitMetOf(book, run, 1, i)) return 1
  return short && !long && !isExitMetOf(book, run, -1, i) ? -1 : 0
}

/** One strategy candle less to wait for a limit entry; told when none is left. */
export function expireLimit(account: Account, book: MarketBook, closesAtMs: f64): void {
  book.expiresIn -= 1
  if (book.expiresIn > 0) return
  book.entryWaits = Waiting.none
  account.waitingEntries -= 1
  reject(book, closesAtMs, RejectedReasonCode.limitExpired)
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

/** Number of the first condition that is met; tags of shorts follow those of longs. */
export function tagOf(run: MarketRun, side: i32, i: i32): i32 {
  const longCount = run.word(ProgramWord.longTagCount)
  const count = side > 0 ? longCount : run.word(ProgramWord.shortTagCount)
  const at = run.word(side > 0 ? ProgramWord.longTagsAt : ProgramWord.shortTagsAt)
  const offset = side > 0 ? 0 : longCount
  for (let n = 0; n < count; n++) if (isMet(get(run.register(run.word(at + n)), i))) return offset + n
  return offset
}
