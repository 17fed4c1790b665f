import type { TradeLevels } from "#engine/run"
import type { ChartColumns } from "../run/chart-columns.ts"
import type { ChartLine } from "../run/chart-lines.ts"
import { type TradeMark, type TradePlace, tradePlaces } from "./trade-marker.ts"

/** Everything a run's chart shows. Another object for each change; equal parts are the same objects. */
export type RunScene = {
  columns: ChartColumns
  trades: readonly TradeMark[]
  /** The strategy's own series. */
  lines: readonly ChartLine[]
  /** Their groups that have a pane below the price; others are hidden. */
  ownPanes: readonly string[]
  /** Index of the selected trade. */
  lit: number | undefined
  /** Stop and targets of the selected trade, or of the open one. */
  levels: TradeLevels | undefined
  /** The bar in question. */
  mark?: number
}

/** Places of trades, recomputed only when trades or bars change. */
export class TradePlaces {
  #trades: readonly TradeMark[] | undefined
  #columns: ChartColumns | undefined
  #places: TradePlace[] = []

  of({ trades, columns }: RunScene): TradePlace[] {
    if (trades !== this.#trades || columns !== this.#columns) this.#places = tradePlaces(trades, columns)
    this.#trades = trades
    this.#columns = columns
    return this.#places
  }
}
