// The run's clockwork: for every moment, in time order across all markets, fills first and then decisions, and one equity sample
// for each strategy candle. Markets are taken in the document's order where they share a moment.
import { BLOCK, get } from "../operators/column"
import { MarketRun, runBlock } from "../rules/market-run"
import { CandleColumn } from "../rules/program-word"
import { sampleEquity } from "../risk/limits"
import { Account, setting } from "./account"
import { BaseCandle, closeAtEnd, enterAtOpen, exitAtOpen, finishCandle, insideCandle } from "./conservative"
import { decide } from "./decide"
import { equityNow, MarketBook, Waiting } from "./market-book"
import { RecordBuffer } from "./record-buffer"
import { Setting } from "./setting"

/** Room in the record buffers that one block could fill. */
const RECORDS_OF_A_BLOCK: i32 = BLOCK * 4
const CANDLE_BYTES = memory.data(40)

@unmanaged
export class Ledger {
  account: Account
  marketCount: i32
  /** MarketRun of each market, one after another (scratch). */
  runs: usize
  /** MarketBook of each market (state). */
  books: usize
  bookBytes: usize
  /** Per market: how far this block's base candles and strategy candles are done: two i32 each (scratch). */
  progress: usize
  equityTimes: RecordBuffer
  equity: RecordBuffer
  trades: RecordBuffer
  rejections: RecordBuffer

  @inline run(n: i32): MarketRun {
    return changetype<MarketRun>(this.runs + <usize>n * offsetof<MarketRun>())
  }

  @inline book(n: i32): MarketBook {
    return changetype<MarketBook>(this.books + <usize>n * this.bookBytes)
  }

  @inline done(n: i32): i32 {
    return load<i32>(this.progress + ((<usize>n) << 3))
  }

  @inline setDone(n: i32, count: i32): void {
    store<i32>(this.progress + ((<usize>n) << 3), count)
  }

  @inline decided(n: i32): i32 {
    return load<i32>(this.progress + ((<usize>n) << 3) + 4)
  }

  @inline setDecided(n: i32, count: i32): void {
    store<i32>(this.progress + ((<usize>n) << 3) + 4, count)
  }

  @inline equityNow(): f64 {
    return equityNow(this.account, this.books, this.bookBytes, this.marketCount)
  }
}

/**
 * Goes on for at most `mostCandles` base candles a market, up to the moment `untilMs` (candles opening before it; closes at it).
 * Returns how many base candles were done; 0 with candles left means the host must empty the buffers.
 */
export function advance(ledger: Ledger, mostCandles: i32, untilMs: f64): i32 {
  let done = 0
  while (done < mostCandles && hasRoom(ledger)) {
    const size = min(mostCandles - done, BLOCK)
    const count = takeBlock(ledger, size, untilMs)
    if (count == 0) break
    done += count
  }
  return done
}

function hasRoom(ledger: Ledger): bool {
  const need = RECORDS_OF_A_BLOCK * ledger.marketCount
  return ledger.equity.room() >= need && ledger.trades.room() >= need && ledger.rejections.room() >= BLOCK
}

/** One block: every market's program, then the moments in order. Returns the base candles of the market that had most. */
function takeBlock(ledger: Ledger, size: i32, untilMs: f64): i32 {
  const nowMs = blockEndMs(ledger, size, untilMs)
  let most = 0
  for (let n = 0; n < ledger.marketCount; n++) {
    const run = ledger.run(n)
    const count = candlesBefore(run, nowMs, size)
    runBlock(run, count, nowMs)
    ledger.setDone(n, 0)
    ledger.setDecided(n, 0)
    most = max(most, count)
  }
  if (ledger.marketCount == 1) oneMarket(ledger, nowMs)
  else manyMarkets(ledger, nowMs)
  for (let n = 0; n < ledger.marketCount; n++) ledger.run(n).cursor += ledger.run(n).count
  return most
}

/** The next block of market 0's program alone: nobody trades. Returns its base candles. */
export function computeBlock(ledger: Ledger, untilMs: f64): i32 {
  const run = ledger.run(0)
  run.cursor += run.count
  const nowMs = blockEndMs(ledger, BLOCK, untilMs)
  runBlock(run, candlesBefore(run, nowMs, BLOCK), nowMs)
  return run.count
}

/** The moment this block reaches: no market has more than `size` candles before it. */
function blockEndMs(ledger: Ledger, size: i32, untilMs: f64): f64 {
  let end = untilMs
  let longestMs: f64 = 0
  for (let n = 0; n < ledger.marketCount; n++) {
    const run = ledger.run(n)
    const room = run.hasAggregates() ? min(size, BLOCK - 2) : size
    const next = run.cursor + room
    longestMs = max(longestMs, run.baseMs)
    if (next < run.candleCount) end = min(end, baseTime(run, next))
  }
  // A block ends where every market's candles end, or a candle's close would fall behind it.
  return end == untilMs ? end : max(floor(end / longestMs) * longestMs, firstEndMs(ledger, longestMs))
}

