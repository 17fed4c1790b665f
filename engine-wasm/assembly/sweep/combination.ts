// One combination of a sweep: an account and a position of its own over candles and conditions that all share. The
// broker decides and fills exactly as in a backtest; only candles on which something may happen are given to it.
import { Account, setting, startAccount, useSettings } from "../account/account"
import { equityNow, useBooks } from "../account/books"
import { IntentKind } from "../account/intent"
import { MarketBook, startMarketBook } from "../account/market-book"
import { marketSetting } from "../account/market-rules"
import { ExitReasonCode } from "../account/record"
import { RecordBuffer } from "../account/record-buffer"
import { MarketSetting, Setting } from "../account/setting"
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
import { daysBefore, add, endBlock, finishFigures, hold, pass, startFigures, takeTrades } from "./figures"
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
  trades: RecordBuffer
  rejections: RecordBuffer
  /** Next strategy candle to close, next base candle, next day to end. */
  candle: i32
  base: i32
  day: i32
  /** No limit needs every equity sample; the stop follows the best price alone. */
  isCalm: bool
  isSmooth: bool
  isPlain: bool
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
}

/** Runs the combination over the block. */
export function goThrough(one: Combination, at: Pass): void {
  use(one)
  const block = at.block
  const book = one.book
  at.candle = block.first
  at.base = block.firstBase
  at.day = daysBefore(one.row, block)
  at.isPlain = isPlain(at.run)
  at.isCalm = isCalm()
  at.isSmooth = followsBestAlone() && marketSetting(0, MarketSetting.fundingColumn) < 0
  while (at.candle < block.count) {
    if (canWait(one, at)) waitForEntry(one, at)
    else if (canHold(book, at)) holdOn(one, at)
    else if (hasBaseCandle(at)) step(one.account, book, at.run, at.base++)
    else {
      sampleCandle(one, at)
      closeCandle(one, at)
    }
  }
  endBase(one, at)
  if (block.count > 0) endBlock(one.row, block)
}

/** No condition asks for the position: the bits say all that the rules would. */
function isPlain(run: MarketRun): bool {
  return run.word(ProgramWord.exitLongProgram) < 0 && run.word(ProgramWord.exitShortProgram) < 0
}

/** Whether a base candle of the next strategy candle has yet to pass. */
// @ts-ignore: decorator
@inline
function hasBaseCandle(at: Pass): bool {
  const block = at.block
  if (block.isBase) return at.base == at.candle
  return at.base < block.baseCount && get(block.baseTime, at.base) < get(block.closesAt, at.candle)
}

/** After the last candle: closes the rest at the last close. */
export function finishCombination(one: Combination, trades: RecordBuffer): void {
  use(one)
  closeAtEnd(one.account, one.book, one.book.lastClose)
  takeTrades(one.row, trades)
  finishFigures(one.row, equityNow(one.account))
}

/** Nothing is held or ordered, and nobody looks at each sample. */
// @ts-ignore: decorator
@inline
function canWait(one: Combination, at: Pass): bool {
  return one.book.isIdle && (at.isCalm || one.book.dust == 0)
}

/** A position whose candles only need checking against its levels and its exit condition. */
// @ts-ignore: decorator
@inline
function canHold(book: MarketBook, at: Pass): bool {
  return book.side != 0 && at.isCalm && at.isSmooth && book.entry.kind == IntentKind.none && book.exit.kind == IntentKind.none &&
    book.enteredInside == 0 && at.run.word(book.side > 0 ? ProgramWord.exitLongProgram : ProgramWord.exitShortProgram) < 0
}

/** Goes to the close of the next candle with an entry signal and lets it be decided on; or to the block's end. */
// @ts-ignore: decorator
@inline
function waitForEntry(one: Combination, at: Pass): void {
  const block = at.block
  const signal = nextBit(at.signals.anyEntry, at.candle, block.count)
  const to = min(signal + 1, block.count)
  const account = one.account
  if (!at.isCalm) {
    sampleEquity(account, account.cash, get(block.time, at.candle))
    sampleEquity(account, account.cash, get(block.time, to - 1))
  }
  hold(one.row, account.cash, one.book.dust)
  at.day = pass(one.row, block, at.candle, to, at.day)
  one.book.candlesSinceExit += signal - at.candle
  at.candle = signal
  if (signal == block.count) return
  at.base = baseAfter(block, at.base, signal)
  showLast(one.book, at.run.base(), at.base - 1)
  if (at.isPlain) enterBySignal(one, at)
  else closeCandle(one, at)
}

/** Holds on to the next base candle with a fill, or to the close of the candle that decides on an exit, or to the block's end. */
// @ts-ignore: decorator
@inline
function holdOn(one: Combination, at: Pass): void {
  const block = at.block
  const book = one.book
  const exit = nextExit(book, at)
  const end = exit == block.count ? block.baseCount : baseAfter(block, at.base, exit)
  const reached = firstEvent(book, block, at.base, end)
  const isReached = reached < end
  const to = isReached ? candleOf(block, at.candle, reached) : exit
  // The candle of an exit signal is held to its close.
  const held = isReached ? to : min(exit + 1, block.count)
  if (held > at.candle) {
    hold(one.row, baseOf(one), slopeOf(book))
    at.day = pass(one.row, block, at.candle, held, at.day)
    add(one.row, CombinationField.exposedSamples, held - at.candle)
    book.candlesHeld += to - at.candle
    book.candlesSinceExit += to - at.candle
  }
  at.candle = to
  at.base = reached
  showLast(book, at.run.base(), reached - 1)
  if (isReached) step(one.account, book, at.run, at.base++)
  else if (exit == block.count) return
  else if (at.isPlain) exitBySignal(one, at)
  else closeCandle(one, at)
}

/** The strategy candle at whose close the position may end by a signal or its age. */
// @ts-ignore: decorator
@inline
function nextExit(book: MarketBook, at: Pass): i32 {
  const count = at.block.count
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
  enter(one, at)
  endCandle(one, at)
}

/** The next strategy candle closes with a position that ends by its signal or its age; its opposite may follow (decide/by-rules.ts). */
// @ts-ignore: decorator
@inline
function exitBySignal(one: Combination, at: Pass): void {
  const book = one.book
  const i = at.candle
  book.candlesSinceExit += 1
  book.candlesHeld += 1
  const isSignal = bitAt(book.side > 0 ? at.signals.longExit : at.signals.shortExit, i) != 0
  intendExit(book, isSignal ? ExitReasonCode.signal : ExitReasonCode.timeStop)
  if (bitAt(at.signals.anyEntry, i) != 0 && (bitAt(at.signals.longEntry, i) != 0) != (book.side > 0)) enter(one, at)
  endCandle(one, at)
}

function enter(one: Combination, at: Pass): void {
  const i = at.candle
  const side = bitAt(at.signals.longEntry, i) != 0 ? 1 : -1
  intendEntry(one.account, one.book, at.run, i, side, get(at.block.closesAt, i))
}

/** The decisions at the close of the next strategy candle. */
function closeCandle(one: Combination, at: Pass): void {
  const i = at.candle
  showSignals(at.signals, i)
  one.book.candlesSinceExit += 1
  decideByRules(one.account, one.book, at.run, i, get(at.block.closesAt, i))
  endCandle(one, at)
}

/** What the candle has left is counted, and the next one is due. */
// @ts-ignore: decorator
@inline
function endCandle(one: Combination, at: Pass): void {
  if (at.trades.count > 0) takeTrades(one.row, at.trades)
  at.rejections.count = 0
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
  if (at.trades.count > 0) takeTrades(one.row, at.trades)
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
