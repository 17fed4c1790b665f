import { useState } from "react"
import { pageFailureInWords } from "#engine/candles"
import { type VenueId, venueOf } from "#venues"
import { type MarketsState } from "../venue/index.ts"
import { fetchVenueMarkets } from "./download/download-queue.ts"

/** Fetched lists, for as long as the window is open; a refusal is not cached. */
const known = new Map<VenueId, MarketsState>()

/** The markets of an exchange: fetched by `load`, once, and again by `retry`. */
export function useVenueMarkets(venue: VenueId): { markets: MarketsState; load: () => void; retry: () => void } {
  const [, redraw] = useState(0)
  const put = (state: MarketsState) => {
    known.set(venue, state)
    redraw((count) => count + 1)
  }
  const retry = () => {
    put({ state: "loading" })
    void askFor(venue).then(put)
  }
  const markets = known.get(venue) ?? { state: "loading" }
  return { markets, load: () => !known.has(venue) && retry(), retry }
}

async function askFor(venue: VenueId): Promise<MarketsState> {
  try {
    const answer = await fetchVenueMarkets(venue)
    if (answer.ok) return { state: "ready", markets: answer.markets }
    return {
      state: "failed",
      because: pageFailureInWords(answer, { exchange: venueOf(venue).name, market: "of that name" }),
    }
  } catch (error) {
    return {
      state: "failed",
      because: `The list of markets could not be fetched (${(error as Error).message}). Try it once more.`,
    }
  }
}
