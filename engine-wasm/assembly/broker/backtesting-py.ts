// Fills as backtesting.py's broker does them: whole units, orders in a queue with stops first, limits improved by a
// gap, both commissions
// booked in cash. Its documentation: https://kernc.github.io/backtesting.py/doc/backtesting/
import { entryRefusal } from "../risk/limits"
import { firstStop } from "../risk/stops"
import { get, set } from "../operators/column"
import { MarketRun } from "../rules/market-run"
import { ProgramWord } from "../rules/program-word"
import { setting } from "./account"
import { BaseCandle, reachesDown, reachesUp } from "./base-candle"
import { decideExit, placeEntry, wantsSide } from "./decide"
import { stopInput, targetPrice } from "./conservative"
import { applyEntry, applyExit, fillOf, liquidate, reject } from "./fills"
import { Ledger } from "./ledger"
import { MarketBook, Waiting } from "./market-book"
import { ExitReasonCode, RejectedReasonCode } from "./record"
import { Setting, SizeKind } from "./setting"

/** One bar: the queue of orders, then what its close asks for. */
export function stepAsBacktestingPy(ledger: Ledger, book: MarketBook, run: MarketRun, i: i32, candle: BaseCandle): void {
  if (book.side != 0) leaveByOrders(ledger, book, candle)
  if (book.entryWaits != Waiting.none && book.side == 0) tryEntry(ledger, book, run, candle)
  liquidate(ledger.account, book, candle.high, candle.timeMs)
  book.lastClose = candle.close
  if (hasBegun(book, run, i)) ask(ledger, book, run, i, candle)
}

/**
 * Closing orders are first in the queue, then the stop, then the target: where one bar holds both, the stop is
 * assumed.
 */
function leaveByOrders(ledger: Ledger, book: MarketBook, candle: BaseCandle): void {
  if (book.exitWaits != Waiting.none) return leave(ledger, book, candle, candle.open, book.exitReason)
  leaveByContingent(ledger, book, candle)
}

function leaveByContingent(ledger: Ledger, book: MarketBook, candle: BaseCandle): void {
  const side = book.side
  const isTarget = reachesUp(side, candle.best(side), book.target(0)) && setting(Setting.targetCount) > 0
  if (reachesDown(side, candle.worst(side), book.stop)) {
    if (isTarget) ledger.account.ambiguousCandles += 1
    const price = side > 0 ? min(candle.open, book.stop) : max(candle.open, book.stop)
    return leave(ledger, book, candle, price, ExitReasonCode.stop)
  }
  if (!isTarget) return
  const price = side > 0 ? max(candle.open, book.target(0)) : min(candle.open, book.target(0))
  leave(ledger, book, candle, price, ExitReasonCode.takeProfit)
}

function leave(ledger: Ledger, book: MarketBook, candle: BaseCandle, price: f64, reason: i32): void {
  applyExit(ledger.account, book, fillOf(book.quantity, price, price, candle.timeMs), reason)
}

/**
 * A market order at the open; a limit order at its price or better. Only after a market entry may stop and target
 * fill on the same bar.
 */
function tryEntry(ledger: Ledger, book: MarketBook, run: MarketRun, candle: BaseCandle): void {
  const side = book.entrySide
  if (book.entryWaits == Waiting.market) {
    enter(ledger, book, run, candle, candle.open)
    if (book.side != 0) leaveByContingent(ledger, book, candle)
    return
  }
  if (!reachesDown(side, candle.worst(side), book.limitPrice)) return expireLimit(ledger, book, candle)
  enter(ledger, book, run, candle, side > 0 ? min(candle.open, book.limitPrice) : max(candle.open, book.limitPrice))
}

function expireLimit(ledger: Ledger, book: MarketBook, candle: BaseCandle): void {
  book.expiresIn -= 1
  if (book.expiresIn > 0) return
  book.entryWaits = Waiting.none
  ledger.account.waitingEntries -= 1
  reject(book, candle.timeMs, RejectedReasonCode.limitExpired)
}

function enter(ledger: Ledger, book: MarketBook, run: MarketRun, candle: BaseCandle, price: f64): void {
  book.entryWaits = Waiting.none
  ledger.account.waitingEntries -= 1
  const stop = firstStop(book, book.entrySide, price, stopInput(book, run, price))
  const units = wholeUnits(ledger, price, stop)
  if (!(units >= 1)) return reject(book, candle.timeMs, RejectedReasonCode.cash)
  ledger.account.openPositions += 1
  book.side = book.entrySide
  book.entryTimeMs = candle.timeMs
  book.entryTag = book.waitingTag
  applyEntry(ledger.account, book, fillOf(units, price, price, candle.timeMs))
  book.stop = stop
  book.stopReason = ExitReasonCode.stop
  book.initialRisk = units * abs(price - stop)
  if (setting(Setting.targetCount) > 0) book.setTarget(0, targetPrice(book, run, 0))
}

/**
 * floor(free equity x fraction / (price x (1 + commission))); all of it is a hair less than 1, as the library's
 * default size.
 */
function wholeUnits(ledger: Ledger, price: f64, stop: f64): f64 {
  const equity = ledger.equityNow()
  const amount = setting(Setting.sizeAmount)
  const payable = price * (1 + setting(Setting.feeRate))
  const kind = <i32>setting(Setting.sizeKind)
  if (kind == SizeKind.equity) return floor((freeEquity(ledger, equity) * min(amount / 100, 1 - f64.EPSILON)) / payable)
  const wanted = kind == SizeKind.risk ? (equity * amount) / 100 / abs(price - stop) : amount / price
  return floor(min(wanted, freeEquity(ledger, equity) / payable))
}

/** Equity less what stands behind open positions. */
function freeEquity(ledger: Ledger, equity: f64): f64 {
  let bound: f64 = 0
  for (let n = 0; n < ledger.marketCount; n++) {
    const book = ledger.book(n)
    if (book.side != 0) bound += book.quantity * book.lastClose
  }
  return max(equity - bound, 0)
}

/** Its first decision is one bar after every formula has had its first value. */
function hasBegun(book: MarketBook, run: MarketRun, i: i32): bool {
  if (book.isReady != 0) return true
  if (countMissing(book, run, i) == 0) book.isReady = 1
  return false
}

/** How many formulas have had no value up to candle i. What has come is remembered behind the latched values. */
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

function ask(ledger: Ledger, book: MarketBook, run: MarketRun, i: i32, candle: BaseCandle): void {
  book.candlesSinceExit += 1
  if (book.side != 0) decideExit(book, run, i)
  if (book.entryWaits != Waiting.none || (book.side != 0 && book.exitWaits == Waiting.none)) return
  const side = wantsSide(book, run, i)
  if (side == 0 || side == book.side) return
  const refusal = entryRefusal(ledger.account, book)
  if (refusal >= 0) return reject(book, candle.timeMs, refusal)
  placeEntry(ledger.account, book, run, i, side)
}
