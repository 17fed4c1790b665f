// What backtesting.py decides at a bar: nothing before every formula has had a value.
import { mark } from "../mark"
import { Mark } from "../path-mark"
import { Account } from "../account/account"
import { IntentKind } from "../account/intent"
import { MarketBook } from "../account/market-book"
import { get, set } from "../column"
import { MarketRun } from "../rules/market-run"
import { ProgramWord } from "../rules/program-word"
import { decideExit } from "./by-rules"
import { intendEntry } from "./intents"
import { wantsSide } from "./signals"

/** What this mode alone remembers of a market. */
@unmanaged
class Beginning {
  /** 1: every formula has had its first value. */
  isReady: i32
}

/** Its first decision is one bar after every formula has had its first value. */
function hasBegun(book: MarketBook, run: MarketRun, i: i32): bool {
  const beginning = changetype<Beginning>(book.own)
  if (beginning.isReady != 0) return true
  awaitFormulas(book, run, i)
  return false
}

/** Sees candle i, which may come before trading begins: from the next one on every formula may have had a value. */
export function awaitFormulas(book: MarketBook, run: MarketRun, i: i32): void {
  const beginning = changetype<Beginning>(book.own)
  if (beginning.isReady == 0 && countMissing(book, run, i) == 0) beginning.isReady = 1
}

/** How many formulas have had no value up to candle i. Those that have are marked after the latched values. */
function countMissing(book: MarketBook, run: MarketRun, i: i32): i32 {
  const seen = book.latches + ((<usize>run.word(ProgramWord.latchCount)) << 3)
  const awaitedAt = run.word(ProgramWord.awaitedAt)
  let missing = 0
  for (let n = 0; n < run.word(ProgramWord.awaitedCount); n++) {
    const value = get(run.register(run.word(awaitedAt + n)), i)
    if (value == value) set(seen, n, 1)
    missing += i32(get(seen, n) == 0)
  }
  return missing
}

/** What the close of bar i, which opened at `timeMs`, orders for the next. */
export function decideAsBacktestingPy(account: Account, book: MarketBook, run: MarketRun, i: i32, timeMs: f64): void {
  if (!hasBegun(book, run, i)) return mark(Mark.backtestingPyWaits)
  book.candlesSinceExit += 1
  if (book.side != 0) decideExit(book, run, i)
  if (book.entry.kind != IntentKind.none || (book.side != 0 && book.exit.kind == IntentKind.none)) return
  const side = wantsSide(book, run, i)
  if (side != 0 && side != book.side) intendEntry(account, book, run, i, side, timeMs)
}
