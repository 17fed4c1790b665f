// A block of several markets: for each moment exits at the open, then entries at the open, then what happens inside
// the candles.
// Markets are taken in the document's order where they share a moment.
import { watchByCode } from "../code/decide-by-code"
import { HAS_CODE } from "../code/has-code"
import { mark } from "../mark"
import { Mark } from "../path-mark"
import { get } from "../operators/column"
import { Clock } from "../rules/clock"
import { MarketRun } from "../rules/market-run"
import { CandleColumn } from "../rules/program-word"
import { setting } from "./account"
import { candleFrom } from "./base-candle"
import { enterAtOpen, exitAtOpen, finishCandle, insideCandle } from "./conservative"
import { decide } from "./decide"
import { payFunding } from "./funding"
import { Ledger } from "./ledger"
import { MarketBook, Waiting } from "./market-book"
import { sample } from "./sample"
import { Setting } from "./setting"

/** Goes through the block up to `nowMs`. */
export function manyMarkets(ledger: Ledger, nowMs: f64): void {
  let timeMs = firstTimeMs(ledger)
  let closesAtMs = firstCloseMs(ledger)
  while (true) {
    const until = earlier(timeMs, nowMs)
    while (closesAtMs <= until && closesAtMs != Infinity) closesAtMs = closeAt(ledger, closesAtMs)
    if (timeMs == Infinity) return
    mark(Mark.manyMoment)
    timeMs = atMoment(ledger, timeMs)
  }
}

// Written out: min<f64> also looks after NaN and signed zeros, which times never are.
// @ts-ignore: decorator
@inline
function earlier(a: f64, b: f64): f64 {
  return select<f64>(a, b, a < b)
}

function firstTimeMs(ledger: Ledger): f64 {
  let next = Infinity
  for (let n = 0; n < ledger.marketCount; n++) next = earlier(openOf(ledger.run(n), ledger.done(n)), next)
  return next
}

function firstCloseMs(ledger: Ledger): f64 {
  let next = Infinity
  for (let n = 0; n < ledger.marketCount; n++) next = earlier(closeOf(ledger.run(n).strategyClock(), ledger.decided(n)), next)
  return next
}

/** When base candle i of the block opens; Infinity behind the last. */
// @ts-ignore: decorator
@inline
function openOf(run: MarketRun, i: i32): f64 {
  return i < run.count ? get(run.base().column(CandleColumn.time), i) : Infinity
}

/** When strategy candle i of the block closes; Infinity behind the last. */
// @ts-ignore: decorator
@inline
function closeOf(clock: Clock, i: i32): f64 {
  return i < clock.count ? get(clock.column(CandleColumn.closesAt), i) : Infinity
}

// @ts-ignore: decorator
@inline
function isAt(ledger: Ledger, n: i32, timeMs: f64): bool {
  return openOf(ledger.run(n), ledger.done(n)) == timeMs
}

/** All that happens to base candles opening now. Returns when the next one opens. */
function atMoment(ledger: Ledger, timeMs: f64): f64 {
  for (let n = 0; n < ledger.marketCount; n++) {
    if (ledger.book(n).side != 0 && isAt(ledger, n, timeMs)) exitAtOpen(ledger.account, ledger.book(n), candleFrom(ledger.run(n).base(), ledger.done(n)))
  }
  for (let n = 0; n < ledger.marketCount; n++) {
    if (ledger.book(n).entryWaits != Waiting.none && isAt(ledger, n, timeMs)) {
      enterAtOpen(ledger.account, ledger.book(n), ledger.run(n), candleFrom(ledger.run(n).base(), ledger.done(n)), ledger.equityNow())
    }
  }
  for (let n = 0; n < ledger.marketCount; n++) {
    if (isAt(ledger, n, timeMs)) takeCandle(ledger, ledger.book(n), ledger.run(n), ledger.done(n))
  }
  let next = Infinity
  for (let n = 0; n < ledger.marketCount; n++) {
    const run = ledger.run(n)
    let done = ledger.done(n)
    if (openOf(run, done) == timeMs) {
      endCandle(ledger.book(n), run, done++)
      ledger.setDone(n, done)
    }
    next = earlier(openOf(run, done), next)
  }
  return next
}

/** What happens inside base candle i of the block. */
// @ts-ignore: decorator
@inline
export function takeCandle(ledger: Ledger, book: MarketBook, run: MarketRun, i: i32): void {
  if (book.isIdle) return
  insideCandle(ledger.account, book, run, candleFrom(run.base(), i), book.entryWaits == Waiting.none ? 0 : ledger.equityNow())
  payFunding(ledger.account, book, run, i)
}

/**
 * Its end, once all markets are through with theirs: what one sizes inside a candle must not know how another's
 * candle ends.
 */
// @ts-ignore: decorator
@inline
export function endCandle(book: MarketBook, run: MarketRun, i: i32): void {
  if (!book.isIdle) return finishCandle(book, candleFrom(run.base(), i))
  book.lastClose = get(run.base().column(CandleColumn.close), i)
  book.lastTimeMs = get(run.base().column(CandleColumn.time), i)
}

/**
 * Strategy candles that close at this moment: one equity sample, then every market's decisions. Returns when the next
 * ones close.
 */
function closeAt(ledger: Ledger, closesAtMs: f64): f64 {
  const candleOpenMs = closesAtMs - ledger.run(0).strategyClock().timeframeMs
  const isTrading = candleOpenMs >= setting(Setting.tradeFromMs)
  if (isTrading) sample(ledger, candleOpenMs, ledger.equityNow())
  let next = Infinity
  for (let n = 0; n < ledger.marketCount; n++) {
    const run = ledger.run(n)
    const clock = run.strategyClock()
    let i = ledger.decided(n)
    if (closeOf(clock, i) == closesAtMs) {
      if (HAS_CODE && !isTrading) watchByCode(ledger.account, ledger.book(n), ledger.run(n), i)
      if (isTrading) decide(ledger.account, ledger.book(n), run, i, closesAtMs)
      ledger.setDecided(n, ++i)
    }
    next = earlier(closeOf(clock, i), next)
  }
  return next
}
