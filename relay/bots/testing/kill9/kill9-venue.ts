import { MINUTE_MS } from "#engine/candles"
import type { RealVenueId } from "#venues"

/** What differs between exchanges whose relay is killed. */
export type Kill9Venue = {
  /** What money is there. */
  quote: string
  /** How much faster than real time it runs: 60 is an hour a minute. */
  speed: number
  /** A stop makes way in the same request that places what comes instead; elsewhere a kill may come in between. */
  canReplace: boolean
  /** So long bots may take to sell and end. */
  mostEndMs: number
}

/** By whose protocol the exchange speaks. */
export const kill9Venues: Record<RealVenueId, Kill9Venue> = {
  binance: { quote: "USDT", speed: 60, canReplace: true, mostEndMs: 1.5 * MINUTE_MS },
  bybit: { quote: "USDT", speed: 60, canReplace: false, mostEndMs: 1.5 * MINUTE_MS },
  // Candles close by its history, of which an address may ask ten times a real second; what is in doubt stays so for two minutes.
  coinbase: { quote: "USD", speed: 30, canReplace: false, mostEndMs: 7 * MINUTE_MS },
}
