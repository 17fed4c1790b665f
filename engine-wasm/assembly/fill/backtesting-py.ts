// Fills as backtesting.py's broker does them: whole units, orders in a queue with stops first, limits improved by a
// gap, both commissions
// booked in cash. Its documentation: https://kernc.github.io/backtesting.py/doc/backtesting/
import { firstStop } from "../decide/stops"
import { MarketRun } from "../rules/market-run"
import { Account, setting } from "../account/account"
import { bookCount, bookOf } from "../account/books"
import { BaseCandle, reachesDown, reachesUp } from "./base-candle"
import { stopInput, targetPrice } from "./conservative"
import { applyEntry, applyExit, fillOf, liquidate, reject } from "../account/apply-fill"
import { MarketBook, Waiting } from "../account/market-book"
import { ExitReasonCode, RejectedReasonCode } from "../account/record"
import { Setting, SizeKind } from "../account/setting"

/** At the open: closing orders are the first of the queue. */
export function exitAtOpen(account: Account, book: MarketBook, open: f64, timeMs: f64): void {
  if (book.side != 0 && book.exitWaits != Waiting.none) leave(account, book, timeMs, open, book.exitReason)
}

/** At the open: a market entry, or a limit entry that the open improves. */
export function enterAtOpen(account: Account, book: MarketBook, run: MarketRun, open: f64, timeMs: f64, equity: f64): void {
  if (book.side != 0 || book.entryWaits == Waiting.none) return
  const isLimit = book.entryWaits == Waiting.limit
  if (isLimit && !reachesDown(book.entrySide, open, book.limitPrice)) return
  enter(account, book, run, timeMs, open, equity, freeEquity(account, equity))
  if (isLimit) book.enteredInside = 1
}

/** What a limit entry inside the bar costs. */
export function mostSpentInside(book: MarketBook, run: MarketRun): f64 {
  const price = book.limitPrice
  const stop = firstStop(book, book.entrySide, price, stopInput(book, run, price))
  return wholeUnits(price, stop, book.equityAtOpen, book.allowance) * price * (1 + setting(Setting.feeRate))
}

/**
 * Inside the bar: the stop, then the target: where one bar holds both, the stop is assumed. A limit entry fills at
 * its price; only after a market entry may stop and target fill on the same bar.
 */
export function insideCandle(account: Account, book: MarketBook, run: MarketRun, candle: BaseCandle): void {
  if (book.side != 0 && book.enteredInside == 0) leaveByContingent(account, book, candle)
  else if (book.side == 0 && book.entryWaits == Waiting.limit) tryLimit(account, book, run, candle)
  liquidate(account, book, candle.high, candle.timeMs)
}

function leaveByContingent(account: Account, book: MarketBook, candle: BaseCandle): void {
  const side = book.side
  const isTarget = reachesUp(side, candle.best(side), book.target(0)) && setting(Setting.targetCount) > 0
  if (reachesDown(side, candle.worst(side), book.stop)) {
    if (isTarget) account.ambiguousCandles += 1
    const price = side > 0 ? min(candle.open, book.stop) : max(candle.open, book.stop)
    return leave(account, book, candle.timeMs, price, ExitReasonCode.stop)
  }
  if (!isTarget) return
  const price = side > 0 ? max(candle.open, book.target(0)) : min(candle.open, book.target(0))
  leave(account, book, candle.timeMs, price, ExitReasonCode.takeProfit)
}

function leave(account: Account, book: MarketBook, timeMs: f64, price: f64, reason: i32): void {
  applyExit(account, book, fillOf(book.quantity, price, price, timeMs), reason)
}

function tryLimit(account: Account, book: MarketBook, run: MarketRun, candle: BaseCandle): void {
  if (!reachesDown(book.entrySide, candle.worst(book.entrySide), book.limitPrice)) return expireLimit(account, book, candle)
  enter(account, book, run, candle.timeMs, book.limitPrice, book.equityAtOpen, book.allowance)
}

function expireLimit(account: Account, book: MarketBook, candle: BaseCandle): void {
  book.expiresIn -= 1
  if (book.expiresIn > 0) return
  book.entryWaits = Waiting.none
  account.waitingEntries -= 1
  reject(book, candle.timeMs, RejectedReasonCode.limitExpired)
}

function enter(account: Account, book: MarketBook, run: MarketRun, timeMs: f64, price: f64, equity: f64, free: f64): void {
  book.entryWaits = Waiting.none
  account.waitingEntries -= 1
  const stop = firstStop(book, book.entrySide, price, stopInput(book, run, price))
  const units = wholeUnits(price, stop, equity, free)
  if (!(units >= 1)) return reject(book, timeMs, RejectedReasonCode.cash)
  account.openPositions += 1
  book.side = book.entrySide
  book.entryTimeMs = timeMs
  book.entryTag = book.waitingTag
  applyEntry(account, book, fillOf(units, price, price, timeMs))
  book.stop = stop
  book.stopReason = ExitReasonCode.stop
  book.initialRisk = units * abs(price - stop)
  if (setting(Setting.targetCount) > 0) book.setTarget(0, targetPrice(book, run, 0))
}

/**
 * floor(free equity x fraction / (price x (1 + commission))); all of it is a hair less than 1, as the library's
 * default size.
 */
function wholeUnits(price: f64, stop: f64, equity: f64, free: f64): f64 {
  const amount = setting(Setting.sizeAmount)
  const payable = price * (1 + setting(Setting.feeRate))
  const kind = <i32>setting(Setting.sizeKind)
  if (kind == SizeKind.equity) return floor((free * min(amount / 100, 1 - f64.EPSILON)) / payable)
  const wanted = kind == SizeKind.risk ? (equity * amount) / 100 / abs(price - stop) : amount / price
  return floor(min(wanted, free / payable))
}

/** Equity less what is behind open positions, and less what nobody may use now. */
export function freeEquity(account: Account, equity: f64): f64 {
  let bound = account.withheld
  for (let n = 0; n < bookCount(); n++) {
    const book = bookOf(n)
    if (book.side != 0) bound += book.quantity * book.lastClose
  }
  return max(equity - bound, 0)
}
