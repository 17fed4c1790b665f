// The run's clockwork: for every moment, in time order across all markets, fills first and then decisions, and one
// equity sample
// for each strategy candle (docs/fills.md). This file cuts the run into blocks; one-market.ts and many-markets.ts go
// through a block.
import { HAS_CODE } from "../code/has-code"
import { BLOCK, get } from "../operators/column"
import { MarketRun, runBlock } from "../rules/market-run"
import { CandleColumn } from "../rules/program-word"
import { Account, setting } from "./account"
import { closeAtEnd } from "./conservative"
import { areEven, evenMarkets } from "./even-markets"
import { manyMarkets } from "./many-markets"
import { equityNow, MarketBook } from "./market-book"
import { oneMarket } from "./one-market"
import { closeAtLastOpen, peerBlock } from "./peer-ledger"
import { RecordBuffer } from "./record-buffer"
import { FillModeCode, Setting } from "./setting"

/** Room in the record buffers that one block could fill. */
const RECORDS_OF_A_BLOCK: i32 = BLOCK * 4

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
  /**
   * Per market: its next event in this block, and before which candle its book is up to date: two i32 each
   * (even-markets.ts; scratch).
   */
  events: usize
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

  @inline event(n: i32): i32 {
    return load<i32>(this.events + ((<usize>n) << 3))
  }

  @inline setEvent(n: i32, key: i32): void {
    store<i32>(this.events + ((<usize>n) << 3), key)
  }

  @inline upTo(n: i32): i32 {
    return load<i32>(this.events + ((<usize>n) << 3) + 4)
  }

  @inline setUpTo(n: i32, i: i32): void {
    store<i32>(this.events + ((<usize>n) << 3) + 4, i)
  }

  @inline equityNow(): f64 {
    return equityNow(this.account, this.books, this.bookBytes, this.marketCount)
  }
}

/**
 * Goes on for at most `mostCandles` base candles a market, up to the moment `untilMs` (candles opening before it;
 * closes at it).
 * Returns how many base candles were done; 0 with candles left means the host must empty the buffers.
 */
export function advance(ledger: Ledger, mostCandles: i32, untilMs: f64): i32 {
  let done = 0
  while (done < mostCandles && hasRoom(ledger)) {
    const size = min(mostCandles - done, BLOCK)
    const count = takeBlock(ledger, size, untilMs)
    done += count
    // The last block stays readable: its columns are what charts and "why?" look at.
    if (count == 0 || !hasMore(ledger, untilMs)) break
  }
  return done
}

function hasMore(ledger: Ledger, untilMs: f64): bool {
  for (let n = 0; n < ledger.marketCount; n++) {
    const run = ledger.run(n)
    if (run.cursor < run.candleCount && baseTime(run, run.cursor) < untilMs) return true
  }
  return false
}

function hasRoom(ledger: Ledger): bool {
  const need = RECORDS_OF_A_BLOCK * ledger.marketCount
  return ledger.equity.room() >= need && ledger.trades.room() >= need && ledger.rejections.room() >= BLOCK
}

/**
 * One block: every market's program, then the moments in order. Returns the base candles of the market that had most.
 */
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
  if (!HAS_CODE && setting(Setting.fills) != FillModeCode.conservative) peerBlock(ledger)
  else if (ledger.marketCount == 1) oneMarket(ledger)
  else if (areEven(ledger, nowMs)) evenMarkets(ledger)
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

/** The data has ended: what is open is closed at its last close. */
export function finish(ledger: Ledger): void {
  if (!HAS_CODE && setting(Setting.fills) != FillModeCode.conservative) return closeAtLastOpen(ledger)
  for (let n = 0; n < ledger.marketCount; n++) closeAtEnd(ledger.account, ledger.book(n))
}
