// One combination of a sweep: an account and a position of its own over candles and conditions that all share. The
// broker decides and fills exactly as in a backtest; only candles on which something may happen are given to it.
import { Account, setting, startAccount, useSettings } from "../account/account"
import { equityNow, useBooks } from "../account/books"
import { IntentKind } from "../account/intent"
import { MarketBook, startMarketBook } from "../account/market-book"
import { marketSetting } from "../account/market-rules"
import { ExitReasonCode } from "../account/record"
import { useTally } from "../account/recorded"
import { EntryKind, MarketSetting, Setting } from "../account/setting"
import { get } from "../column"
import { decideByRules } from "../decide/by-rules"
import { intendEntry, intendExit } from "../decide/intents"
import { sampleEquity } from "../decide/limits"
import { closeAtEnd } from "../fill/conservative"
import { MarketRun } from "../rules/market-run"
import { ProgramWord } from "../rules/program-word"
import { firstAt, showLast, step } from "../run/base-step"
import { isCalm } from "../run/holding"
import { bitAt, nextBit } from "./bits"
import { add, daysBefore, endBlock, finishFigures, hold, pass, passFlat, startFigures, tallyOf } from "./figures"
import { firstEvent, followsBestAlone } from "./held-stretch"
import { showSignals, Signals } from "./signals"
import { SweepBlock } from "./sweep-block"
import { CombinationField } from "./sweep-word"

@unmanaged
export class Combination {
  account: Account
  book: MarketBook
  bookBytes: usize
  settings: usize
  /** Its figures (CombinationField). */
  row: usize
}

/** Everything that a combination is run with over one block. */
@unmanaged
export class Pass {
  block: SweepBlock
  /** The market with the combination's program. */
  run: MarketRun
  signals: Signals
  /** Next strategy candle to close, next base candle, next day to end. */
  candle: i32
  base: i32
  day: i32
  /** No limit needs every equity sample; the stop follows the best price alone. */
  isCalm: bool
  isSmooth: bool
  isPlain: bool
  /** Somebody looks at the last close: a limit entry, coins too small to sell, a condition on the position. */
  looksBack: bool
}

/** A combination with its cash and no past. */
export function startCombination(one: Combination): void {
  use(one)
  startAccount(one.account)
  startMarketBook(one.book, 0)
  startFigures(one.row, one.account.cash)
}

function use(one: Combination): void {
  useSettings(one.settings)
  useBooks(changetype<usize>(one.book), one.bookBytes, 1)
  useTally(tallyOf(one.row))
}

/** Runs the combination over the block. */
export function goThrough(one: Combination, at: Pass): void {
  use(one)
  const block = at.block
  const book = one.book
  const row = one.row
  const count = block.count
  look(at)
  at.candle = block.first
  at.base = block.firstBase
  at.day = daysBefore(row, block)
  while (at.candle < count) {
    if (canWait(book, at)) waitForEntry(one, at, block, book, row)
    else if (canHold(book, at)) holdOn(one, at, block, book, row)
    else if (hasBaseCandle(at, block)) step(one.account, book, at.run, at.base++)
    else {
      sampleCandle(one, at)
      closeCandle(one, at)
    }
  }
  endBase(one, at)
  if (count > 0) endBlock(row, block)
}

/** What the combination's settings allow to pass over. */
function look(at: Pass): void {
  const run = at.run
  // No condition asks for the position: the bits say all that the rules would.
  at.isPlain = run.word(ProgramWord.exitLongProgram) < 0 && run.word(ProgramWord.exitShortProgram) < 0
  at.isCalm = isCalm()
  at.isSmooth = at.isCalm && followsBestAlone() && marketSetting(0, MarketSetting.fundingColumn) < 0
  at.looksBack = !at.isPlain || setting(Setting.entryKind) != EntryKind.market || marketSetting(0, MarketSetting.quantityStep) > 0
}

