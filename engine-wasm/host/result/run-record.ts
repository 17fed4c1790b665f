import type { EquityCurve, TradeColumns } from "./backtest-result.ts"

/** What a finished run leaves behind, in columns: the single source of every metric and table. */
export type RunRecord = {
  /** In the order they were closed. */
  trades: TradeColumns
  /** Oldest first, one sample per strategy candle: cash + positions at its close, net of fees. */
  equity: EquityCurve
  /** At the last sample: what the cash would be worth in the markets, in equal parts. */
  holdingEnd: number
  /** Quote currency at the start, above 0. */
  cash: number
  /** Of the strategy. */
  timeframeMs: number
  markets: readonly string[]
  rejectedCount: number
  /** Base candles that reached both stop and target, where the stop was assumed. */
  ambiguousCandles: number
  /** Equity samples at which a position was open. */
  exposedSamples: number
}
