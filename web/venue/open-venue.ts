import type { Exchange } from "ccxt"
import { type RealVenueId, type VenueId, venueOf, VenueSource } from "#venues"
import { VenueRequest } from "./venue-request.ts"

type CcxtClass = new (options: object) => Exchange

// Each is a chunk of its own, fetched on the first request to that exchange.
const classes: Record<RealVenueId, () => Promise<{ default: unknown }>> = {
  binance: () => import("ccxt-src/binance.js"),
  bybit: () => import("ccxt-src/bybit.js"),
  coinbase: () => import("ccxt-src/coinbase.js"),
}

/** An exchange's public market data, requested from a worker: ccxt's client parses on its own thread. */
export function openVenue(id: VenueId): VenueSource {
  const venue = venueOf(id)
  const request = new VenueRequest(venue)
  const load = async () => {
    const { default: loaded } = await classes[venue.dialect]()
    return new (loaded as CcxtClass)({})
  }
  return new VenueSource(venue, load, (path) => request.ask(path))
}
