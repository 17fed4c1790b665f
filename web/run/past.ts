import type { Trade } from "#engine/result"
import type { ChartColumns } from "./chart-columns.ts"
import type { ChartLine } from "./chart-lines.ts"
import type { RunReport } from "./run-report.ts"

/** A run as it was known at the close of a bar of its chart: nothing of what came after is in it. */
export type Past = {
  /** The close of the newest bar. */
  nowMs: number
  chart: ChartColumns
  lines: ChartLine[]
  /** Of the shown market; one still open ends nowhere, at the newest price. */
  trades: Trade[]
  soFar: SoFar
}

/** How the run stood then. */
export type SoFar = {
  equity: number
  holding: number
  worstDipPercent: number
  closedCount: number
  wonCount: number
  closedProfit: number
}

/** The part of a run up to the close of bar `bar`, which counts from 0. */
export function pastOf(report: RunReport, bar: number): Past {
  const chart = columnsUpTo(report.chart, bar)
  const nowMs = chart.openTimeMs[bar] + chart.barMs
  const known = report.trades.filter(({ entryTimeMs }) => entryTimeMs < nowMs)
  const closed = known.filter((trade) => isClosed(trade, nowMs))
  return {
    nowMs,
    chart,
    lines: report.lines.map((line) => ({ ...line, values: line.values.subarray(0, bar + 1) })),
    trades: known
      .filter(({ market }) => market === report.market.name)
      .map((trade) => (isClosed(trade, nowMs) ? trade : stillOpen(trade, chart.close[bar]))),
    soFar: {
      equity: chart.equity[bar],
      holding: chart.holding[bar],
      worstDipPercent: -chart.underwaterPercent.reduce((a, b) => Math.min(a, b), 0),
      closedCount: closed.length,
      wonCount: closed.filter(({ profit }) => profit > 0).length,
      closedProfit: closed.reduce((sum, { profit }) => sum + profit, 0),
    },
  }
}

/** What the end of the candles closed was open at every moment before. */
function isClosed({ exitTimeMs, exitReason }: Trade, nowMs: number): boolean {
  return exitTimeMs < nowMs && exitReason !== "endOfData"
}

function columnsUpTo(columns: ChartColumns, bar: number): ChartColumns {
  const cut = (column: Float64Array) => column.subarray(0, bar + 1)
  const { barMs, openTimeMs, open, high, low, close, volume, equity, holding, underwaterPercent } = columns
  return {
    barMs,
    openTimeMs: cut(openTimeMs),
    open: cut(open),
    high: cut(high),
    low: cut(low),
    close: cut(close),
    volume: cut(volume),
    equity: cut(equity),
    holding: cut(holding),
    underwaterPercent: cut(underwaterPercent),
  }
}

/** A trade that nobody knows the end of, counted at a price; its entry's costs are not taken off yet. */
function stillOpen(trade: Trade, price: number): Trade {
  const change = (trade.side === "long" ? 1 : -1) * (price - trade.entryPrice)
  return {
    ...trade,
    exitTimeMs: Infinity,
    exitPrice: price,
    exitReason: "endOfData",
    profit: change * trade.quantity,
    profitPercent: (100 * change) / trade.entryPrice,
    feesPaid: 0,
  }
}
