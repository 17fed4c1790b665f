import type { HistoryState, LiveCandle, LiveNote, Timeframe } from "#engine/candles"
import type { LineState } from "#venues"
import type { WatchedMarket } from "./watched-market.ts"

/** A formula drawn on a live chart: over the prices, or in a pane of its own. */
export type Indicator = { formula: string; pane: "price" | "own" }

/** Which market is charted and how. `id` tells its updates from those of an earlier chart. */
export type ChartRequest = { id: number; market: WatchedMarket; timeframe: Timeframe; formulas: string[] }

/**
 * An indicator's values: of the closed candles told with it, and for now of the open ones. NaN while it does not
 * know.
 */
export type IndicatorValues =
  | { formula: string; closed: number[]; open: number[] }
  | { formula: string; problem: string; character?: number }

/** What is new on a chart. `closed` begins at place `from` of all closed candles; 0 replaces what was told before. */
export type ChartUpdate = {
  id: number
  from: number
  closed: LiveCandle[]
  open: LiveCandle[]
  indicators: IndicatorValues[]
  notes: readonly LiveNote[]
  history: HistoryState
  /** This device's clock, ms: when the market last said anything. */
  heardAtMs: number
  /** `performance.timeOrigin + performance.now()` when the message came that led to this. */
  cameAtMs: number
}

/** A price as the watchlist shows it. `heardAtMs` by this device's clock. */
export type PriceUpdate = { key: string; price: number; dayChangePercent: number; heardAtMs: number }

/** Everything the watch worker tells its window. */
export type WatchUpdate =
  | ({ kind: "price" } & PriceUpdate)
  | { kind: "day"; key: string; closes: number[] }
  | { kind: "line"; venue: WatchedMarket["venue"]; line: LineState }
  | ({ kind: "chart" } & ChartUpdate)
