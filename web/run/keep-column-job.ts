import { mendCandles } from "../db/candle-store.ts"
import { findMarket } from "../db/market-catalogue.ts"

/** Numbers to keep beside a market's candles, one for each, made when its candles had this hash. */
export type ColumnToKeep = { marketId: string; hash: string | undefined; column: string; values: Float64Array }

/** Keeps a further column with a market's candles, which rules can name. Throws in words. */
export async function keepColumnJob({ marketId, hash, column, values }: ColumnToKeep): Promise<void> {
  if (!(await findMarket(marketId))) throw new Error("This market is no longer kept here, so nothing was kept.")
  await mendCandles(marketId, (candles, market) => {
    if (market.hash !== hash || candles.openTimeMs.length !== values.length)
      throw new Error("The candles of this market have changed meanwhile, so nothing was kept. Run it again.")
    if (market.extraNames.includes(column))
      throw new Error(`There is a column “${column}” already. Choose another name; nothing was changed.`)
    return { candles: { ...candles, extra: { ...candles.extra, [column]: values } }, mends: [] }
  })
}
