// The run's clockwork: for every moment, in time order across all markets, fills first and then decisions, and one
// equity sample for each strategy candle (docs/fills.md). This file cuts the run into blocks; one-market.ts and
// many-markets.ts run them.
import { BLOCK, get } from "../column"
import { baseEndMs } from "../rules/calendar"
import { MarketRun, runBlock } from "../rules/market-run"
import { CandleColumn } from "../rules/program-word"
import { areEven, evenMarkets } from "./even-markets"
import { closeAtEnd } from "../fill/fill-mode"
import { isLive, isPeer } from "../account/run-mode"
import { Ledger } from "./ledger"
import { manyMarkets } from "./many-markets"
import { oneMarket } from "./one-market"

/** Room in the record buffers that one candle could fill. */
const RECORDS_OF_A_CANDLE: i32 = 4
/** A live run takes candles one by one; only its warm-up has more. Its buffers are small. */
const LIVE_BLOCK: i32 = 64

/**
 * Advances by at most `mostCandles` base candles a market, up to the moment `untilMs` (candles that end by then,
 * candles that open before it). Returns how many base candles it did; 0 with candles left means the host must empty
 * the buffers.
 */
export function advance(ledger: Ledger, mostCandles: i32, untilMs: f64): i32 {
  let done = 0
  if (untilMs <= ledger.reachedMs && !hasMore(ledger, untilMs)) return 0
  while (done < mostCandles && hasRoom(ledger)) {
    const size = min(mostCandles - done, isLive() ? LIVE_BLOCK : BLOCK)
    const count = takeBlock(ledger, size, untilMs)
    done += count
    // The last block stays readable: charts and "why?" use its columns.
    if (count == 0 || !hasMore(ledger, untilMs)) break
  }
  return done
}

function hasMore(ledger: Ledger, untilMs: f64): bool {
  for (let n = 0; n < ledger.marketCount; n++) {
    const run = ledger.run(n)
    if (run.cursor < run.candleCount && baseEnd(run, run.cursor) <= untilMs) return true
  }
  return false
}

function hasRoom(ledger: Ledger): bool {
  const most = isLive() ? LIVE_BLOCK : BLOCK
  const need = most * RECORDS_OF_A_CANDLE * ledger.marketCount
  return ledger.equity.room() >= need && ledger.trades.room() >= need && ledger.rejections.room() >= most
}

/**
 * One block: every market's program, then the moments in order. Returns the base candles of the market with the most.
 */
function takeBlock(ledger: Ledger, size: i32, untilMs: f64): i32 {
  const nowMs = blockEndMs(ledger, size, untilMs)
  ledger.reachedMs = nowMs
  let most = 0
  for (let n = 0; n < ledger.marketCount; n++) {
    const run = ledger.run(n)
    const count = candlesUntil(run, nowMs, size)
    runBlock(run, count, nowMs)
    most = max(most, count)
  }
  if (isLive()) manyMarkets(ledger, nowMs)
  else if (ledger.marketCount == 1) oneMarket(ledger)
  else if (isPeer()) manyMarkets(ledger, nowMs)
  else if (areEven(ledger)) evenMarkets(ledger, nowMs)
  else manyMarkets(ledger, nowMs)
  for (let n = 0; n < ledger.marketCount; n++) ledger.run(n).cursor += ledger.run(n).count
  return most
}

/** The next block of market 0's program alone, without trading. Returns its base candles. */
export function computeBlock(ledger: Ledger, untilMs: f64): i32 {
  const run = ledger.run(0)
  run.cursor += run.count
  const nowMs = blockEndMs(ledger, BLOCK, untilMs)
  runBlock(run, candlesUntil(run, nowMs, BLOCK), nowMs)
  return run.count
}

/** The moment this block reaches: no market has more than `size` candles that end by then. */
function blockEndMs(ledger: Ledger, size: i32, untilMs: f64): f64 {
  let endMs = untilMs
  for (let n = 0; n < ledger.marketCount; n++) {
    const run = ledger.run(n)
    const last = run.cursor + (run.hasAggregates() ? min(size, BLOCK - 2) : size) - 1
    if (last < run.candleCount) endMs = min(endMs, baseEnd(run, last))
  }
  return endMs
}

/** When base candle n ends. */
function baseEnd(run: MarketRun, n: i32): f64 {
  return baseEndMs(baseTime(run, n), n + 1 < run.candleCount ? baseTime(run, n + 1) : Infinity, run.baseMs)
}

// @ts-ignore: decorator
@inline
function baseTime(run: MarketRun, n: i32): f64 {
  return get(<usize>load<u32>(run.baseColumns + (CandleColumn.time << 2)), n)
}

/** How many base candles end by then, of at most `size`. */
function candlesUntil(run: MarketRun, nowMs: f64, size: i32): i32 {
  let low = run.cursor
  let high = min(run.candleCount, run.cursor + size)
  while (low < high) {
    const middle = (low + high) >> 1
    if (baseEnd(run, middle) <= nowMs) low = middle + 1
    else high = middle
  }
  return low - run.cursor
}

/** The data has ended: closes open positions. */
export function finish(ledger: Ledger): void {
  for (let n = 0; n < ledger.marketCount; n++) closeAtEnd(ledger.account, ledger.book(n))
}
