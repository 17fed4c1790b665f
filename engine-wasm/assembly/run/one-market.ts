// A block of one market. Most of the time nothing can happen: an account without position or order waits for the next
// entry signal, and its candles are skipped at once. Everything else runs step by step, exactly as with many markets.
import { HAS_CODE } from "../has-code"
import { mark } from "../mark"
import { Mark } from "../path-mark"
import { get } from "../column"
import { MarketRun } from "../rules/market-run"
import { Clock } from "../rules/clock"
import { CandleColumn, ProgramWord } from "../rules/program-word"
import { Account, freeCash, setting } from "../account/account"
import { equityNow } from "../account/books"
import * as peer from "../fill/fill-mode"
import { isPeer } from "../account/run-mode"
import { decide, watch } from "../decide/decide"
import { askOn } from "./ask-on"
import { canHold, canWait, firstMet, firstReached, isCalm, nextSignal } from "./holding"
import { firstAt, showLast, step } from "./base-step"
import { Ledger } from "./ledger"
import { MarketBook } from "../account/market-book"
import { keepSamples, sample, sampleFlat } from "./sample"
import { Setting } from "../account/setting"

/** Runs the block: base candles and the closes of strategy candles in time order. */
export function oneMarket(ledger: Ledger): void {
  if (isPeer()) return onePeer(ledger)
  const run = ledger.run(0)
  const book = ledger.book(0)
  const clock = run.strategyClock()
  const times = run.base().column(CandleColumn.time)
  const closesAt = clock.column(CandleColumn.closesAt)
  let base = 0
  let closed = 0
  while (closed < clock.count) {
    if (HAS_CODE && clock.isBase) {
      const to = askOn(ledger, book, run, closed)
      if (to > closed) {
        closed = to
        base = to
        continue
      }
    }
    if (!HAS_CODE && canWait(ledger, book)) {
      const to = nextSignal(run, closed, clock.count)
      passOver(ledger, closed, to)
      if (to == clock.count) break
      closed = to
      base = clock.isBase ? closed + 1 : firstAt(times, base, run.count, get(closesAt, closed))
      showLast(book, run.base(), base - 1)
    } else if (!HAS_CODE && clock.isBase && canHold(book, run) && book.dust == 0 && isCalm()) {
      const to = holdOn(ledger, book, run, closed)
      closed = to
      base = to
      if (to == clock.count) break
      step(ledger.account, book, run, base++)
    } else {
      while (base < run.count && get(times, base) < get(closesAt, closed)) step(ledger.account, book, run, base++)
    }
    close(ledger, book, run, closed++)
  }
  while (base < run.count) step(ledger.account, book, run, base++)
}

/** The same by another program's fills, whose candles are the strategy's own. */
function onePeer(ledger: Ledger): void {
  const account = ledger.account
  const book = ledger.book(0)
  const run = ledger.run(0)
  const clock = run.strategyClock()
  for (let i = 0; i < clock.count; i++) {
    const openMs = get(clock.column(CandleColumn.time), i)
    const isTrading = openMs >= setting(Setting.tradeFromMs)
    if (book.isIdle) showLast(book, clock, i)
    else stepPeer(account, book, run, clock, i, openMs)
    if (!isTrading) {
      watch(account, book, run, i)
      continue
    }
    sample(ledger, openMs, equityNow(account))
    decide(account, book, run, i, openMs)
  }
}

function stepPeer(account: Account, book: MarketBook, run: MarketRun, clock: Clock, i: i32, openMs: f64): void {
  const open = get(clock.column(CandleColumn.open), i)
  peer.exitAtOpen(account, book, open, openMs)
  book.equityAtOpen = equityNow(account)
  book.allowance = freeCash(account)
  peer.enterAtOpen(account, book, run, open, openMs, book.equityAtOpen)
  peer.insideCandle(account, book, run, clock, i)
  peer.finishCandle(book, clock, i)
}

/** Strategy candles [from, to) close without events. */
function passOver(ledger: Ledger, from: i32, to: i32): void {
  if (to > from) mark(Mark.passOver)
  const times = ledger.run(0).strategyClock().column(CandleColumn.time)
  sampleFlat(ledger, times + ((<usize>from) << 3), to - from)
  ledger.book(0).candlesSinceExit += to - from
}

/** Samples every candle from `from` on without a fill or an exit; returns the first that may have one. */
function holdOn(ledger: Ledger, book: MarketBook, run: MarketRun, from: i32): i32 {
  const clock = run.strategyClock()
  const exit = firstMet(run, run.word(book.side > 0 ? ProgramWord.exitLong : ProgramWord.exitShort), from, clock.count)
  const to = firstReached(book, clock, from, exit)
  if (to > from) {
    mark(Mark.holdOn)
    sampleHeld(ledger, book, clock, from, to)
    keepSamples(ledger, book, run, from, to)
    book.candlesHeld += to - from
  }
  return to
}

/** The equity at the closes of candles [from, to), two at a time; the row behind them is free too. */
function sampleHeld(ledger: Ledger, book: MarketBook, clock: Clock, from: i32, to: i32): void {
  const rows = ledger.equity.next()
  const closes = clock.column(CandleColumn.close) + ((<usize>from) << 3)
  const cash = f64x2.splat(ledger.account.cash)
  const quantity = f64x2.splat(book.quantity)
  const entry = f64x2.splat(book.entryPrice)
  const isShort = book.side < 0
  for (let at: usize = 0, end = (<usize>(to - from)) << 3; at < end; at += 16) {
    const price = v128.load(closes + at)
    v128.store(rows + at, f64x2.add(cash, f64x2.mul(quantity, isShort ? f64x2.sub(entry, price) : price)))
  }
}

function close(ledger: Ledger, book: MarketBook, run: MarketRun, i: i32): void {
  const clock = run.strategyClock()
  const openMs = get(clock.column(CandleColumn.time), i)
  if (openMs < setting(Setting.tradeFromMs)) {
    watch(ledger.account, book, run, i)
    return
  }
  sample(ledger, openMs, equityNow(ledger.account))
  decide(ledger.account, book, run, i, get(clock.column(CandleColumn.closesAt), i))
}
