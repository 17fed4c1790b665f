// A block of several markets: for each moment exits at the open, then entries at the open, then what happens inside the candles.
// Markets are taken in the document's order where they share a moment.
import { get } from "../operators/column"
import { CandleColumn } from "../rules/program-word"
import { setting } from "./account"
import { candleFrom } from "./base-candle"
import { enterAtOpen, exitAtOpen, finishCandle, insideCandle } from "./conservative"
import { decide } from "./decide"
import { payFunding } from "./funding"
import { Ledger } from "./ledger"
import { Waiting } from "./market-book"
import { sample } from "./sample"
import { Setting } from "./setting"

/** Goes through the block up to `nowMs`. */
export function manyMarkets(ledger: Ledger, nowMs: f64): void {
  while (true) {
    const timeMs = nextTimeMs(ledger)
    closeUntil(ledger, min(timeMs, nowMs))
    if (timeMs == Infinity) return
    atMoment(ledger, timeMs)
  }
}

function nextTimeMs(ledger: Ledger): f64 {
  let next = Infinity
  for (let n = 0; n < ledger.marketCount; n++) {
    const run = ledger.run(n)
    if (ledger.done(n) < run.count) next = min(next, get(run.base().column(CandleColumn.time), ledger.done(n)))
  }
  return next
}

// @ts-ignore: decorator
@inline
function isAt(ledger: Ledger, n: i32, timeMs: f64): bool {
  const run = ledger.run(n)
  return ledger.done(n) < run.count && get(run.base().column(CandleColumn.time), ledger.done(n)) == timeMs
}

function atMoment(ledger: Ledger, timeMs: f64): void {
  for (let n = 0; n < ledger.marketCount; n++) {
    if (ledger.book(n).side != 0 && isAt(ledger, n, timeMs)) exitAtOpen(ledger.account, ledger.book(n), candleFrom(ledger.run(n).base(), ledger.done(n)))
  }
  for (let n = 0; n < ledger.marketCount; n++) {
    if (ledger.book(n).entryWaits != Waiting.none && isAt(ledger, n, timeMs)) {
      enterAtOpen(ledger.account, ledger.book(n), ledger.run(n), candleFrom(ledger.run(n).base(), ledger.done(n)), ledger.equityNow())
    }
  }
  for (let n = 0; n < ledger.marketCount; n++) {
    if (!isAt(ledger, n, timeMs)) continue
    const book = ledger.book(n)
    const candle = candleFrom(ledger.run(n).base(), ledger.done(n))
    if (!book.isIdle) insideCandle(ledger.account, book, ledger.run(n), candle, book.entryWaits == Waiting.none ? 0 : ledger.equityNow())
    payFunding(ledger.account, book, ledger.run(n), ledger.done(n))
    finishCandle(book, candle)
    ledger.setDone(n, ledger.done(n) + 1)
  }
}

/** Closes the strategy candles that end by `timeMs`, moment by moment: one equity sample, then every market's decisions. */
function closeUntil(ledger: Ledger, timeMs: f64): void {
  while (true) {
    const closesAtMs = nextCloseMs(ledger)
    if (closesAtMs > timeMs) return
    closeAt(ledger, closesAtMs)
  }
}

function nextCloseMs(ledger: Ledger): f64 {
  let next = Infinity
  for (let n = 0; n < ledger.marketCount; n++) {
    const clock = ledger.run(n).strategyClock()
    if (ledger.decided(n) < clock.count) next = min(next, get(clock.column(CandleColumn.closesAt), ledger.decided(n)))
  }
  return next
}

function closeAt(ledger: Ledger, closesAtMs: f64): void {
  const candleOpenMs = closesAtMs - ledger.run(0).strategyClock().timeframeMs
  const isTrading = candleOpenMs >= setting(Setting.tradeFromMs)
  if (isTrading) sample(ledger, candleOpenMs, ledger.equityNow())
  for (let n = 0; n < ledger.marketCount; n++) {
    const i = ledger.decided(n)
    const clock = ledger.run(n).strategyClock()
    if (i >= clock.count || get(clock.column(CandleColumn.closesAt), i) != closesAtMs) continue
    ledger.setDecided(n, i + 1)
    if (isTrading) decide(ledger.account, ledger.book(n), ledger.run(n), i, closesAtMs)
  }
}
