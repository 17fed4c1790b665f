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
  /**
   * Nothing may be without a stop for longer, in real time, while the relay lives. Where a stop first has to make way this
   * is as long as it takes on a busy machine; a bot itself acts after twelve seconds.
   */
  mostUnprotectedMs: number
  /** So long bots may take to sell and end. */
  mostEndMs: number
}

/** By whose protocol the exchange speaks. */
export const kill9Venues: Record<RealVenueId, Kill9Venue> = {
  binance: { quote: "USDT", speed: 60, canReplace: true, mostUnprotectedMs: 2_000, mostEndMs: 1.5 * MINUTE_MS },
  bybit: { quote: "USDT", speed: 60, canReplace: false, mostUnprotectedMs: 12_000, mostEndMs: 1.5 * MINUTE_MS },
  // Candles close by its history, of which an address may ask ten times a real second; what is in doubt stays so for 17 seconds.
  coinbase: { quote: "USD", speed: 30, canReplace: false, mostUnprotectedMs: 12_000, mostEndMs: 3 * MINUTE_MS },
}
