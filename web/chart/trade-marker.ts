import type { Trade } from "#engine/result"
import { barPlace, type ChartColumns } from "../run/chart-columns.ts"

/** The part of a trade a chart draws; one that is still open ends at Infinity, at the newest price. */
export type TradeMark = Pick<
  Trade,
  "side" | "entryTimeMs" | "entryPrice" | "exitTimeMs" | "exitPrice" | "profit" | "profitPercent"
>

/** A trade's bars by their place in the chart's columns. */
export type TradePlace = { entryBar: number; exitBar: number }

/** Puts trades on the bars of a chart. */
export function tradePlaces(trades: readonly TradeMark[], { openTimeMs }: ChartColumns): TradePlace[] {
  return trades.map(({ entryTimeMs, exitTimeMs }) => ({
    entryBar: barPlace(openTimeMs, entryTimeMs),
    exitBar: barPlace(openTimeMs, exitTimeMs),
  }))
}

/**
 * One arrow of the chart: a purchase below the candles or a sale above them, or several of one kind too close to
 * separate.
 */
export type TradeMarker = {
  bar: number
  isPurchase: boolean
  isEntry: boolean
  /** Places in the list of trades. */
  trades: number[]
}

/** Arrows nearer than this would cover each other. */
const LEAST_PX = 13

/**
 * The arrows between two bars. Where bars are narrow, arrows of a kind that would overlap become one; the grouping
 * does not depend on where the view begins, so that nothing flickers while it moves.
 */
export function tradeMarkers(
  trades: readonly TradeMark[],
  places: readonly TradePlace[],
  { from, to, spacing }: { from: number; to: number; spacing: number },
): TradeMarker[] {
  const cell = Math.max(1, Math.ceil(LEAST_PX / spacing))
  const markers = new Map<number, TradeMarker>()
  const add = (bar: number, trade: number, isEntry: boolean) => {
    if (bar < from || bar > to) return
    const isPurchase = isEntry === (trades[trade].side === "long")
    const key = 2 * Math.floor(bar / cell) + Number(isPurchase)
    const known = markers.get(key)
    if (known) known.trades.push(trade)
    else markers.set(key, { bar, isPurchase, isEntry, trades: [trade] })
  }
  places.forEach(({ entryBar, exitBar }, trade) => {
    add(entryBar, trade, true)
    if (Number.isFinite(trades[trade].exitTimeMs)) add(exitBar, trade, false)
  })
  return [...markers.values()]
}

/** Money over all trades of an arrow. */
export function profitOf({ trades }: TradeMarker, all: readonly TradeMark[]): number {
  return trades.reduce((sum, trade) => sum + all[trade].profit, 0)
}
