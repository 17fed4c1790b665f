// The program's registers at the close of a strategy candle.
import { profitPercent } from "../account/book-value"
import { MarketBook } from "../account/market-book"
import { get } from "../column"
import { MarketRun } from "../rules/market-run"
import { latch, positionValue } from "../rules/position-program"
import { ProgramWord } from "../rules/program-word"

/** Whether a condition's value counts as met: known and not 0. */
// @ts-ignore: decorator
@inline
export function isMet(value: f64): bool {
  return value == value && value != 0
}

/** Whether the register's condition is met at candle i; a missing register's never is. */
// @ts-ignore: decorator
@inline
function signal(run: MarketRun, word: i32, i: i32): bool {
  const register = run.word(word)
  return register >= 0 && isMet(get(run.register(register), i))
}

/** Whether the side's entry condition is met at candle i. */
export function isEntryMet(run: MarketRun, side: i32, i: i32): bool {
  return signal(run, side > 0 ? ProgramWord.enterLong : ProgramWord.enterShort, i)
}

/** Whether the side's exit condition is met at candle i, apart from conditions on the position. */
export function isExitSignal(run: MarketRun, side: i32, i: i32): bool {
  return signal(run, side > 0 ? ProgramWord.exitLong : ProgramWord.exitShort, i)
}

/** Whether the exit condition of the position's side is met. */
export function isExitMet(book: MarketBook, run: MarketRun, i: i32): bool {
  return isExitMetOf(book, run, book.side, i)
}

/**
 * Whether a side's exit condition is met; its questions about the position are unknown unless one of this side is
 * open.
 */
export function isExitMetOf(book: MarketBook, run: MarketRun, side: i32, i: i32): bool {
  if (isExitSignal(run, side, i)) return true
  const program = run.word(side > 0 ? ProgramWord.exitLongProgram : ProgramWord.exitShortProgram)
  if (program < 0) return false
  latch(run, program, i, book.latches)
  if (book.side != side) return isMet(positionValue(run, program, book.latches, NaN, NaN, NaN))
  return isMet(positionValue(run, program, book.latches, profitPercent(book), book.candlesHeld, book.entryPrice))
}

/**
 * The side to enter by the other programs' rules: its entry is met, its exit and the other side's entry are not. 0:
 * none.
 */
export function wantsSide(book: MarketBook, run: MarketRun, i: i32): i32 {
  const long = isEntryMet(run, 1, i)
  const short = isEntryMet(run, -1, i)
  if (long && !short && !isExitMetOf(book, run, 1, i)) return 1
  return short && !long && !isExitMetOf(book, run, -1, i) ? -1 : 0
}

/** Number of the first condition that is met; tags of shorts follow those of longs. */
// @ts-ignore: decorator
@inline
export function tagOf(run: MarketRun, side: i32, i: i32): i32 {
  const longCount = run.word(ProgramWord.longTagCount)
  const count = side > 0 ? longCount : run.word(ProgramWord.shortTagCount)
  const at = run.word(side > 0 ? ProgramWord.longTagsAt : ProgramWord.shortTagsAt)
  const offset = side > 0 ? 0 : longCount
  for (let n = 0; n < count; n++) if (isMet(get(run.register(run.word(at + n)), i))) return offset + n
  return offset
}