/** Whether a base candle of the next strategy candle has yet to pass. */
// @ts-ignore: decorator
@inline
function hasBaseCandle(at: Pass, block: SweepBlock): bool {
  if (block.isBase) return at.base == at.candle
  return at.base < block.baseCount && get(block.baseTime, at.base) < get(block.closesAt, at.candle)
}

/** After the last candle: closes the rest at the last close. */
export function finishCombination(one: Combination): void {
  use(one)
  closeAtEnd(one.account, one.book, one.book.lastClose)
  finishFigures(one.row, equityNow(one.account))
}

/** Nothing is held or ordered, and nobody looks at each sample. */
// @ts-ignore: decorator
@inline
function canWait(book: MarketBook, at: Pass): bool {
  return book.isIdle && (at.isCalm || book.dust == 0)
}

/** A position whose candles only need checking against its levels and its exit condition. */
// @ts-ignore: decorator
@inline
function canHold(book: MarketBook, at: Pass): bool {
  return book.side != 0 && at.isSmooth && book.entry.kind == IntentKind.none && book.exit.kind == IntentKind.none &&
    book.enteredInside == 0 && (at.isPlain || at.run.word(book.side > 0 ? ProgramWord.exitLongProgram : ProgramWord.exitShortProgram) < 0)
}

/** Goes to the close of the next candle with an entry signal and lets it be decided on; or to the block's end. */
// @ts-ignore: decorator
@inline
function waitForEntry(one: Combination, at: Pass, block: SweepBlock, book: MarketBook, row: usize): void {
  const count = block.count
  const candle = at.candle
  const signal = nextBit(at.signals.anyEntry, candle, count)
  const to = min(signal + 1, count)
  const account = one.account
  if (!at.isCalm) {
    sampleEquity(account, account.cash, get(block.time, candle))
    sampleEquity(account, account.cash, get(block.time, to - 1))
  }
  if (book.dust == 0) at.day = passFlat(row, block, candle, to, at.day, account.cash)
  else {
    hold(row, account.cash, book.dust)
    at.day = pass(row, block, candle, to, at.day)
  }
  book.candlesSinceExit += signal - candle
  at.candle = signal
  if (signal == count) return
  at.base = baseAfter(block, at.base, signal)
  if (at.looksBack) showLast(book, at.run.base(), at.base - 1)
  if (at.isPlain) enterBySignal(one, at)
  else closeCandle(one, at)
}

/** Holds on to the next base candle with a fill, or to the close of the candle that decides on an exit, or to the block's end. */
// @ts-ignore: decorator
@inline
function holdOn(one: Combination, at: Pass, block: SweepBlock, book: MarketBook, row: usize): void {
  const count = block.count
  const candle = at.candle
  const exit = nextExit(book, at, count)
  const end = exit == count ? block.baseCount : baseAfter(block, at.base, exit)
  const reached = firstEvent(book, block, at.base, end)
  const isReached = reached < end
  const to = isReached ? candleOf(block, candle, reached) : exit
  // The candle of an exit signal is held to its close.
  const held = isReached ? to : min(exit + 1, count)
  if (held > candle) {
    hold(row, baseOf(one), slopeOf(book))
    at.day = pass(row, block, candle, held, at.day)
    add(row, CombinationField.exposedSamples, held - candle)
    book.candlesHeld += to - candle
  }
  at.candle = to
  at.base = reached
  if (at.looksBack) showLast(book, at.run.base(), reached - 1)
  if (isReached) step(one.account, book, at.run, at.base++)
  else if (exit == count) return
  else if (at.isPlain) exitBySignal(one, at, book)
  else closeCandle(one, at)
}

/** The strategy candle at whose close the position may end by a signal or its age. */
// @ts-ignore: decorator
@inline
function nextExit(book: MarketBook, at: Pass, count: i32): i32 {
  const signal = nextBit(book.side > 0 ? at.signals.longExit : at.signals.shortExit, at.candle, count)
  const most = setting(Setting.timeStopCandles)
  if (most <= 0) return signal
  const left = max(most - 1 - book.candlesHeld, 0)
  return left < <f64>(signal - at.candle) ? at.candle + <i32>left : signal
}

