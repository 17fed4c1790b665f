// A block of several markets, moment by moment. First it finishes and decides on candles that have ended by then,
// then it fills at the opens. So nobody knows another market's candle before it has ended, whatever their lengths and
// grids. Markets that share a moment come in the document's order.
import { mark } from "../mark"
import { get } from "../column"
import { Mark } from "../path-mark"
import { Clock } from "../rules/clock"
import { openPrice, opensAt, openTime } from "../rules/next-open"
import { CandleColumn } from "../rules/program-word"
import { Account, freeCash, setting } from "../account/account"
import { Agenda } from "./agenda"
import { equityNow, setAsideNow } from "../account/books"
import { buysInside, closeAtEnd, enterAtOpen, exitAtOpen, finishCandle,
  insideCandle, mayBuyInside, mostSpentInside } from "../fill/fill-mode"
import { askDecided } from "../decide/ask-exchange"
import { decide, watch } from "../decide/decide"
import { intendExit } from "../decide/intents"
import { askLevels } from "../fill/ask-levels"
import { reachesUp } from "../fill/base-candle"
import { roiPrice } from "../fill/targets"
import { ExitReasonCode } from "../account/record"
import { isLive, isPeer } from "../account/run-mode"
import { Ledger } from "./ledger"
import { IntentKind } from "../account/intent"
import { MarketBook } from "../account/market-book"
import { marketSetting } from "../account/market-rules"
import { withdrawEntry } from "../account/withdraw"
import { sample } from "./sample"
import { MarketSetting, Setting } from "../account/setting"

/** Runs the block up to `nowMs`. A candle that opens just then belongs to the next block. */
export function manyMarkets(ledger: Ledger, nowMs: f64): void {
  for (let n = 0; n < ledger.marketCount; n++) lookAhead(ledger, ledger.agenda(n), n, nowMs)
  while (true) {
    const timeMs = findDue(ledger)
    if (ledger.pendingCount > 0 && !allEndAt(ledger, timeMs)) setAside(ledger)
    if (timeMs > nowMs || timeMs == Infinity) break
    mark(Mark.manyMoment)
    endCandles(ledger, timeMs)
    closeCandles(ledger, timeMs)
    for (let k = 0; k < ledger.dueCount; k++) if (ledger.due(k).leavesMs == timeMs) leave(ledger.account, ledger.due(k).book)
    for (let k = 0; k < ledger.dueCount; k++) findOpen(ledger.due(k), nowMs)
    openCandles(ledger, timeMs)
    for (let k = 0; k < ledger.dueCount; k++) findNext(ledger, ledger.due(k))
  }
  for (let n = 0; n < ledger.marketCount; n++) if (isAsleep(ledger.book(n))) catchUp(ledger.agenda(n), nowMs)
}

/** The earliest moment with an event, and its markets, in the document's order. */
function findDue(ledger: Ledger): f64 {
  let timeMs = Infinity
  ledger.dueCount = 0
  for (let n = 0; n < ledger.marketCount; n++) {
    const nextMs = ledger.agenda(n).nextMs
    if (nextMs > timeMs) continue
    if (nextMs < timeMs) ledger.dueCount = 0
    timeMs = nextMs
    ledger.addDue(ledger.agenda(n))
  }
  return timeMs
}

/** The first event of a market in this block. */
function lookAhead(ledger: Ledger, agenda: Agenda, n: i32, nowMs: f64): void {
  agenda.strategy = agenda.run.strategyClock()
  agenda.clock = isPeer() ? agenda.strategy : agenda.run.base()
  agenda.done = 0
  agenda.decided = 0
  const endMs = marketSetting(n, MarketSetting.endMs)
  agenda.leavesMs = endMs < ledger.endMs ? endMs : Infinity
  findOpen(agenda, nowMs)
  findNext(ledger, agenda)
}

/** When the market's next candle opens, if none is under way. A sleeping one does not care. */
// @ts-ignore: decorator
@inline
function findOpen(agenda: Agenda, nowMs: f64): void {
  const book = agenda.book
  agenda.opensMs = Infinity
  if (book.hasOpened == 0 && book.hasEnded == 0 && !isAsleep(book)) agenda.opensMs = opensBefore(agenda, nowMs)
}

/** The next event of a market. A sleeping one checks its strategy candles only. */
function findNext(ledger: Ledger, agenda: Agenda): void {
  const book = agenda.book
  const isOver = book.hasEnded != 0
  const hasOpened = book.hasOpened != 0
  agenda.endsMs = Infinity
  if (isOver) agenda.leavesMs = Infinity
  agenda.closesMs = isOver ? Infinity : closeOf(agenda.strategy, agenda.decided)
  agenda.nextMs = earlier(agenda.closesMs, agenda.leavesMs)
  if (isOver || isAsleep(book)) return release(ledger.account, book)
  if (hasOpened) agenda.endsMs = closeOf(agenda.clock, agenda.done)
  agenda.nextMs = earlier(agenda.nextMs, hasOpened ? agenda.endsMs : agenda.opensMs)
}

