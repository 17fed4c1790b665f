import type { Candles } from "../candles/candles.ts"
import type { StrategyDocument } from "../strategy/document/strategy-document.ts"

export type FillMode = "conservative" | "freqtrade" | "backtesting.py"

export type AccountSettings = {
  /** Quote currency at the start. */
  cash: number
  feePercent: number
  slippagePercent: number
  /** Base candles between a decision and its market order reaching the market, beyond the next open. */
  delayCandles: number
  fills: FillMode
  /** Where buying fees come from: the quote currency, or the coins received (as spot exchanges do). */
  feeFrom: "quote" | "received"
  minNotional: number
  /** 0: any quantity / any price. */
  quantityStep: number
  priceTick: number
  /** For shorts; with the fills of freqtrade also for a long's stop and targets. 1 when left out. */
  leverage: number
}

export const defaultAccount: AccountSettings = {
  cash: 1000,
  feePercent: 0.1,
  slippagePercent: 0,
  delayCandles: 0,
  fills: "conservative",
  feeFrom: "quote",
  minNotional: 0,
  quantityStep: 0,
  priceTick: 0,
  leverage: 1,
}

export type BacktestRequest = {
  strategy: StrategyDocument
  /** Values for the document's params; missing ones keep the document's. */
  params?: Record<string, number | boolean>
  /** `priceTick`: the exchange's, where it is known; `account.priceTick` where it is left out. */
  markets: { market: string; candles: Candles; priceTick?: number }[]
  account: AccountSettings
  /**
   * Trading starts at the first strategy candle opening at or after this; earlier candles only warm the indicators
   * up.
   */
  fromMs?: number
  /** Candles opening at or after this are left out. */
  toMs?: number
}

export type BacktestProgress = { doneCandles: number; totalCandles: number }
