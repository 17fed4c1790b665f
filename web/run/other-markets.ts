import { type Candles, type Timeframe, timeframesMs } from "#engine/candles"
import type { MarketCandles } from "#engine/run"
import { loadCandles } from "../db/load-candles.ts"
import { listMarkets, type SavedMarket } from "../db/market-catalogue.ts"

/** Each takes memory in every worker. */
const MOST_OTHERS = 4
const MOST_CANDLES = 1_000_000

type Own = { ids: readonly string[]; quote?: string; timeframe: Timeframe; period: { fromMs: number; toMs: number } }

/**
 * The person's other markets on which the same strategy can be tried: priced in the same currency, with candles that
 * add up to the strategy's and that reach into its period, the newest first. One that cannot be read is left out.
 */
export async function otherMarkets(own: Own): Promise<MarketCandles[]> {
  const fitting = (await listMarkets()).filter((market) => fits(market, own)).slice(0, MOST_OTHERS)
  const loaded = await Promise.all(fitting.map(candlesOf))
  return loaded.filter((one) => one !== undefined)
}

function fits(market: SavedMarket, { ids, quote, timeframe, period }: Own): boolean {
  const addsUp = timeframesMs[timeframe] % market.timeframeMs === 0
  const reaches = market.fromMs < period.toMs && market.toMs > period.fromMs
  return !ids.includes(market.id) && market.quote === quote && addsUp && reaches && market.candleCount <= MOST_CANDLES
}

async function candlesOf(market: SavedMarket): Promise<MarketCandles | undefined> {
  const candles = await loadCandles(market).catch((): Candles | undefined => undefined)
  return candles && { market: market.name, candles }
}