/** The first base candle after strategy candle i has closed. */
// @ts-ignore: decorator
@inline
function baseAfter(block: SweepBlock, from: i32, i: i32): i32 {
  return block.isBase ? i + 1 : firstAt(block.baseTime, from, block.baseCount, get(block.closesAt, i))
}

/** The strategy candle that base candle k is a part of. */
// @ts-ignore: decorator
@inline
function candleOf(block: SweepBlock, from: i32, k: i32): i32 {
  if (block.isBase) return k
  const timeMs = get(block.baseTime, k)
  let i = from
  while (i < block.count && get(block.closesAt, i) <= timeMs) i++
  return i
}

/** One equity sample at the close of the next strategy candle. */
// @ts-ignore: decorator
@inline
function sampleCandle(one: Combination, at: Pass): void {
  const account = one.account
  const i = at.candle
  if (!at.isCalm) sampleEquity(account, equityNow(account), get(at.block.time, i))
  hold(one.row, baseOf(one), slopeOf(one.book))
  if (account.openPositions > 0) add(one.row, CombinationField.exposedSamples, 1)
  at.day = pass(one.row, at.block, i, i + 1, at.day)
}

/** The next strategy candle closes without a position, and an entry counts there (decide/by-rules.ts). */
// @ts-ignore: decorator
@inline
function enterBySignal(one: Combination, at: Pass): void {
  one.book.candlesSinceExit += 1
  enter(one, at, bitAt(at.signals.longEntry, at.candle) != 0)
  at.candle += 1
}

/** The next strategy candle closes with a position that ends by its signal or its age; its opposite may follow (decide/by-rules.ts). */
// @ts-ignore: decorator
@inline
function exitBySignal(one: Combination, at: Pass, book: MarketBook): void {
  const i = at.candle
  book.candlesHeld += 1
  const isSignal = bitAt(book.side > 0 ? at.signals.longExit : at.signals.shortExit, i) != 0
  intendExit(book, isSignal ? ExitReasonCode.signal : ExitReasonCode.timeStop)
  if (bitAt(at.signals.anyEntry, i) != 0) {
    const isLong = bitAt(at.signals.longEntry, i) != 0
    if (isLong != (book.side > 0)) enter(one, at, isLong)
  }
  at.candle += 1
}

function enter(one: Combination, at: Pass, isLong: bool): void {
  const i = at.candle
  intendEntry(one.account, one.book, at.run, i, isLong ? 1 : -1, get(at.block.closesAt, i))
}

/** The decisions at the close of the next strategy candle. */
function closeCandle(one: Combination, at: Pass): void {
  const i = at.candle
  showSignals(at.signals, i)
  one.book.candlesSinceExit += 1
  decideByRules(one.account, one.book, at.run, i, get(at.block.closesAt, i))
  at.candle += 1
}

/** The block's base candles after its last strategy candle. */
function endBase(one: Combination, at: Pass): void {
  const count = at.block.baseCount
  const book = one.book
  while (at.base < count) {
    if (book.isIdle) at.base = count
    else if (canHold(book, at)) at.base = firstEvent(book, at.block, at.base, count)
    showLast(book, at.run.base(), at.base - 1)
    if (at.base < count) step(one.account, book, at.run, at.base++)
  }
  showLast(book, at.run.base(), count - 1)
}

/** Equity is base + slope x price. */
// @ts-ignore: decorator
@inline
function baseOf(one: Combination): f64 {
  const book = one.book
  return one.account.cash + (book.side < 0 ? book.quantity * book.entryPrice : 0)
}

// @ts-ignore: decorator
@inline
function slopeOf(book: MarketBook): f64 {
  return <f64>book.side * book.quantity + book.dust
}
