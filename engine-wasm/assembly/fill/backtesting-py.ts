// Fills as backtesting.py's broker does them: whole units, orders in a queue with stops first, limits improved by a
// gap, both commissions booked in cash. Its documentation: https://kernc.github.io/backtesting.py/doc/backtesting/
import { mark } from "../mark"
import { Mark } from "../path-mark"
import { Account, freeCash, setting } from "../account/account"
import { applyExit, liquidate } from "../account/apply-fill"
import { fillOf } from "../account/fill"
import { IntentKind } from "../account/intent"
import { MarketBook } from "../account/market-book"
import { ExitReasonCode, RejectedReasonCode } from "../account/record"
import { Setting, SizeKind } from "../account/setting"
import { ageEntry } from "../account/withdraw"
import { Amount, amountOf, refused } from "../decide/sizing"
import { firstStop } from "../decide/stops"
import { setTargets, stopInput, Terms, termsOf } from "../decide/terms"
import { MarketRun } from "../rules/market-run"
import { BaseCandle, reachesDown, reachesUp } from "./base-candle"
import { enter } from "./enter"

/** At the open: closing orders are first in the queue. */
export function exitAtOpen(account: Account, book: MarketBook, open: f64, timeMs: f64): void {
  if (book.side != 0 && book.exit.kind != IntentKind.none) leave(account, book, timeMs, open, book.exit.reason)
}

/** At the open: a market entry, or a limit entry that the open improves. */
export function enterAtOpen(account: Account, book: MarketBook, run: MarketRun, open: f64, timeMs: f64, equity: f64): void {
  const intent = book.entry
  if (book.side != 0 || intent.kind == IntentKind.none) return
  if (intent.isLimit != 0 && !reachesDown(intent.side, open, intent.limitPrice)) return
  begin(account, book, run, timeMs, open, equity, freeCash(account))
  if (intent.isLimit != 0) book.enteredInside = 1
}

/** The cost of a limit entry inside the bar. */
export function mostSpentInside(book: MarketBook, run: MarketRun): f64 {
  const price = book.entry.limitPrice
  return terms(book, run, price, book.equityAtOpen, book.allowance).quantity * price * (1 + setting(Setting.feeRate))
}

/**
 * Inside the bar: the stop, then the target: where one bar reaches both, we assume the stop. A limit entry fills at
 * its price; only after a market entry may stop and target fill on the same bar.
 */
export function insideCandle(account: Account, book: MarketBook, run: MarketRun, candle: BaseCandle): void {
  if (book.side != 0 && book.enteredInside == 0) leaveByContingent(account, book, candle)
  else if (book.side == 0 && book.entry.kind != IntentKind.none && book.entry.isLimit != 0) tryLimit(account, book, run, candle)
  liquidate(account, book, candle.high, candle.timeMs)
}

function leaveByContingent(account: Account, book: MarketBook, candle: BaseCandle): void {
  const side = book.side
  const isTarget = reachesUp(side, candle.best(side), book.nextTargetPrice)
  if (reachesDown(side, candle.worst(side), book.stop)) {
    if (isTarget) account.ambiguousCandles += 1
    const price = side > 0 ? min(candle.open, book.stop) : max(candle.open, book.stop)
    return leave(account, book, candle.timeMs, price, ExitReasonCode.stop)
  }
  if (!isTarget) return
  const price = side > 0 ? max(candle.open, book.nextTargetPrice) : min(candle.open, book.nextTargetPrice)
  mark(Mark.backtestingPyContingent)
  leave(account, book, candle.timeMs, price, ExitReasonCode.takeProfit)
}

function leave(account: Account, book: MarketBook, timeMs: f64, price: f64, reason: i32): void {
  applyExit(account, book, fillOf(book.quantity, price, price, timeMs), reason)
}

function tryLimit(account: Account, book: MarketBook, run: MarketRun, candle: BaseCandle): void {
  const intent = book.entry
  if (!reachesDown(intent.side, candle.worst(intent.side), intent.limitPrice)) return ageEntry(account, book, candle.timeMs)
  mark(Mark.backtestingPyLimit)
  begin(account, book, run, candle.timeMs, intent.limitPrice, book.equityAtOpen, book.allowance)
}

function begin(account: Account, book: MarketBook, run: MarketRun, timeMs: f64, price: f64, equity: f64, free: f64): void {
  if (enter(account, book, terms(book, run, price, equity, free), price, price, timeMs)) setTargets(book, run)
}

function terms(book: MarketBook, run: MarketRun, price: f64, equity: f64, free: f64): Terms {
  const input = stopInput(book, run, price)
  const stop = firstStop(book, book.entry.stopKind, book.entry.side, price, input)
  return termsOf(wholeUnits(book, price, stop, equity, free), stop, input)
}

function wholeUnits(book: MarketBook, price: f64, stop: f64, equity: f64, free: f64): Amount {
  const units = floor(unitsFor(book, price, stop, equity, free))
  return units >= 1 ? amountOf(units) : refused(RejectedReasonCode.cash)
}

/**
 * Free equity x fraction / (price x (1 + commission)); all of it is a hair less than 1, as the library's default size.
 */
function unitsFor(book: MarketBook, price: f64, stop: f64, equity: f64, free: f64): f64 {
  const amount = book.entry.sizeAmount
  const payable = price * (1 + setting(Setting.feeRate))
  const kind = book.entry.sizeKind
  if (kind == SizeKind.equity) return (free * min(amount / 100, 1 - f64.EPSILON)) / payable
  const wanted = kind == SizeKind.risk ? (equity * amount) / 100 / abs(price - stop) : amount / price
  return min(wanted, free / payable)
}

