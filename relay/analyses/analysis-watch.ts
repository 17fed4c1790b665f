import type { Timeframe } from "#engine/candles"
import { type Budget } from "#models"
import type { VenueId } from "#venues"

/** Which markets the relay looks at by itself, how often, by which model, and what that may cost. It never trades by it. */
export type AnalysisWatch = {
  markets: { venue: VenueId; symbol: string }[]
  timeframe: Timeframe
  everyMinutes: number
  /** A model at a kept key; without one our own rules look. */
  model: { keyId: string; model: string } | null
  budget: Budget
  /** Kept as it is, and not looked at. */
  isPaused?: boolean
}

/** How the watch stands: when it looks next (null: not at all), and what its models came to by UTC day and month. */
export type WatchStanding = { nextMs: number | null; dayMicroDollars: number; monthMicroDollars: number }

/** What an owner begins with: nothing is looked at; a model may cost a quarter of a dollar a day, two a month. */
export const firstWatch: AnalysisWatch = {
  markets: [],
  timeframe: "1h",
  everyMinutes: 60,
  model: null,
  budget: { dayMicroDollars: 250_000, monthMicroDollars: 2_000_000, allowsUnknownPrices: false },
}
