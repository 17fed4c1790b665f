import { MINUTE_MS } from "#engine/candles"
import type { RealVenueId } from "#venues"
import { fenceMsOf } from "../fence.ts"
import { dialects } from "../../exchange/ccxt/venue-dialect.ts"
import { type LanguageName, languages } from "../../exchange/simulated/language.ts"
import { createRandom } from "../../exchange/simulated/random.ts"

/** Whose protocol the exchange of a story speaks. */
export type StoryVenue = LanguageName

export const storyVenues = Object.keys(languages) as StoryVenue[]

/** The venue of a seed, by a chance of its own: with another one it is the same story elsewhere. */
export function venueOfSeed(seed: string): StoryVenue {
  return storyVenues[createRandom(`${seed}/venue`).below(storyVenues.length)]
}

/** What is traded there for money. */
export const quoteOf: Record<RealVenueId, string> = { binance: "USDT", bybit: "USDT", coinbase: "USD" }

/** After this long nothing that was sent can arrive there any more. */
export function fenceMsAt(venue: StoryVenue): number {
  return fenceMsOf(dialects[venue])
}

const CALM_MS = 3 * MINUTE_MS
const END_MS = 5 * MINUTE_MS
/** So many doubts, one after the other, are over by the end of a story. */
const DOUBTS = 3

/** How long everything works before the bots are stopped, and how long they may take to end. */
export function calmMsAt(venue: StoryVenue): number {
  return Math.max(CALM_MS, DOUBTS * fenceMsAt(venue))
}

export function endMsAt(venue: StoryVenue): number {
  return Math.max(END_MS, DOUBTS * fenceMsAt(venue))
}
