import { joinRanges, type TimeRange } from "#engine/candles"
import { createMarket, forgetChunks } from "./candle-store.ts"
import type { ChunkEntry } from "./chunk-entry.ts"
import { pairOfOld } from "./currency-pair.ts"
import { database } from "./database.ts"
import type { SavedMarket } from "./market-catalogue.ts"
import { forgetMirrored, type MirroredMarket, mirroredMarkets } from "./market-mirror.ts"

/**
 * Candles that were kept and are missing. `whole`: the market's entry is missing too, as when a browser clears
 * everything.
 */
export type LostCandles = {
  market: MirroredMarket
  ranges: TimeRange[]
  candles: number
  buckets: number[]
  whole: boolean
}

/** What the browser has cleared, by market. */
export async function findLostCandles(): Promise<LostCandles[]> {
  const [markets, entries, chunkKeys] = await database.transaction(
    "r",
    database.markets,
    database.chunkEntries,
    database.chunks,
    () =>
      Promise.all([
        database.markets.toArray(),
        database.chunkEntries.toArray(),
        database.chunks.toCollection().primaryKeys(),
      ]),
  )
  const kept = new Set(chunkKeys.map(String))
  const gone = entries.filter(({ marketId, bucket }) => !kept.has(String([marketId, bucket])))
  const torn = markets.map((market) =>
    lostOf(
      market,
      gone.filter(({ marketId }) => marketId === market.id),
    ),
  )
  const ids = new Set(markets.map(({ id }) => id))
  return [
    ...torn.filter(({ candles }) => candles > 0),
    ...mirroredMarkets()
      .filter(({ id }) => !ids.has(id))
      .map(wholeLost),
  ]
}

/**
 * Corrects the catalogue to the remaining candles, and returns the market to fill again: a new one where it was
 * missing altogether.
 */
export async function settleLostCandles({ market, buckets, ranges, whole }: LostCandles): Promise<SavedMarket> {
  if (!whole) return forgetChunks(market.id, { buckets, ranges })
  forgetMirrored(market.id)
  const { name, timeframeMs, origin, source, venue, symbol } = market
  const { base, quote } = { ...pairOfOld(market), ...market }
  return createMarket({ name, timeframeMs, origin, source, venue, symbol, base, quote })
}

/** Stops reporting what is missing; the rest of the market stays. */
export async function dismissLostCandles(lost: LostCandles): Promise<void> {
  if (lost.whole) forgetMirrored(lost.market.id)
  else await settleLostCandles(lost)
}

function lostOf(market: SavedMarket, gone: ChunkEntry[]): LostCandles {
  const ranges = joinRanges(gone.map(({ fromMs, toMs }) => ({ fromMs, toMs: toMs + market.timeframeMs })))
  return {
    market,
    ranges,
    candles: gone.reduce((sum, { count }) => sum + count, 0),
    buckets: gone.map(({ bucket }) => bucket),
    whole: false,
  }
}

function wholeLost(market: MirroredMarket): LostCandles {
  const all = { fromMs: market.fromMs, toMs: market.toMs + market.timeframeMs }
  return { market, ranges: [all], candles: market.candleCount, buckets: [], whole: true }
}
