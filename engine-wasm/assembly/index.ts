// Everything the host may call. Addresses are bytes in this module's memory; the host's side is
// host/engine/engine.ts.
import { Account, startAccount, useSettings } from "./account/account"
import { Agenda } from "./run/agenda"
import { equityNow, useBooks } from "./account/books"
import { bookValue as valueOfBook } from "./account/book-value"
import { newRecordBuffer, RecordBuffer } from "./account/record-buffer"
import { useRecords } from "./account/recorded"
import { isLive, startRunMode } from "./account/run-mode"
import { startAsked } from "./account/asked"
import { advance as advanceLedger, finish as finishLedger } from "./run/blocks"
import { startLive } from "./run/live"
import { Ledger, startAgendas } from "./run/ledger"
import { seriesOf } from "./run/series"
import { marketBookBytes, startMarketBook } from "./account/market-book"
import { useMarketSettings } from "./account/market-rules"
import { IntentField, RejectedField, TradeField } from "./account/record"
import { startCode } from "./decide/by-code"
import { HAS_CODE } from "./has-code"
import { allocate } from "./memory"
import { CandleColumn, ProgramWord } from "./rules/program-word"
import { advanceSweep as advanceSweepOf, startSweep as startSweepOf } from "./sweep/sweep"
import { MarketRun, marketStateBytes, prepareMarket, startOperators } from "./rules/market-run"
import { preparePositionPrograms } from "./rules/position-program"

export { adoptFill, endOrder, fillOrder, setAccount, setMarketRules, showCandles } from "./run/live"
export { visited } from "./mark"
export { allocate, mark, release } from "./memory"
export { computedRows } from "./run/series"
export { finishSweep, sweptFromMs, sweptSamples, sweptToMs } from "./sweep/sweep"
export { operatorBytes, operatorRun, operatorStart } from "./operators/dispatch.gen"

const RECORDS_OF_A_MARKET: i32 = 8_192
const LIVE_RECORDS_OF_A_MARKET: i32 = 512

let ledger: Ledger = changetype<Ledger>(0)
let stateAt: usize = 0
let stateSize: usize = 0

/**
 * Begins a run of `marketCount` markets; settings are rows of f64 (account/setting.ts). Markets follow with
 * `setMarket`.
 */
export function begin(marketCount: i32, settings: usize, marketSettings: usize): void {
  ledger = changetype<Ledger>(allocate(offsetof<Ledger>()))
  ledger.marketCount = marketCount
  ledger.runs = allocate(<usize>marketCount * offsetof<MarketRun>())
  ledger.agendas = allocate(<usize>marketCount * offsetof<Agenda>())
  ledger.dues = allocate((<usize>marketCount) << 2)
  useSettings(settings)
  useMarketSettings(marketSettings)
}

/** Gives market n its program, its candles' columns (u32 addresses in CandleColumn order) and the number of candles. */
export function setMarket(n: i32, program: usize, columns: usize, candleCount: i32, baseMs: f64): void {
  const run = ledger.run(n)
  run.program = program
  run.baseColumns = columns
  run.candleCount = candleCount
  run.baseMs = baseMs
  run.cursor = 0
}

/** Lays out the state and starts it. Call once after all markets are set. */
export function start(): void {
  layOutState()
  preparePositionPrograms()
  let at = stateAt + offsetof<Account>() + <usize>ledger.marketCount * ledger.bookBytes
  for (let n = 0; n < ledger.marketCount; n++) {
    const run = ledger.run(n)
    prepareMarket(run, at)
    startOperators(run)
    startMarketBook(ledger.book(n), n)
    startAsked(ledger.book(n))
    at += <usize>marketStateBytes(run)
  }
  startAccount(ledger.account)
  useBooks(ledger.books, ledger.bookBytes, ledger.marketCount)
  startAgendas(ledger)
  startLive(ledger)
  startRunMode()
  makeBuffers()
  if (HAS_CODE) startCode(ledger.marketCount)
}

function layOutState(): void {
  let latches = 0
  let awaited = 0
  let programs: usize = 0
  for (let n = 0; n < ledger.marketCount; n++) {
    latches = max(latches, ledger.run(n).word(ProgramWord.latchCount))
    awaited = max(awaited, ledger.run(n).word(ProgramWord.awaitedCount))
    programs += <usize>marketStateBytes(ledger.run(n))
  }
  ledger.bookBytes = <usize>marketBookBytes(latches, awaited)
  stateSize = offsetof<Account>() + <usize>ledger.marketCount * ledger.bookBytes + programs
  stateAt = allocate(stateSize)
  ledger.account = changetype<Account>(stateAt)
  ledger.books = stateAt + offsetof<Account>()
}

