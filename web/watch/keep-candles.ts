import { candleColumnsOf, type LiveCandle, type Timeframe, timeframesMs } from "#engine/candles"
import { venueOf } from "#venues"
import { createMarket, mergeCandles } from "../db/candle-store.ts"
import { findVenueMarket } from "../db/market-catalogue.ts"
import type { WatchedMarket } from "./watched-market.ts"

export type KeptCandles = { marketId: string; name: string; added: number; changed: number }

/**
 * Adds closed candles to the kept ones of the same market and timeframe, or begins such a market. Throws where the
 * browser keeps nothing.
 */
export async function keepCandles(
  market: WatchedMarket,
  timeframe: Timeframe,
  candles: LiveCandle[],
): Promise<KeptCandles> {
  const place = { venue: market.venue, symbol: market.symbol, timeframeMs: timeframesMs[timeframe] }
  const kept =
    (await findVenueMarket(place)) ?? (await createMarket({ ...place, ...namesOf(market), origin: "download" }))
  const asked = { fromMs: candles[0].openTimeMs, toMs: candles.at(-1)!.openTimeMs + place.timeframeMs }
  const merged = await mergeCandles(kept.id, candleColumnsOf(candles), asked)
  return { marketId: kept.id, name: kept.name, added: merged.added, changed: merged.changed.length }
}

/** Made-up prices must never look like real ones. */
function namesOf({ venue, symbol }: WatchedMarket) {
  const { name, isPractice } = venueOf(venue)
  return isPractice
    ? { name: `${symbol} practice`, source: name, notes: ["Made-up prices, of the Practice exchange."] }
    : { name: symbol, source: name }
}
