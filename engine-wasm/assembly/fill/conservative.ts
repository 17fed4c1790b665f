// The default fills (docs/fills.md): never better than the market could have been, and where one candle hides the
// order of events, we assume the worse for the trader.
import { Account, freeCash, setting } from "../account/account"
import { applyExit } from "../account/apply-fill"
import { fillOf } from "../account/fill"
import { IntentKind } from "../account/intent"
import { MarketBook } from "../account/market-book"
import { ExitReasonCode } from "../account/record"
import { Setting } from "../account/setting"
import { costOf } from "../decide/sizing"
import { followPrice, protect } from "../decide/stops"
import { setTargets, termsAt } from "../decide/terms"
import { MarketRun } from "../rules/market-run"
import { BaseCandle, reachesDown, reachesUp } from "./base-candle"
import { enter } from "./enter"
import { resizeAtOpen } from "./resize"
import { addBelow, hasSafetyOrders, mostAdded, mostAddedBelow, reachesSafetyOrder, startSafetyOrders } from "./safety-orders"
import { slipped } from "./slippage"
import { nearestTarget, takeTargets } from "./targets"

/** At the open: fills a waiting exit, or the open itself is already beyond stop or target. */
// @ts-ignore: decorator
@inline
export function exitAtOpen(account: Account, book: MarketBook, open: f64, timeMs: f64): void {
  if (book.side == 0) return
  if (book.exit.kind != IntentKind.none && book.exit.delay == 0) return exitAll(account, book, timeMs, open, book.exit.reason)
  if (reachesDown(book.side, open, book.stop)) return exitAll(account, book, timeMs, open, book.stopReason)
  takeTargets(account, book, timeMs, open, open)
}

/** At the open: a waiting market entry, or a limit entry that the market opened beyond. */
// @ts-ignore: decorator
@inline
export function enterAtOpen(account: Account, book: MarketBook, run: MarketRun, open: f64, timeMs: f64, equity: f64): void {
  const intent = book.entry
  if (intent.kind == IntentKind.none || intent.delay > 0) return
  if (book.side != 0) {
    if (intent.kind == IntentKind.resize) resizeAtOpen(account, book, open, timeMs, equity)
    return
  }
  if (intent.isLimit == 0) return begin(account, book, run, timeMs, equity, slipped(open, intent.side > 0), open)
  if (reachesDown(intent.side, open, intent.limitPrice)) begin(account, book, run, timeMs, equity, open, open)
}

/** Whether a limit entry waits for prices inside the candle. */
// @ts-ignore: decorator
@inline
function waitsInside(book: MarketBook): bool {
  return book.entry.kind != IntentKind.none && book.entry.isLimit != 0 && book.entry.delay <= 0
}

/** Whether a limit entry or a safety order may fill inside the candle. */
export function mayBuyInside(book: MarketBook): bool {
  return book.side == 0 ? waitsInside(book) : hasSafetyOrders(book)
}

/** Whether the candle reached the limit entry or the next safety order. */
export function buysInside(book: MarketBook, candle: BaseCandle): bool {
  return book.side == 0 ? reachesLimit(book, candle) : reachesSafetyOrder(book, candle)
}

// @ts-ignore: decorator
@inline
function reachesLimit(book: MarketBook, candle: BaseCandle): bool {
  return reachesDown(book.entry.side, candle.worst(book.entry.side), book.entry.limitPrice)
}

/** The most that fills inside the candle may cost: the limit entry, and every remaining safety order. */
export function mostSpentInside(account: Account, book: MarketBook, run: MarketRun, open: f64): f64 {
  if (book.side != 0) return mostAddedBelow(account, book, open)
  const side = book.entry.side
  const price = book.entry.limitPrice
  const terms = termsAt(account, book, run, price, book.equityAtOpen)
  if (terms.isRefused) return 0
  const quantity = terms.quantity
  const cost = costOf(side, quantity, price)
  return cost + mostAdded(book, side, quantity, 0, price, NaN, freeCash(account) - cost)
}

/** Inside the candle: a limit entry, then additions, then the stop, then targets. */
// @ts-ignore: decorator
@inline
export function insideCandle(account: Account, book: MarketBook, run: MarketRun, candle: BaseCandle, equity: f64): void {
  if (book.side == 0 && !enterInside(account, book, run, candle, equity)) return
  if (setting(Setting.addTimes) > 0 && addBelow(account, book, candle)) book.enteredInside = 1
  const stopped = reachesDown(book.side, candle.worst(book.side), book.stop)
  // High before the entry or after it? The candle does not say, so a target needs a later one.
  const targetHit = book.enteredInside == 0 && reachesUp(book.side, candle.best(book.side), nearestTarget(book, candle.timeMs))
  if (stopped) {
    if (targetHit) account.ambiguousCandles += 1
    // Never better than the market was: a stop between the open and an entry that slipped gives the open.
    const level = book.side > 0 ? min(book.stop, candle.open) : max(book.stop, candle.open)
    return exitAll(account, book, candle.timeMs, level, book.stopReason)
  }
  if (targetHit) takeTargets(account, book, candle.timeMs, candle.open, candle.best(book.side))
}

// @ts-ignore: decorator
@inline
function enterInside(account: Account, book: MarketBook, run: MarketRun, candle: BaseCandle, equity: f64): bool {
  if (!waitsInside(book) || !reachesLimit(book, candle)) return false
  begin(account, book, run, candle.timeMs, equity, book.entry.limitPrice, book.entry.limitPrice)
  if (book.side == 0) return false
  book.enteredInside = 1
  return true
}

/** The candle has finished: only now may trailing and break-even use it. */
// @ts-ignore: decorator
@inline
export function finishCandle(book: MarketBook, candle: BaseCandle): void {
  book.lastClose = candle.close
  book.lastTimeMs = candle.timeMs
  if (book.entry.delay > 0) book.entry.delay -= 1
  if (book.side == 0) return
  if (book.exit.delay > 0) book.exit.delay -= 1
  if (book.enteredInside == 0) followPrice(book, candle.best(book.side))
  else followPrice(book, candle.close)
  book.enteredInside = 0
}

/** Closes the whole position at `level`, moved by slippage. */
function exitAll(account: Account, book: MarketBook, timeMs: f64, level: f64, reason: i32): void {
  const price = slipped(level, book.side < 0)
  applyExit(account, book, fillOf(book.quantity, price, level, timeMs), reason)
}

/** At the end of the data: closes the rest at this price. */
export function closeAtEnd(account: Account, book: MarketBook, price: f64): void {
  if (book.side == 0) return
  applyExit(account, book, fillOf(book.quantity, price, price, book.lastTimeMs), ExitReasonCode.endOfData)
}

function begin(account: Account, book: MarketBook, run: MarketRun, timeMs: f64, equity: f64, price: f64, priceBefore: f64): void {
  const terms = termsAt(account, book, run, price, equity)
  if (!enter(account, book, terms, price, priceBefore, timeMs)) return
  startSafetyOrders(book, price, terms.quantity)
  setTargets(book, run)
  protect(book, terms.stop)
}
