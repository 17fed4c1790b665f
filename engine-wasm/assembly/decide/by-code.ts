// What a strategy in code decides at the close of a candle. The counterpart of by-rules.ts: the same intents, put
// down the same way.
import { Account, wholeSetting } from "../account/account"
import { Intent, IntentKind } from "../account/intent"
import { MarketBook, worth } from "../account/market-book"
import { ExitReasonCode, RejectedReasonCode } from "../account/record"
import { reject } from "../account/recorded"
import { Setting, SizeKind } from "../account/setting"
import { ageEntry } from "../account/withdraw"
import { get, set } from "../column"
import { Clock } from "../rules/clock"
import { MarketRun } from "../rules/market-run"
import { CandleColumn } from "../rules/program-word"
import { Candle } from "../code/candle"
import { fillUp, lift } from "../code/fuel"
import { HigherTimeframe } from "../code/higher-timeframe"
import { atMomentOf } from "../code/moment"
import { columnCount } from "../code/names"
import { Order } from "../code/order"
import { startStrategies, strategyOf } from "../code/strategies"
import { Strategy } from "../code/strategy"
import { isHeldOut } from "./by-rules"
import { intendEntry, intendExit } from "./intents"
import { showLast } from "./last-candle"
import { sampleEquity } from "./limits"

const candle = new Candle()

/** What the strategy decides. */
export function decideByCode(account: Account, book: MarketBook, run: MarketRun, i: i32, closesAtMs: f64): void {
  if (book.side != 0) book.candlesHeld += 1
  const strategy = strategyOf(book.number)
  ask(strategy, account, book, run.strategyClock(), i)
  grant(strategy, account, book, run, i, closesAtMs)
}

/** Shows candles to the strategy while nothing is held; returns the first on which it wants something, or `to`. */
export function askFlat(account: Account, book: MarketBook, clock: Clock, from: i32, to: i32): i32 {
  const strategy = strategyOf(book.number)
  for (let i = from; i < to; i++) {
    showLast(book, clock, i)
    ask(strategy, account, book, clock, i)
    if (strategy.wantsSomething) return i
  }
  return to
}

/** The same while a position is held that no candle of these ends; the equity at their closes goes to `rows`. */
export function askHeld(account: Account, book: MarketBook, clock: Clock, from: i32, to: i32, rows: usize): i32 {
  const strategy = strategyOf(book.number)
  for (let i = from; i < to; i++) {
    showLast(book, clock, i)
    const equity = account.cash + worth(book, book.lastClose)
    sampleEquity(account, equity, book.lastTimeMs)
    set(rows, i - from, equity)
    book.candlesHeld += 1
    ask(strategy, account, book, clock, i)
    if (strategy.wantsSomething) return i
  }
  return to
}

/** What the strategy has wanted at candle i is put down. */
export function grantWants(account: Account, book: MarketBook, run: MarketRun, i: i32, closesAtMs: f64): void {
  grant(strategyOf(book.number), account, book, run, i, closesAtMs)
}

// @ts-ignore: decorator
@inline
function grant(strategy: Strategy, account: Account, book: MarketBook, run: MarketRun, i: i32, closesAtMs: f64): void {
  if (book.side != 0 && book.exit.kind == IntentKind.none) decideExitByCode(strategy, book)
  if (book.entry.kind != IntentKind.none && book.entry.isLimit != 0) ageEntry(account, book, closesAtMs)
  if (book.side != 0 && book.exit.kind == IntentKind.none) decideResize(strategy, account, book, closesAtMs)
  else decideEntryByCode(strategy, account, book, run, i, closesAtMs)
}

/**
 * A candle before trading begins: the strategy sees it, so that its indicators know it. Nothing it asks for is done.
 */
export function watchByCode(account: Account, book: MarketBook, run: MarketRun, i: i32): void {
  ask(strategyOf(book.number), account, book, run.strategyClock(), i)
}

// What handles the strategy is inlined: a call with one of the heap's objects costs a frame on the collector's stack.
/** Shows the candle to the strategy, longer ones first, and lets it say what it wants. */
// @ts-ignore: decorator
@inline
function ask(strategy: Strategy, account: Account, book: MarketBook, clock: Clock, i: i32): void {
  showCandle(clock, i)
  atMomentOf(book.number, candle.openTimeMs)
  strategy.position.show(book)
  strategy.equity = account.equity
  strategy.forgetWants()
  fillUp()
  if (strategy.higherCount > 0) showHigher(strategy, clock.timeframeMs)
  strategy.onCandle(candle)
  lift()
}

