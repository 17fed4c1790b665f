import { bucketOf, type Candles, sliceCandles, type TimeRange } from "#engine/candles"
import { columnsFromChunks } from "./candle-chunk.ts"
import { database } from "./database.ts"
import type { SavedMarket } from "./market-catalogue.ts"

/** What loading needs to know of a market. */
type MarketForm = Pick<SavedMarket, "id" | "timeframeMs" | "priceDecimals">

/** Thrown when candles in the catalogue are no longer in the browser's storage. */
export class CandlesLost extends Error {
  constructor() {
    super(
      "Some of this market's candles are gone: the browser has cleared them. Open Data to see which, and to get them back.",
    )
  }
}

/**
 * All candles of a market, oldest first; empty columns when it has none. Throws `CandlesLost` rather than leave some
 * out.
 */
export function loadCandles(market: MarketForm): Promise<Candles> {
  return loadBuckets(market, { from: -Infinity, to: Infinity })
}

/** A market's candles opening from `fromMs` on and before `toMs`; reads only their chunks. */
export async function loadCandlesBetween(market: MarketForm, { fromMs, toMs }: TimeRange): Promise<Candles> {
  const { timeframeMs } = market
  const candles = await loadBuckets(market, { from: bucketOf(fromMs, timeframeMs), to: bucketOf(toMs, timeframeMs) })
  return sliceCandles(candles, { fromMs, toMs })
}

async function loadBuckets(
  { id, timeframeMs, priceDecimals }: MarketForm,
  { from, to }: { from: number; to: number },
): Promise<Candles> {
  const [keys, chunks] = await database.transaction("r", database.chunks, database.chunkEntries, () => {
    const within = [[id, from], [id, to], true, true] as const
    return Promise.all([
      database.chunkEntries
        .where("[marketId+bucket]")
        .between(...within)
        .primaryKeys(),
      database.chunks
        .where("[marketId+bucket]")
        .between(...within)
        .toArray(),
    ])
  })
  if (keys.some(([, bucket], at) => chunks[at]?.bucket !== bucket)) throw new CandlesLost()
  return { ...(await columnsFromChunks(chunks, timeframeMs).catch(throwLost)), timeframeMs, priceDecimals }
}

// A browser's error when the rows are there but the files behind them are not.
function throwLost(error: Error): never {
  throw /NotFound|NotReadable/.test(error.name) ? new CandlesLost() : error
}
