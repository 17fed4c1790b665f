// The door of exchanges' public data. What asks them runs in workers, which import `venue.ts` themselves.
export { type VenueId, type VenueListing, venueOf, venues } from "./venue-list.ts"
export type { VenueMarket } from "./venue-market.ts"
export { MarketPicker, type MarketsState } from "./market-picker.tsx"
