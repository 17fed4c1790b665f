import type { BacktestResult, Rejected, Trade } from "../backtest-result.ts"
import type { Drawdown } from "../drawdown.ts"
import type { Light } from "../lights.ts"
import { metricsToJson, type MetricsJson } from "../metrics-json.ts"
import type { RollingSharpe } from "../rolling-sharpe.ts"
import type { ReportCurve } from "../report-curve.ts"
import type { Bin } from "../trade-histogram.ts"
import type { MonthReturn, RegimeTrades, TradeGroup } from "../trade-tables.ts"

/**
 * A run as JSON: what `candlewright backtest --json` prints, the app exports and a report is made of. Metrics that are
 * infinite are the words "Infinity" and "-Infinity".
 */
export type RunJson = {
  /** sha256 of the engine, of the strategy with its params, and of the candles. */
  engine: string
  strategy: string
  data: string
  trades: Trade[]
  metrics: MetricsJson
  rejected: Rejected[]
  /** `RUN_FORMAT`; what an earlier Candlewright wrote has neither this nor the next three. */
  format?: string
  /** sha256 over trades and equity: two runs with the same one are the same run, bit for bit. */
  resultHash?: string
  /** With the same candles this is the same run again. */
  setup?: WrittenSetup
  /** At the close of each strategy candle; times are those candles' open times. */
  curve?: { openTimeMs: number[]; equity: number[]; holding: number[] }
  /** What a person needs beside the figures; a program may do without. */
  about?: RunAbout
}

export const RUN_FORMAT = "candlewright.run/1"

/** What decides a run beside its candles. */
export type WrittenSetup = {
  /** The strategy document as it was run, code and all, for `strategyFromJson` to read. */
  document: unknown
  /** The value of each of its params. */
  params: Record<string, number | boolean>
  account: {
    cash: number
    feePercent: number
    slippagePercent: number
    delayCandles: number
    fills: string
    feeFrom: string
    minNotional: number
    quantityStep: number
    priceTick: number
    leverage: number
  }
  /** `lengthMs`: of one candle; `priceTick`: the exchange's, where it is known. */
  markets: { market: string; lengthMs: number; priceTick?: number }[]
  /** Trading began with the first strategy candle from here on. */
  fromMs?: number
  /** Candles from here on were left out, or were not there yet. */
  toMs: number
}

/** What a run was made with and how it went, as far as its figures alone do not say. Money in `currency`. */
export type RunAbout = {
  name: string
  description: string
  timeframe: string
  markets: string[]
  currency?: string
  /** Nobody ever traded at these prices; absent for candles that came from a market, or that nobody vouches for. */
  isMadeUp?: true
  /** The strategy in plain words. */
  plan: string[]
  /** What can cost more than one thinks, in sentences; an earlier Candlewright did not write it. */
  dangers?: string[]
  params: { label: string; value: number | boolean }[]
  account: {
    cash: number
    feePercent: number
    slippagePercent: number
    delayCandles: number
    fills: string
    minNotional: number
    leverage: number
  }
  candles: { fromMs: number; toMs: number; count: number; lengthMs: number }
  curve: ReportCurve
  rollingSharpe: RollingSharpe
  months: MonthReturn[]
  dips: Drawdown[]
  lights: Light[]
  tables: Record<"perMarket" | "perExitReason" | "perMonth" | "perWeekday" | "perHour", TradeGroup[]> & {
    /** Absent where the strategy carries no model of regimes. */
    perRegime?: RegimeTrades[]
  }
  profitBins: Bin[]
  hourBins: Bin[]
}

/** The part of a run's JSON that programs are promised. */
export function contractJson({
  engine,
  strategy,
  data,
  trades,
  metrics,
  rejected,
}: Omit<BacktestResult, "equity" | "holding">): Omit<RunJson, "about"> {
  return { engine, strategy, data, trades, metrics: metricsToJson(metrics), rejected }
}
