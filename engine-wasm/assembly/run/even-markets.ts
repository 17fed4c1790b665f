// A block of several markets whose candles open at the same times. Most of the time nothing can happen in any of
// them: it skips those candles together, and only where one market has an event do all handle the moment, exactly as
// in many-markets.ts.
import { HAS_CODE } from "../has-code"
import { mark } from "../mark"
import { Mark } from "../path-mark"
import { get, set } from "../column"
import { sampleEquity } from "../decide/limits"
import { followPrice } from "../decide/stops"
import { MarketRun } from "../rules/market-run"
import { CandleColumn, ProgramWord } from "../rules/program-word"
import { setting } from "../account/account"
import { reachesDown, reachesUp } from "../fill/base-candle"
import { Agenda } from "./agenda"
import { equityNow } from "../account/books"
import { decide } from "../decide/decide"
import { canHold, firstMet, isCalm, nextSignal } from "./holding"
import { Ledger } from "./ledger"
import { endCandles, leaveMarkets, openCandles } from "./many-markets"
import { MarketBook, worth } from "../account/market-book"
import { sample } from "./sample"
import { Setting } from "../account/setting"

/** Key of a market that has no candles in this block. */
const ABSENT: i32 = i32.MAX_VALUE

/**
 * Whether the block is of this kind: every market has the same candles or none, all of the strategy's own timeframe,
 * and no limit needs every sample.
 */
export function areEven(ledger: Ledger): bool {
  if (HAS_CODE || !isCalm() || setting(Setting.maxCorrelation) != 0) return false
  const leader = leaderOf(ledger)
  if (leader.count == 0) return false
  const times = leader.base().column(CandleColumn.time)
  if (get(times, 0) < setting(Setting.tradeFromMs)) return false
  for (let n = 0; n < ledger.marketCount; n++) if (!isEven(ledger.run(n), ledger.book(n), leader.count, times)) return false
  return true
}

function leaderOf(ledger: Ledger): MarketRun {
  let leader = ledger.run(0)
  for (let n = 1; n < ledger.marketCount && leader.count == 0; n++) leader = ledger.run(n)
  return leader
}

function isEven(run: MarketRun, book: MarketBook, count: i32, times: usize): bool {
  if (run.count == 0) return book.isIdle && book.dust == 0 && run.strategyClock().count == 0
  return book.hasOpened == 0 && run.count == count && run.strategyClock().isBase != 0 &&
    memory.compare(times, run.base().column(CandleColumn.time), (<usize>count) << 3) == 0
}

/** Runs the block: stretches without events, and the moments between them. */
export function evenMarkets(ledger: Ledger, nowMs: f64): void {
  const count = leaderOf(ledger).count
  for (let n = 0; n < ledger.marketCount; n++) {
    ledger.agenda(n).clock = ledger.run(n).base()
    ledger.agenda(n).upTo = 0
    findEvent(ledger, n, 0, count)
  }
  for (let i = 0; i < count;) {
    const key = earliest(ledger)
    const at = min(key >> 1, count)
    const isFollowed = (key & 1) != 0
    pass(ledger, i, isFollowed ? at + 1 : at)
    if (at == count) break
    i = at + 1
    if (!isFollowed) moment(ledger, at)
    for (let n = 0; n < ledger.marketCount; n++) {
      if (!isInvolved(ledger, n, at)) continue
      if (isFollowed) mark(Mark.evenFollow)
      if (isFollowed) followPrice(ledger.book(n), get(bestOf(ledger, n), at))
      findEvent(ledger, n, i, count)
    }
  }
  for (let n = 0; n < ledger.marketCount; n++) if (ledger.agenda(n).event != ABSENT) catchUp(ledger, n, count)
  leaveMarkets(ledger, nowMs)
}

function earliest(ledger: Ledger): i32 {
  let key = ABSENT
  for (let n = 0; n < ledger.marketCount; n++) key = min(key, ledger.agenda(n).event)
  return key
}

/**
 * Finds the market's next event: twice the candle's number, and one more where only the best price moves, which needs
 * no moment.
 */
function findEvent(ledger: Ledger, n: i32, from: i32, count: i32): void {
  ledger.agenda(n).event = eventOf(ledger, n, from, count)
}

function eventOf(ledger: Ledger, n: i32, from: i32, count: i32): i32 {
  const run = ledger.run(n)
  const book = ledger.book(n)
  if (run.count == 0) return ABSENT
  if (book.isIdle) return nextSignal(run, from, count) << 1
  if (!canHold(book, run)) return from << 1
  return heldEvent(ledger, n, from, firstMet(run, run.word(book.side > 0 ? ProgramWord.exitLong : ProgramWord.exitShort), from, count))
}

