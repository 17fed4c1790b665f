// The shared data of a block for all combinations: prices of the strategy candles, ranges of their closes, and where
// days end.
import { allocate } from "../memory"
import { BLOCK, get } from "../column"
import { setting } from "../account/account"
import { marketSetting } from "../account/market-rules"
import { MarketSetting, Setting } from "../account/setting"
import { MarketRun } from "../rules/market-run"
import { CandleColumn } from "../rules/program-word"
import { RANGE_BYTES, rangeOf } from "./price-range"
import { DAY_MS } from "../time-length"


@unmanaged
export class SweepBlock {
  /** Strategy candles of the block; trading begins at `first`, equity samples end before `sampleEnd`. */
  count: i32
  first: i32
  sampleEnd: i32
  dayCount: i32
  open: usize
  high: usize
  close: usize
  highestClose: usize
  lowestClose: usize
  highestHigh: usize
  lowestHigh: usize
  /**
   * Pairs of i32: the last candle of a day that has ended (-1: the last of the block before), and how many days
   * without candles followed.
   */
  days: usize
  /** Number of the day of the last sample; NaN before the first. */
  day: f64
  /** Samples so far, and when the first and last of them open. */
  sampleCount: f64
  firstMs: f64
  lastMs: f64
  hasShorts: bool
}

export function newSweepBlock(hasShorts: bool): SweepBlock {
  const block = changetype<SweepBlock>(allocate(offsetof<SweepBlock>()))
  block.highestClose = allocate(RANGE_BYTES)
  block.lowestClose = allocate(RANGE_BYTES)
  block.highestHigh = hasShorts ? allocate(RANGE_BYTES) : 0
  block.lowestHigh = hasShorts ? allocate(RANGE_BYTES) : 0
  block.days = allocate(<usize>BLOCK << 3)
  block.day = NaN
  block.hasShorts = hasShorts
  return block
}

/** Reads the block the run has just computed. */
export function lookAt(block: SweepBlock, run: MarketRun): void {
  const clock = run.strategyClock()
  const times = clock.column(CandleColumn.time)
  block.count = clock.count
  block.open = clock.column(CandleColumn.open)
  block.high = clock.column(CandleColumn.high)
  block.close = clock.column(CandleColumn.close)
  block.first = 0
  while (block.first < block.count && get(times, block.first) < setting(Setting.tradeFromMs)) block.first += 1
  if (block.first == block.count) return
  rangeOf(block.count, block.close, block.highestClose, block.lowestClose)
  if (block.hasShorts) rangeOf(block.count, block.high, block.highestHigh, block.lowestHigh)
  // The last sample comes after open positions are closed.
  const isLast = get(times, block.count - 1) >= marketSetting(0, MarketSetting.lastCandleMs)
  block.sampleEnd = block.count - i32(isLast)
  findDays(block, times)
  if (block.sampleCount == 0) block.firstMs = get(times, block.first)
  block.lastMs = get(times, block.count - 1)
  block.sampleCount += block.count - block.first
}

/** A candle that closes at midnight belongs to the day it ends, as in host/result/daily-returns.ts. */
function findDays(block: SweepBlock, times: usize): void {
  const closeAfterOpenMs = marketSetting(0, MarketSetting.timeframeMs) - 1
  block.dayCount = 0
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
}
