// What a strategy in code decides at the close of a candle. The counterpart of by-rules.ts: the same orders, put down
// the same way.
import { Account } from "../account/account"
import { expireLimit, placeEntry, wait } from "./orders"
import { reject } from "../account/apply-fill"
import { MarketBook, Waiting } from "../account/market-book"
import { ExitReasonCode, RejectedReasonCode } from "../account/record"
import { Setting } from "../account/setting"
import { setting } from "../account/account"
import { get } from "../column"
import { entryRefusal } from "./limits"
import { Clock } from "../rules/clock"
import { MarketRun } from "../rules/market-run"
import { CandleColumn } from "../rules/program-word"
import { Candle } from "../code/candle"
import { fillUp, lift } from "../code/fuel"
import { HigherTimeframe } from "../code/higher-timeframe"
import { atMomentOf } from "../code/moment"
import { columnCount } from "../code/names"
import { Order } from "../code/order"
import { startStrategies, strategyOf, waitingTermsOf } from "../code/strategies"
import { Strategy } from "../code/strategy"

const candle = new Candle()

/** What the strategy decides. */
export function decideByCode(account: Account, book: MarketBook, run: MarketRun, i: i32, closesAtMs: f64): void {
  if (book.side != 0) book.candlesHeld += 1
  const strategy = strategyOf(book.number)
  ask(strategy, account, book, run.strategyClock(), i)
  if (book.side != 0 && book.exitWaits == Waiting.none) decideExitByCode(strategy, book)
  if (book.entryWaits == Waiting.limit) expireLimit(account, book, closesAtMs)
  if (book.side != 0 && book.exitWaits == Waiting.none) decideAdjustment(strategy, account, book, closesAtMs)
  else decideEntryByCode(strategy, account, book, run, i, closesAtMs)
}

/**
 * A candle before trading begins: the strategy sees it, so that its indicators know it, and what it wishes is let go.
 */
export function watchByCode(account: Account, book: MarketBook, run: MarketRun, i: i32): void {
  ask(strategyOf(book.number), account, book, run.strategyClock(), i)
}

// What handles the strategy is inlined: a call with one of the heap's objects costs a frame on the collector's stack.
/** Shows the candle to the strategy, longer ones first, and lets it say what it wishes. */
// @ts-ignore: decorator
@inline
function ask(strategy: Strategy, account: Account, book: MarketBook, clock: Clock, i: i32): void {
  showCandle(clock, i)
  atMomentOf(book.number, candle.openTimeMs)
  strategy.position.show(book)
  strategy.equity = account.equity
  strategy.forgetWishes()
  fillUp()
  if (strategy.higherCount > 0) tellHigher(strategy, clock.timeframeMs)
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

function tellHigher(strategy: Strategy, ownMs: f64): void {
  for (let n = 0; n < strategy.higherCount; n++) {
    const higher = strategy.higher[n]
    tell(strategy, higher, higher.endedBy(candle, ownMs))
    tell(strategy, higher, higher.add(candle, ownMs))
  }
}

function tell(strategy: Strategy, higher: HigherTimeframe, closed: Candle | null): void {
  if (closed != null) strategy.onHigher(higher.timeframe, closed)
}

// @ts-ignore: decorator
@inline
function decideExitByCode(strategy: Strategy, book: MarketBook): void {
  const held = setting(Setting.timeStopCandles)
  if (strategy.wantsClose || (strategy.wantsPercent && strategy.wantedPercent == 0)) wait(book, ExitReasonCode.signal)
  else if (held > 0 && book.candlesHeld >= held) wait(book, ExitReasonCode.timeStop)
}

/** A held position is brought to another size: the difference waits for the next open. */
function decideAdjustment(strategy: Strategy, account: Account, book: MarketBook, closesAtMs: f64): void {
  if (!strategy.wantsPercent || book.entryWaits != Waiting.none) return
  if (!isFinite(strategy.wantedPercent)) return reject(book, closesAtMs, RejectedReasonCode.notReady)
  account.waitingEntries += 1
  book.entrySide = book.side
  book.entryDelay = <i32>setting(Setting.delayCandles)
  book.entryWaits = Waiting.market
  waitingTermsOf(book.number).equityPercent = strategy.wantedPercent
}

// @ts-ignore: decorator
@inline
function decideEntryByCode(strategy: Strategy, account: Account, book: MarketBook, run: MarketRun, i: i32, closesAtMs: f64): void {
  if (book.entryWaits != Waiting.none) return
  if (strategy.wantsPercent && strategy.wantedPercent != 0) orderByPercent(strategy)
  const long = strategy.longOrder.wanted
  const short = strategy.shortOrder.wanted
  if (!long && !short) return
  if (long && short) return reject(book, closesAtMs, RejectedReasonCode.conflictingSignals)
  // A position about to end may be followed by its opposite at the same open, never by itself.
  if (book.side == (long ? 1 : -1)) return
  const order = long ? strategy.longOrder : strategy.shortOrder
  if (order.isUnsound) return reject(book, closesAtMs, RejectedReasonCode.notReady)
  const refusal = entryRefusal(account, book)
  if (refusal >= 0) return reject(book, closesAtMs, refusal)
  placeEntry(account, book, run, i, long ? 1 : -1)
  book.waitingTag = order.tagNumber
  if (order.stopKind >= 0) book.waitingStop = order.stopInput
  waitingTermsOf(book.number).copyFrom(order)
}

/** Without a position, `targetPercent` is an entry of that size. */
function orderByPercent(strategy: Strategy): void {
  const percent = strategy.wantedPercent
  const order: Order = percent < 0 ? strategy.sellShort() : strategy.buy()
  order.percent(abs(percent))
}

/** Makes one strategy for each market, once the run is laid out. */
export function startCode(marketCount: i32): void {
  candle.extras = new Array<f64>(columnCount())
  fillUp()
  startStrategies(marketCount)
  lift()
}
