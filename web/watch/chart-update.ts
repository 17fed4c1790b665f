import type { HistoryState, LiveCandle, LiveNote, Timeframe } from "#engine/candles"
import type { LineState } from "#venues"
import type { WatchedMarket } from "./watched-market.ts"

/** A formula drawn on a live chart: over the prices, or in a pane of its own. */
export type Indicator = { formula: string; pane: "price" | "own" }

/** The charted market and its settings. `id` separates its updates from those of an earlier chart. */
export type ChartRequest = { id: number; market: WatchedMarket; timeframe: Timeframe; formulas: string[] }

/** An indicator's values: of the closed candles in this update, and for now of the open ones. NaN while unknown. */
export type IndicatorValues =
  | { formula: string; closed: number[]; open: number[] }
  | { formula: string; problem: string; character?: number }

/** The news of a chart. `closed` begins at index `from` of all closed candles; 0 replaces everything sent before. */
export type ChartUpdate = {
  id: number
  from: number
  closed: LiveCandle[]
  open: LiveCandle[]
  indicators: IndicatorValues[]
  notes: readonly LiveNote[]
  history: HistoryState
  /** This device's clock, ms: when the market last sent anything. */
  heardAtMs: number
  /** `performance.timeOrigin + performance.now()` when the message behind this arrived. */
  cameAtMs: number
}

/** A price as the watchlist shows it. `heardAtMs` by this device's clock. */
export type PriceUpdate = { key: string; price: number; dayChangePercent: number; heardAtMs: number }

/** Every message of the watch worker to its window. */
export type WatchUpdate =
  | ({ kind: "price" } & PriceUpdate)
  | { kind: "day"; key: string; closes: number[] }
  | { kind: "line"; venue: WatchedMarket["venue"]; line: LineState }
  | ({ kind: "chart" } & ChartUpdate)
