import type { VenueMarket } from "#venues"

/** Markets whose name contains the typed text, with or without the slash; those that begin with it come first. */
export function matchingMarkets(markets: VenueMarket[], query: string): VenueMarket[] {
  const wanted = bare(query)
  const found = markets.filter(({ symbol }) => bare(symbol).includes(wanted))
  const begins = (market: VenueMarket) => Number(bare(market.symbol).startsWith(wanted))
  return wanted === "" ? found : found.toSorted((a, b) => begins(b) - begins(a))
}

function bare(text: string): string {
  return text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "")
}