// Written out: min<f64> also looks after NaN and signed zeros, which times never are.
// @ts-ignore: decorator
@inline
function earlier(a: f64, b: f64): f64 {
  return select<f64>(a, b, a < b)
}

// @ts-ignore: decorator
@inline
function opensBefore(agenda: Agenda, nowMs: f64): f64 {
  const timeMs = opensAt(agenda.run, agenda.clock, agenda.done)
  return select<f64>(timeMs, Infinity, timeMs < nowMs)
}

/** When candle i of the block closes; Infinity behind the last. */
// @ts-ignore: decorator
@inline
function closeOf(clock: Clock, i: i32): f64 {
  return i < clock.count ? get(clock.column(CandleColumn.closesAt), i) : Infinity
}

/** Nothing is owned or ordered: no candle can do anything to the market. */
// @ts-ignore: decorator
@inline
function isAsleep(book: MarketBook): bool {
  return book.isIdle && book.dust == 0
}

/** Brings a sleeping market to its present state: candles have ended, and one may be under way. */
function catchUp(agenda: Agenda, timeMs: f64): void {
  const clock = agenda.clock
  const book = agenda.book
  let i = agenda.done
  while (closeOf(clock, i) <= timeMs && i < clock.count) i++
  if (i > agenda.done) {
    showLast(book, clock, i - 1)
    book.hasOpened = 0
  }
  agenda.done = i
  // One that is under way since an earlier block still is.
  if (opensAt(agenda.run, clock, i) < timeMs) book.hasOpened = 1
}

/** Candles that end now: fills inside all of them, then their closes. */
export function endCandles(ledger: Ledger, timeMs: f64): void {
  if (ledger.pendingCount > 0 && anyBuys(ledger)) setAside(ledger)
  forgetPending(ledger)
  for (let k = 0; k < ledger.dueCount; k++) if (ledger.due(k).endsMs == timeMs) takeCandle(ledger.account, ledger.due(k))
  for (let k = 0; k < ledger.dueCount; k++) if (ledger.due(k).endsMs == timeMs) endCandle(ledger.due(k))
  if (isLive()) followLive(ledger, timeMs)
}

/** Live: candles that have ended move stops, and the table of returns may end a position. */
function followLive(ledger: Ledger, timeMs: f64): void {
  for (let k = 0; k < ledger.dueCount; k++) {
    const book = ledger.due(k).book
    if (ledger.due(k).endsMs != timeMs || book.side == 0) continue
    if (isReturnReached(book, timeMs)) intendExit(book, ExitReasonCode.roi)
    askDecided(ledger.account, book, ledger.due(k).run, timeMs)
    askLevels(ledger.account, book, timeMs)
  }
}

// Seen at the close only: no order can wait for a price that changes with time.
function isReturnReached(book: MarketBook, timeMs: f64): bool {
  if (setting(Setting.roiCount) == 0 || book.exit.kind != IntentKind.none) return false
  return reachesUp(book.side, book.lastClose, roiPrice(book, timeMs))
}

/**
 * Fills inside a candle, once it has ended. Orders are sized by what was known when it opened, so that the other
 * markets' events meanwhile change nothing.
 */
function takeCandle(account: Account, agenda: Agenda): void {
  const book = agenda.book
  if (book.isIdle) return
  const canBuy = book.allowance == book.allowance
  if (canBuy) account.withheld = freeCash(account) - book.allowance
  insideCandle(account, book, agenda.run, agenda.clock, agenda.done)
  account.withheld = 0
  if (canBuy) release(account, book)
}

/** The candle is over: frees the cash set aside for it. */
function release(account: Account, book: MarketBook): void {
  if (book.setAside > 0) account.setAsideCount -= 1
  book.setAside = 0
  book.allowance = NaN
}

function endCandle(agenda: Agenda): void {
  const book = agenda.book
  const i = agenda.done++
  book.hasOpened = 0
  if (book.isIdle) showLast(book, agenda.clock, i)
  else finishCandle(book, agenda.clock, i)
}

/** The market's last candle is candle i. */
function showLast(book: MarketBook, clock: Clock, i: i32): void {
  book.lastOpen = get(clock.column(CandleColumn.open), i)
  book.lastClose = get(clock.column(CandleColumn.close), i)
  book.lastTimeMs = get(clock.column(CandleColumn.time), i)
}

/** Strategy candles that close now: one equity sample, then every market's decisions. */
function closeCandles(ledger: Ledger, timeMs: f64): void {
  const account = ledger.account
  let isSampled = false
  for (let k = 0; k < ledger.dueCount; k++) {
    const agenda = ledger.due(k)
    if (agenda.closesMs != timeMs) continue
    const i = agenda.decided++
    const openMs = get(agenda.strategy.column(CandleColumn.time), i)
    const isTrading = openMs >= setting(Setting.tradeFromMs)
    if (isAsleep(agenda.book)) catchUp(agenda, timeMs)
    if (isTrading && !isSampled) sample(ledger, openMs, equityNow(account))
    isSampled = isSampled || isTrading
    if (isTrading) {
      decide(account, agenda.book, agenda.run, i, timeMs)
      if (isLive()) askDecided(account, agenda.book, agenda.run, timeMs)
    } else watch(account, agenda.book, agenda.run, i)
  }
}

