import type { Metrics } from "./metrics.ts"

export type ExitReason =
  | "signal"
  | "stop"
  | "trailing"
  | "takeProfit"
  | "roi"
  | "timeStop"
  | "breakEven"
  | "liquidation"
  | "endOfData"

export type Trade = {
  market: string
  side: "long" | "short"
  /** Base units. */
  quantity: number
  /** Open time of the base candle in which the fill happened. */
  entryTimeMs: number
  /** Average entry price, after slippage. */
  entryPrice: number
  exitTimeMs: number
  exitPrice: number
  exitReason: ExitReason
  /** Quote currency, after all fees. */
  profit: number
  /** Profit as percent of what the entry cost. */
  profitPercent: number
  /** Quote currency, both sides. */
  feesPaid: number
  entryTag: string
}

export type RejectedReason =
  | "cooldown"
  | "maxOpenPositions"
  | "dailyLoss"
  | "maxDrawdown"
  | "correlation"
  | "cash"
  | "minimumNotional"
  | "quantityStep"
  | "conflictingSignals"
  | "limitExpired"
  | "notReady"
  | "stopBeyondEntry"
  | "notANumber"

export type Rejected = { timeMs: number; market: string; reason: RejectedReason }

/** Equity at the close of each strategy candle; times are those candles' open times. */
export type EquityCurve = { openTimeMs: Float64Array; equity: Float64Array }

export type BacktestResult = {
  /**
   * sha256 of the engine binary, of the canonical strategy document with its params, and of the candles: these
   * reproduce the run.
   */
  engine: string
  strategy: string
  data: string
  trades: Trade[]
  equity: EquityCurve
  /** What the same cash would be worth in the markets, in equal parts, on the same samples. */
  holding: Float64Array
  metrics: Metrics
  rejected: Rejected[]
}

/**
 * Trades as columns, as they leave the engine; `tradesOf` turns them into objects. Times ms, prices and money in
 * quote currency.
 */
export type TradeColumns = {
  count: number
  /** Index into the run's markets. */
  market: Float64Array
  /** 1 long, -1 short. */
  side: Float64Array
  quantity: Float64Array
  entryTimeMs: Float64Array
  entryPrice: Float64Array
  exitTimeMs: Float64Array
  exitPrice: Float64Array
  /** Index into exitReasons. */
  exitReason: Float64Array
  profit: Float64Array
  feesPaid: Float64Array
  /** Money lost to slippage, both sides. */
  slippagePaid: Float64Array
  /** Money at risk at entry: quantity x distance to the first stop; NaN without a stop. */
  initialRisk: Float64Array
  /** Index into the run's entry tags. */
  entryTag: Float64Array
}

export const exitReasons: readonly ExitReason[] = [
  "signal",
  "stop",
  "trailing",
  "takeProfit",
  "roi",
  "timeStop",
  "breakEven",
  "liquidation",
  "endOfData",
]

export const rejectedReasons: readonly RejectedReason[] = [
  "cooldown",
  "maxOpenPositions",
  "dailyLoss",
  "maxDrawdown",
  "correlation",
  "cash",
  "minimumNotional",
  "quantityStep",
  "conflictingSignals",
  "limitExpired",
  "notReady",
  "stopBeyondEntry",
  "notANumber",
]
