import { exitReasons, type ExitReason, type TradeColumns } from "../host/result/backtest-result.ts"
import { DAY_MS } from "../host/candles/timeframe.ts"
import type { RunRecord } from "../host/result/run-record.ts"

/** One trade in a story; days count from the run's start. */
export type TradeStory = {
  profit: number
  market?: number
  side?: "long" | "short"
  quantity?: number
  entryPrice?: number
  exitPrice?: number
  entryDay?: number
  exitDay?: number
  exitReason?: ExitReason
  fees?: number
  slippage?: number
  /** Money at risk at entry; none: no stop. */
  risk?: number
}

export type RunStory = {
  cash?: number
  /** At each strategy candle's close. */
  equity?: number[]
  holding?: number[]
  fromMs?: number
  timeframeMs?: number
  markets?: string[]
  trades?: TradeStory[]
  rejectedCount?: number
  ambiguousCandles?: number
  exposedSamples?: number
}

/** A run written as a story: daily candles from Monday 2024-01-01 UTC and $100, unless it says otherwise. */
export function runOf(story: RunStory): RunRecord {
  const { cash = 100, equity = [], timeframeMs = DAY_MS, fromMs = Date.UTC(2024, 0, 1) } = story
  return {
    cash,
    timeframeMs,
    equity: {
      equity: Float64Array.from(equity),
      openTimeMs: Float64Array.from(equity, (_, i) => fromMs + i * timeframeMs),
    },
    holdingEnd: (story.holding ?? equity).at(-1) ?? cash,
    markets: story.markets ?? ["BTC/USDT", "ETH/USDT", "SOL/USDT"],
    trades: columnsOf(story.trades ?? [], fromMs),
    rejectedCount: story.rejectedCount ?? 0,
    ambiguousCandles: story.ambiguousCandles ?? 0,
    exposedSamples: story.exposedSamples ?? 0,
  }
}

function columnsOf(trades: TradeStory[], fromMs: number): TradeColumns {
  const column = (of: (trade: TradeStory) => number) => Float64Array.from(trades, of)
  return {
    count: trades.length,
    market: column(({ market = 0 }) => market),
    side: column(({ side }) => (side === "short" ? -1 : 1)),
    quantity: column(({ quantity = 1 }) => quantity),
    entryTimeMs: column(({ entryDay = 0 }) => fromMs + entryDay * DAY_MS),
    entryPrice: column(({ entryPrice = 100 }) => entryPrice),
    exitTimeMs: column(({ exitDay = 1 }) => fromMs + exitDay * DAY_MS),
    exitPrice: column(({ exitPrice = 100 }) => exitPrice),
    exitReason: column(({ exitReason = "signal" }) => exitReasons.indexOf(exitReason)),
    profit: column(({ profit }) => profit),
    feesPaid: column(({ fees = 0 }) => fees),
    slippagePaid: column(({ slippage = 0 }) => slippage),
    initialRisk: column(({ risk = NaN }) => risk),
    entryTag: column(() => 0),
  }
}
