import type { ForecastColumns, Rows } from "./forecast-columns.ts"

/** What buying on a forecast would have earned; percent of the money it began with. */
export type ForecastTrade = {
  trades: number
  returnPercent: number
  /** Bought at the first unseen candle and sold when the last forecast ends, with a fee at both sides. */
  holdingPercent: number
  /** What the fees of as many trades would have taken had prices stood still. */
  feesPercent: number
  /** Of trades that earned more than their fees, 0 to 100; null without trades. */
  winRatePercent: number | null
}

/**
 * Buys with everything at the close of an unseen candle whose probability is above one half, sells `horizonCandles`
 * later, and only then looks again; never short. Null for volatility, and where no price is known or one leaps beyond
 * all counting.
 */
export function forecastTrade(columns: ForecastColumns, unseen: Rows): ForecastTrade | null {
  const { close, horizonCandles } = columns
  // With a price to buy at and one to sell at.
  const rows = unseen.filter((row) => close[row] > 0 && close[row + horizonCandles] > 0)
  if (columns.target === "volatility" || rows.length === 0) return null
  const keptOfFees = (1 - columns.feePercent / 100) ** 2
  const growthOf = (from: number, to: number) => (keptOfFees * close[to]) / close[from]
  let [equity, trades, won, next] = [1, 0, 0, -Infinity]
  for (const row of rows) {
    if (row < next || !(columns.probability[row] > 0.5)) continue
    next = row + horizonCandles
    const growth = growthOf(row, next)
    equity *= growth
    trades++
    if (growth > 1) won++
  }
  const returnPercent = gainPercent(equity)
  const holdingPercent = gainPercent(growthOf(rows[0], rows[rows.length - 1] + horizonCandles))
  if (!Number.isFinite(returnPercent + holdingPercent)) return null
  return {
    trades,
    returnPercent,
    holdingPercent,
    feesPercent: 100 * (1 - keptOfFees ** trades),
    winRatePercent: trades === 0 ? null : (100 * won) / trades,
  }
}

function gainPercent(growth: number): number {
  return 100 * (growth - 1)
}
