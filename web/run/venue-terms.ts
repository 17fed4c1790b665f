import type { RealVenueId } from "#venues"
import { usualCash } from "./usual-cash.ts"

/** An exchange's fee for a new account, and its minimum order value. */
type VenueTerms = { name: string; takerFeePercent: number; minOrderUsd: number }

/**
 * The day the fees below were read: spot, market orders, the tier of a new account. Binance and Coinbase ("Advanced
 * 1") from ccxt 4.5.84, Bybit from its help centre ("VIP 0").
 */
export const VENUE_TERMS_READ = "28 Nov 2026"

/** The minimums are assumed: what most markets of the exchange require. Its own list of markets decides. */
export const venueTerms: Record<RealVenueId, VenueTerms> = {
  binance: { name: "Binance", takerFeePercent: 0.1, minOrderUsd: 5 },
  bybit: { name: "Bybit", takerFeePercent: 0.1, minOrderUsd: 5 },
  coinbase: { name: "Coinbase", takerFeePercent: 1.2, minOrderUsd: 1 },
}

export const venueIds = Object.keys(venueTerms) as RealVenueId[]

/** The exchange of this id, where it is one whose terms are known. */
export function knownVenue(id: string | undefined): RealVenueId | undefined {
  return venueIds.find((each) => each === id)
}

/** The minimum order value, in the market's currency; about five dollars without an exchange. */
export function minOrderOf(venue: RealVenueId | undefined, quote: string | undefined): number {
  const usd = venue ? venueTerms[venue].minOrderUsd : USUAL_MIN_ORDER_USD
  return (usualCash(quote) / 100) * usd
}

const USUAL_MIN_ORDER_USD = 5