/** The event of a market in a position, before or at candle `to`, where its exit condition is met. */
function heldEvent(ledger: Ledger, n: i32, from: i32, to: i32): i32 {
  const book = ledger.book(n)
  const side = book.side
  const stop = book.stop
  const target = book.nextTargetPrice
  const follows = setting(Setting.trailingPercent) != 0 || setting(Setting.breakEvenAtPercent) == setting(Setting.breakEvenAtPercent)
  if (stop != stop && target != target && !follows) return to << 1
  const worst = ledger.run(n).base().column(side > 0 ? CandleColumn.low : CandleColumn.high)
  const best = bestOf(ledger, n)
  for (let i = from; i < to; i++) {
    if (reachesDown(side, get(worst, i), stop) || reachesUp(side, get(best, i), target)) return i << 1
    if (follows && <f64>side * (get(best, i) - book.bestPrice) > 0) return (i << 1) + 1
  }
  return to << 1
}

// @ts-ignore: decorator
@inline
function bestOf(ledger: Ledger, n: i32): usize {
  return ledger.run(n).base().column(ledger.book(n).side > 0 ? CandleColumn.high : CandleColumn.low)
}

/** Candles [from, to) close without events: one equity sample each. */
function pass(ledger: Ledger, from: i32, to: i32): void {
  const count = to - from
  if (count == 0) return
  mark(Mark.evenPass)
  const account = ledger.account
  const rows = ledger.equity.appendMany(count)
  for (let i = 0; i < count; i++) set(rows, i, account.cash)
  for (let n = 0; n < ledger.marketCount; n++) {
    if (!counts(ledger.book(n))) continue
    addWorth(ledger.book(n), ledger.run(n).base().column(CandleColumn.close) + ((<usize>from) << 3), count, rows)
    catchUp(ledger, n, to)
  }
  const times = leaderOf(ledger).base().column(CandleColumn.time) + ((<usize>from) << 3)
  memory.copy(ledger.equityTimes.appendMany(count), times, (<usize>count) << 3)
  account.sampleCount += count
  if (account.openPositions > 0) account.exposedSamples += count
  sampleEquity(account, get(rows, count - 1), get(times, count - 1))
}

/** Whether the market's last close is part of the equity. */
// @ts-ignore: decorator
@inline
function counts(book: MarketBook): bool {
  return book.side != 0 || book.dust != 0
}

/** Adds what the market is worth at each close to the samples, in the order in which one sample is summed. */
function addWorth(book: MarketBook, close: usize, count: i32, rows: usize): void {
  if (book.side != 0) for (let i = 0; i < count; i++) set(rows, i, get(rows, i) + worth(book, get(close, i)))
  if (book.dust != 0) for (let i = 0; i < count; i++) set(rows, i, get(rows, i) + book.dust * get(close, i))
}

/** Brings the market's book to its state before candle i: nothing happened to it since. */
function catchUp(ledger: Ledger, n: i32, i: i32): void {
  const count = i - ledger.agenda(n).upTo
  if (count == 0) return
  const book = ledger.book(n)
  const base = ledger.run(n).base()
  book.candlesSinceExit += count
  if (book.side != 0) book.candlesHeld += count
  book.lastClose = get(base.column(CandleColumn.close), i - 1)
  book.lastTimeMs = get(base.column(CandleColumn.time), i - 1)
  ledger.agenda(n).upTo = i
}

// @ts-ignore: decorator
@inline
function isInvolved(ledger: Ledger, n: i32, i: i32): bool {
  return ledger.agenda(n).event >> 1 == i
}

/** Everything that happens to candle i of the markets that have an event there, and its close. */
function moment(ledger: Ledger, i: i32): void {
  mark(Mark.evenMoment)
  const account = ledger.account
  const timeMs = get(leaderOf(ledger).base().column(CandleColumn.time), i)
  bring(ledger, i, true)
  ledger.dueCount = 0
  for (let n = 0; n < ledger.marketCount; n++) if (isInvolved(ledger, n, i)) showMoment(ledger, ledger.agenda(n), i, timeMs)
  openCandles(ledger, timeMs)
  endCandles(ledger, timeMs)
  bring(ledger, i + 1, false)
  const clock = leaderOf(ledger).strategyClock()
  sample(ledger, timeMs, equityNow(account))
  for (let n = 0; n < ledger.marketCount; n++) {
    if (!isInvolved(ledger, n, i)) continue
    decide(account, ledger.book(n), ledger.run(n), i, get(clock.column(CandleColumn.closesAt), i))
    ledger.agenda(n).upTo = i + 1
  }
}

// @ts-ignore: decorator
@inline
function showMoment(ledger: Ledger, agenda: Agenda, i: i32, timeMs: f64): void {
  ledger.addDue(agenda)
  agenda.done = i
  agenda.opensMs = timeMs
  agenda.endsMs = timeMs
}

/**
 * Brings up to before candle i the counted markets that are not involved in the present candle; at its beginning
 * those that are, too.
 */
function bring(ledger: Ledger, i: i32, atOpen: bool): void {
  const at = atOpen ? i : i - 1
  for (let n = 0; n < ledger.marketCount; n++) {
    if (isInvolved(ledger, n, at) ? atOpen : counts(ledger.book(n))) catchUp(ledger, n, i)
  }
}