function showCandle(clock: Clock, i: i32): void {
  candle.openTimeMs = get(clock.column(CandleColumn.time), i)
  candle.closeTimeMs = get(clock.column(CandleColumn.closesAt), i)
  candle.open = get(clock.column(CandleColumn.open), i)
  candle.high = get(clock.column(CandleColumn.high), i)
  candle.low = get(clock.column(CandleColumn.low), i)
  candle.close = get(clock.column(CandleColumn.close), i)
  candle.volume = get(clock.column(CandleColumn.volume), i)
  for (let n = 0; n < columnCount(); n++) candle.extras[n] = get(clock.column(CandleColumn.extras + n), i)
}

function showHigher(strategy: Strategy, ownMs: f64): void {
  for (let n = 0; n < strategy.higherCount; n++) {
    const higher = strategy.higher[n]
    show(strategy, higher, higher.endedBy(candle, ownMs))
    show(strategy, higher, higher.add(candle, ownMs))
  }
}

function show(strategy: Strategy, higher: HigherTimeframe, closed: Candle | null): void {
  if (closed != null) strategy.onHigher(higher.timeframe, closed)
}

// @ts-ignore: decorator
@inline
function decideExitByCode(strategy: Strategy, book: MarketBook): void {
  if (strategy.wantsClose || (strategy.wantsPercent && strategy.wantedPercent == 0)) intendExit(book, ExitReasonCode.signal)
  else if (isHeldOut(book)) intendExit(book, ExitReasonCode.timeStop)
}

/** Resizes an open position: the difference waits for the next open. */
function decideResize(strategy: Strategy, account: Account, book: MarketBook, closesAtMs: f64): void {
  const intent = book.entry
  if (!strategy.wantsPercent || intent.kind != IntentKind.none) return
  if (!isFinite(strategy.wantedPercent)) return reject(book, closesAtMs, RejectedReasonCode.notANumber)
  account.waitingEntries += 1
  intent.kind = IntentKind.resize
  intent.side = book.side
  intent.isLimit = 0
  intent.delay = wholeSetting(Setting.delayCandles)
  intent.sizeKind = SizeKind.equity
  intent.sizeAmount = strategy.wantedPercent
}

// @ts-ignore: decorator
@inline
function decideEntryByCode(strategy: Strategy, account: Account, book: MarketBook, run: MarketRun, i: i32, closesAtMs: f64): void {
  if (book.entry.kind != IntentKind.none) return
  if (strategy.wantsPercent && strategy.wantedPercent != 0) orderByPercent(strategy)
  const long = strategy.longOrder.wanted
  const short = strategy.shortOrder.wanted
  if (!long && !short) return
  if (long && short) return reject(book, closesAtMs, RejectedReasonCode.conflictingSignals)
  // A position about to end may be followed by its opposite at the same open, never by itself.
  if (book.side == (long ? 1 : -1)) return
  const order = long ? strategy.longOrder : strategy.shortOrder
  if (order.isUnsound) return reject(book, closesAtMs, RejectedReasonCode.notANumber)
  const intent = intendEntry(account, book, run, i, long ? 1 : -1, closesAtMs)
  if (intent != null) giveTerms(intent, book, order)
}

/** What the order says beyond the document: tag, stop, size, targets. */
function giveTerms(intent: Intent, book: MarketBook, order: Order): void {
  intent.tag = order.tagNumber
  if (order.stopKind >= 0) {
    intent.stopKind = order.stopKind
    intent.stopInput = order.stopInput
  }
  if (order.baseUnits == order.baseUnits) giveSize(intent, SizeKind.units, order.baseUnits)
  else if (order.equityPercent == order.equityPercent) giveSize(intent, SizeKind.equity, order.equityPercent)
  if (order.targetCount > 0) giveTargets(intent, book, order)
}

function giveSize(intent: Intent, kind: SizeKind, amount: f64): void {
  intent.sizeKind = kind
  intent.sizeAmount = amount
}

function giveTargets(intent: Intent, book: MarketBook, order: Order): void {
  intent.targetCount = order.targetCount
  for (let n = 0; n < order.targetCount; n++) {
    const target = book.wantedTarget(n)
    target.price = order.targetPrices[n]
    target.percent = NaN
    target.share = order.targetShares[n]
  }
}

/** Without a position, `targetPercent` is an entry of that size. */
function orderByPercent(strategy: Strategy): void {
  const percent = strategy.wantedPercent
  const order: Order = percent < 0 ? strategy.sellShort() : strategy.buy()
  order.percent(abs(percent))
}

/** Creates one strategy for each market, once the run is laid out. */
export function startCode(marketCount: i32): void {
  candle.extras = new Array<f64>(columnCount())
  fillUp()
  startStrategies(marketCount)
  lift()
}
