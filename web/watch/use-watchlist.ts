import { isTimeframe } from "#engine/candles"
import { type VenueId, venues } from "#venues"
import { type Kept, useKept } from "../db/use-kept.ts"
import { loadWatchlist, type SavedWatchlist, saveWatchlist } from "../db/watchlist.ts"
import type { Indicator } from "./chart-update.ts"
import type { WatchedMarket } from "./watched-market.ts"

export type Watchlist = { markets: WatchedMarket[]; indicators: Indicator[] }

/** A newcomer's watchlist: works without reaching any exchange. */
export const firstWatchlist: Watchlist = {
  markets: [
    { venue: "practice", symbol: "BTC/USDT", marketId: "BTCUSDT" },
    { venue: "practice", symbol: "ETH/USDT", marketId: "ETHUSDT" },
    { venue: "practice", symbol: "BNB/USDT", marketId: "BNBUSDT" },
  ],
  indicators: [{ formula: "sma(close, 20)", pane: "price" }],
}

/** The person's watchlist, or the default one. */
export function useWatchlist(): Kept<Watchlist> {
  return useKept(async () => watchlistFrom(await loadWatchlist()))
}

/** Changes the list and keeps it where the browser allows. */
export async function keepWatchlist(list: Watchlist): Promise<void> {
  await saveWatchlist(list)
}

/** A timeframe from the address; one minute for anything else. */
export function timeframeFrom(text: unknown) {
  return typeof text === "string" && isTimeframe(text) ? text : "1m"
}

function watchlistFrom(saved: SavedWatchlist | undefined): Watchlist {
  if (!saved) return firstWatchlist
  // An exchange that a later version no longer has is skipped.
  const known = saved.markets.filter((market) => venues.some(({ id }) => id === market.venue))
  return {
    indicators: saved.indicators,
    markets: known.map((market) => ({ ...market, venue: market.venue as VenueId })),
  }
}