/** Markets that have no more candles while others go on. */
export function leaveMarkets(ledger: Ledger, nowMs: f64): void {
  for (let n = 0; n < ledger.marketCount; n++) {
    const book = ledger.book(n)
    const endMs = marketSetting(n, MarketSetting.endMs)
    if (book.hasEnded == 0 && endMs <= nowMs && endMs < ledger.endMs) leave(ledger.account, book)
  }
}

/** The market has ended before the others: its position, its orders and its cash are free from now on. */
function leave(account: Account, book: MarketBook): void {
  closeAtEnd(account, book)
  withdrawEntry(account, book)
  book.hasEnded = 1
}

/** Candles that open now: exits at the open, then entries, then cash is set aside for fills inside. */
export function openCandles(ledger: Ledger, timeMs: f64): void {
  const account = ledger.account
  account.withheld = setAsideNow(account)
  if (account.openPositions > 0) {
    for (let k = 0; k < ledger.dueCount; k++) if (ledger.due(k).opensMs == timeMs) exit(account, ledger.due(k))
  }
  if (account.waitingEntries > 0) {
    for (let k = 0; k < ledger.dueCount; k++) if (ledger.due(k).opensMs == timeMs) enter(account, ledger.due(k))
  }
  account.withheld = 0
  for (let k = 0; k < ledger.dueCount; k++) if (ledger.due(k).opensMs == timeMs) open(ledger, ledger.due(k))
}

// @ts-ignore: decorator
@inline
function exit(account: Account, agenda: Agenda): void {
  if (agenda.book.side == 0) return
  exitAtOpen(account, agenda.book, openPrice(agenda.run, agenda.clock, agenda.done), openTime(agenda.run, agenda.clock, agenda.done))
}

// @ts-ignore: decorator
@inline
function enter(account: Account, agenda: Agenda): void {
  if (agenda.book.entry.kind == IntentKind.none) return
  const openMs = openTime(agenda.run, agenda.clock, agenda.done)
  enterAtOpen(account, agenda.book, agenda.run, openPrice(agenda.run, agenda.clock, agenda.done), openMs, equityNow(account))
}

/** The candle is under way; what may be bought inside it is pending. */
// @ts-ignore: decorator
@inline
function open(ledger: Ledger, agenda: Agenda): void {
  const book = agenda.book
  book.hasOpened = 1
  if (book.isIdle || !mayBuyInside(book)) return
  agenda.isPending = 1
  ledger.pendingCount += 1
}

/**
 * Sets aside what resting orders may cost inside newly opened candles, as an exchange locks it: whether they fill is
 * unknown before the candle has ended, and nobody else may count on it. Nothing has happened since they opened.
 */
function setAside(ledger: Ledger): void {
  const account = ledger.account
  const equity = equityNow(account)
  account.withheld = setAsideNow(account)
  for (let n = 0; n < ledger.marketCount; n++) if (ledger.agenda(n).isPending != 0) setAsideFor(account, ledger.agenda(n), equity)
  account.withheld = 0
  forgetPending(ledger)
}

function setAsideFor(account: Account, agenda: Agenda, equity: f64): void {
  const book = agenda.book
  book.equityAtOpen = equity
  book.allowance = freeCash(account)
  book.setAside = mostSpentInside(account, book, agenda.run, openPrice(agenda.run, agenda.clock, agenda.done))
  if (book.setAside > 0) account.setAsideCount += 1
  account.withheld += book.setAside
}

// @ts-ignore: decorator
@inline
function forgetPending(ledger: Ledger): void {
  if (ledger.pendingCount == 0) return
  ledger.pendingCount = 0
  for (let n = 0; n < ledger.marketCount; n++) ledger.agenda(n).isPending = 0
}

/** Whether the candles with pending fills all end at the next moment of this block: then nothing comes between. */
function allEndAt(ledger: Ledger, timeMs: f64): bool {
  if (timeMs == Infinity) return false
  for (let n = 0; n < ledger.marketCount; n++) if (ledger.agenda(n).isPending != 0 && ledger.agenda(n).endsMs != timeMs) return false
  return true
}

/** Whether anything pending was bought inside its candle, which has ended: if not, nothing need be set aside. */
function anyBuys(ledger: Ledger): bool {
  for (let n = 0; n < ledger.marketCount; n++) {
    const agenda = ledger.agenda(n)
    if (agenda.isPending != 0 && buysInside(agenda.book, agenda.clock, agenda.done)) return true
  }
  return false
}
