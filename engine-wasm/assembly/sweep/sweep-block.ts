// The shared data of a block for all combinations: prices of the strategy candles, ranges of their closes, and where
// days end.
import { allocate } from "../memory"
import { BLOCK, get } from "../column"
import { setting } from "../account/account"
import { marketSetting } from "../account/market-rules"
import { MarketSetting, Setting } from "../account/setting"
import { MarketRun } from "../rules/market-run"
import { CandleColumn } from "../rules/program-word"
import { firstAt } from "../run/base-step"
import { highestTable, lowestTable, RANGE_BYTES } from "./price-range"
import { DAY_MS } from "../time-length"


@unmanaged
export class SweepBlock {
  /** Strategy candles of the block; trading begins at `first`, equity samples end before `sampleEnd`. */
  count: i32
  first: i32
  sampleEnd: i32
  dayCount: i32
  time: usize
  close: usize
  closesAt: usize
  highestClose: usize
  lowestClose: usize
  /** The candles that orders fill on; the strategy's own where there are no finer ones. */
  isBase: bool
  baseCount: i32
  /** The base candle after strategy candle `first` - 1. */
  firstBase: i32
  baseTime: usize
  highestHigh: usize
  lowestLow: usize
  /**
   * Pairs of i32: the last candle of a day that has ended (-1: the last of the block before), and how many days
   * without candles followed. One that never ends comes last.
   */
  days: usize
  /** Number of the day of the last sample; NaN before the first. */
  day: f64
  /** Samples so far, and when the first and last of them open. */
  sampleCount: f64
  firstMs: f64
  lastMs: f64
}

export function newSweepBlock(): SweepBlock {
  const block = changetype<SweepBlock>(allocate(offsetof<SweepBlock>()))
  block.highestClose = allocate(RANGE_BYTES)
  block.lowestClose = allocate(RANGE_BYTES)
  block.highestHigh = allocate(RANGE_BYTES)
  block.lowestLow = allocate(RANGE_BYTES)
  block.days = allocate(<usize>(BLOCK + 1) << 3)
  block.day = NaN
  return block
}

/** Reads the block the run has just computed. */
export function lookAt(block: SweepBlock, run: MarketRun): void {
  const clock = run.strategyClock()
  const base = run.base()
  block.count = clock.count
  block.time = clock.column(CandleColumn.time)
  block.close = clock.column(CandleColumn.close)
  block.closesAt = clock.column(CandleColumn.closesAt)
  block.isBase = clock.isBase != 0
  block.baseCount = run.count
  block.baseTime = base.column(CandleColumn.time)
  block.first = firstAt(block.time, 0, block.count, setting(Setting.tradeFromMs))
  block.firstBase = block.isBase ? block.first
    : block.first == 0 ? 0 : firstAt(block.baseTime, 0, block.baseCount, get(block.closesAt, block.first - 1))
  highestTable(block.baseCount, base.column(CandleColumn.high), block.highestHigh)
  lowestTable(block.baseCount, base.column(CandleColumn.low), block.lowestLow)
  block.dayCount = 0
  endDays(block)
  if (block.first == block.count) return
  highestTable(block.count, block.close, block.highestClose)
  lowestTable(block.count, block.close, block.lowestClose)
  // The last sample comes after open positions are closed.
  const isLast = get(block.time, block.count - 1) >= marketSetting(0, MarketSetting.lastCandleMs)
  block.sampleEnd = block.count - i32(isLast)
  findDays(block, block.time)
  if (block.sampleCount == 0) block.firstMs = get(block.time, block.first)
  block.lastMs = get(block.time, block.count - 1)
  block.sampleCount += block.count - block.first
}

/** A candle that closes at midnight belongs to the day it ends, as in host/result/daily-returns.ts. */
function findDays(block: SweepBlock, times: usize): void {
  const closeAfterOpenMs = marketSetting(0, MarketSetting.timeframeMs) - 1
  for (let i = block.first; i < block.count; i++) {
    const day = floor((get(times, i) + closeAfterOpenMs) / DAY_MS)
    if (block.day == block.day && day != block.day) {
      const at = block.days + ((<usize>block.dayCount) << 3)
      block.dayCount += 1
      store<i32>(at, i - 1)
      store<i32>(at + 4, <i32>(day - block.day) - 1)
    }
    block.day = day
  }
  endDays(block)
}

/** After the last day comes one that never ends. */
function endDays(block: SweepBlock): void {
  store<i32>(block.days + ((<usize>block.dayCount) << 3), i32.MAX_VALUE)
}
