import type { VenueId } from "#venues"

/** A market on the watchlist. `marketId` is the exchange's own name ("BTCUSDT"), `symbol` the traders' ("BTC/USDT"). */
export type WatchedMarket = { venue: VenueId; symbol: string; marketId: string }

/** Names a watched market in an address: "practice:BTC/USDT". */
export function watchKey({ venue, symbol }: Pick<WatchedMarket, "venue" | "symbol">): string {
  return `${venue}:${symbol}`
}