function makeBuffers(): void {
  const ofMarket = isLive() ? LIVE_RECORDS_OF_A_MARKET : RECORDS_OF_A_MARKET
  const rows = isLive() ? ofMarket * ledger.marketCount : max(ofMarket * ledger.marketCount, 65_536)
  ledger.equityTimes = newRecordBuffer(1, rows)
  ledger.equity = newRecordBuffer(1, rows)
  ledger.trades = newRecordBuffer(TradeField.length, ofMarket * ledger.marketCount)
  ledger.rejections = newRecordBuffer(RejectedField.length, ofMarket * ledger.marketCount)
  ledger.intents = newRecordBuffer(IntentField.length, isLive() ? ofMarket * ledger.marketCount : 0)
  useRecords(ledger.trades, ledger.rejections, ledger.intents)
}

/** Advances by at most `mostCandles` base candles and no further than `untilMs`. Returns how many it did. */
export function advance(mostCandles: i32, untilMs: f64): i32 {
  return advanceLedger(ledger, mostCandles, untilMs)
}

/** Closes open positions at the end of the data. */
export function finish(): void {
  finishLedger(ledger)
}

/** Cash, positions and dust at their last closes: after `finish` the run's final equity. */
export function equity(): f64 {
  return equityNow(ledger.account)
}

/**
 * The record buffers: 0 times of the equity samples, 1 equity, 2 trades, 3 rejections, 4 intents (live). Address of the rows;
 * `recordCount` returns their number.
 */
export function records(kind: i32): usize {
  return buffer(kind).rows
}

export function recordCount(kind: i32): i32 {
  return buffer(kind).count
}

/** Empties all record buffers; the host has copied them. */
export function emptyRecords(): void {
  for (let kind = 0; kind < 5; kind++) buffer(kind).count = 0
}

function buffer(kind: i32): RecordBuffer {
  if (kind == 0) return ledger.equityTimes
  if (kind == 1) return ledger.equity
  if (kind == 2) return ledger.trades
  return kind == 3 ? ledger.rejections : ledger.intents
}

/** The state region: everything that must survive to resume elsewhere, bit for bit. It begins with the account. */
export function stateAddress(): usize {
  return stateAt
}

export function stateBytes(): usize {
  return stateSize
}

/** One figure (BookField) of market n's position and waiting orders. */
export function bookValue(n: i32, field: i32): f64 {
  return valueOfBook(ledger.book(n), field)
}

/** Skips finished candles: after a restore, the market continues from its n-th candle. */
export function seek(n: i32, cursor: i32): void {
  ledger.run(n).cursor = cursor
  ledger.reachedMs = -Infinity
}

/** How many of market n's candles are done. */
export function cursor(n: i32): i32 {
  return ledger.run(n).cursor
}

/** Address of a register's column in the last block, and how many values it has on the strategy clock. */
export function registerAddress(n: i32, register: i32): usize {
  return ledger.run(n).register(register)
}

export function strategyCount(n: i32): i32 {
  return ledger.run(n).strategyClock().count
}

/** Opening times of the strategy clock's candles in the last block. */
export function strategyTimes(n: i32): usize {
  return ledger.run(n).strategyClock().column(CandleColumn.time)
}

/**
 * Runs market 0's program without a broker, for series and charts (run/series.ts). Returns the address of its columns;
 * `computedRows` is how long they are.
 */
export function computeSeries(registers: usize, count: i32, room: i32, untilMs: f64): usize {
  return seriesOf(ledger, registers, count, room, untilMs)
}

/**
 * Begins a sweep over the started run (sweep/sweep.ts says what its parts are). Returns the address of the combinations'
 * rows.
 */
export function startSweep(conditions: usize, shared: i32, places: i32, carryCount: i32, coarseGroups: usize, coarseCount: i32,
  combinations: usize, count: i32, settings: usize, programs: usize, latchCount: i32): usize {
  return startSweepOf(ledger, conditions, shared, places, carryCount, coarseGroups, coarseCount, combinations,
    count, settings, programs, latchCount)
}

/** Runs every combination of a begun sweep over at most `mostBlocks` blocks of market 0. Returns base candles done. */
export function advanceSweep(mostBlocks: i32, untilMs: f64): i32 {
  return advanceSweepOf(ledger, mostBlocks, untilMs)
}