/** The end of the first candle still to come: a block takes at least that one. */
function firstEndMs(ledger: Ledger, longestMs: f64): f64 {
  let first = Infinity
  for (let n = 0; n < ledger.marketCount; n++) {
    const run = ledger.run(n)
    if (run.cursor < run.candleCount) first = min(first, baseTime(run, run.cursor))
  }
  return floor(first / longestMs) * longestMs + longestMs
}

// @ts-ignore: decorator
@inline
function baseTime(run: MarketRun, n: i32): f64 {
  return get(<usize>load<u32>(run.baseColumns + (CandleColumn.time << 2)), n)
}

function candlesBefore(run: MarketRun, endMs: f64, size: i32): i32 {
  let low = run.cursor
  let high = min(run.candleCount, run.cursor + size)
  while (low < high) {
    const middle = (low + high) >> 1
    if (baseTime(run, middle) < endMs) low = middle + 1
    else high = middle
  }
  return low - run.cursor
}

function candleAt(run: MarketRun, i: i32): BaseCandle {
  const candle = changetype<BaseCandle>(CANDLE_BYTES)
  const base = run.base()
  candle.open = get(base.column(CandleColumn.open), i)
  candle.high = get(base.column(CandleColumn.high), i)
  candle.low = get(base.column(CandleColumn.low), i)
  candle.close = get(base.column(CandleColumn.close), i)
  candle.timeMs = get(base.column(CandleColumn.time), i)
  return candle
}

/** One market: the same steps without asking who is next. */
function oneMarket(ledger: Ledger, nowMs: f64): void {
  const run = ledger.run(0)
  const time = run.base().column(CandleColumn.time)
  for (let i = 0; i < run.count; i++) {
    closeUntil(ledger, get(time, i))
    stepOne(ledger, 0, i)
    ledger.setDone(0, i + 1)
  }
  closeUntil(ledger, nowMs)
}

function stepOne(ledger: Ledger, n: i32, i: i32): void {
  const account = ledger.account
  const book = ledger.book(n)
  const run = ledger.run(n)
  const candle = candleAt(run, i)
  if (!book.isIdle) {
    exitAtOpen(account, book, candle)
    if (book.entryWaits != Waiting.none) enterAtOpen(account, book, run, candle, equityBefore(ledger, book))
    if (!book.isIdle) insideCandle(account, book, run, candle, equityBefore(ledger, book))
  }
  finishCandle(book, candle)
}

// @ts-ignore: decorator
@inline
function equityBefore(ledger: Ledger, book: MarketBook): f64 {
  return book.entryWaits == Waiting.none ? 0 : ledger.equityNow()
}

/** Many markets: for each moment, exits at the open, then entries at the open, then what happens inside the candles. */
function manyMarkets(ledger: Ledger, nowMs: f64): void {
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
    if (ledger.book(n).side != 0 && isAt(ledger, n, timeMs)) exitAtOpen(ledger.account, ledger.book(n), candleAt(ledger.run(n), ledger.done(n)))
  }
  for (let n = 0; n < ledger.marketCount; n++) {
    if (ledger.book(n).entryWaits != Waiting.none && isAt(ledger, n, timeMs)) {
      enterAtOpen(ledger.account, ledger.book(n), ledger.run(n), candleAt(ledger.run(n), ledger.done(n)), ledger.equityNow())
    }
  }
  for (let n = 0; n < ledger.marketCount; n++) {
    if (!isAt(ledger, n, timeMs)) continue
    const book = ledger.book(n)
    const candle = candleAt(ledger.run(n), ledger.done(n))
    if (!book.isIdle) insideCandle(ledger.account, book, ledger.run(n), candle, equityBefore(ledger, book))
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
  if (isTrading) sample(ledger, candleOpenMs)
  for (let n = 0; n < ledger.marketCount; n++) {
    const i = ledger.decided(n)
    const clock = ledger.run(n).strategyClock()
    if (i >= clock.count || get(clock.column(CandleColumn.closesAt), i) != closesAtMs) continue
    ledger.setDecided(n, i + 1)
    if (isTrading) decide(ledger.account, ledger.book(n), ledger.run(n), i, closesAtMs)
  }
}

function sample(ledger: Ledger, candleOpenMs: f64): void {
  const equity = ledger.equityNow()
  sampleEquity(ledger.account, equity, candleOpenMs)
  ledger.account.sampleCount += 1
  if (ledger.account.openPositions > 0) ledger.account.exposedSamples += 1
  store<f64>(ledger.equityTimes.append(), candleOpenMs)
  store<f64>(ledger.equity.append(), equity)
}

/** The data has ended: what is open is closed at its last close. */
export function finish(ledger: Ledger): void {
  for (let n = 0; n < ledger.marketCount; n++) closeAtEnd(ledger.account, ledger.book(n))
}
