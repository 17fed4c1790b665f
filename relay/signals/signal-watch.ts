import type { Timeframe } from "#engine/candles"
import type { VenueId } from "#venues"

/** A model by its hash, and after how many days it is trained again; null: never. */
export type ModelSchedule = { hash: string; retrainDays: number | null }

/** A market that the relay looks at whenever a candle of it closes. */
export type WatchedMarket = {
  venue: VenueId
  market: string
  timeframe: Timeframe
  models: ModelSchedule[]
  /** Whether indicators vote too. */
  votes: boolean
}

/** What the relay says of markets by itself, and which models it trains again. It never trades by it. */
export type SignalWatch = {
  markets: WatchedMarket[]
  /** Models that bots carry, to be trained again beside them. */
  bots: ModelSchedule[]
  /** Kept as it is, and not looked at. */
  isPaused?: boolean
}

/** How a watched market stands: null where all is well, else why nothing is said of it now. */
export type MarketStanding = Pick<WatchedMarket, "venue" | "market" | "timeframe"> & {
  closedMs: number | null
  problem: string | null
}

export const signalLimits = {
  watchedMarkets: 20,
  modelsPerMarket: 8,
  models: 200,
  /** Of one market; older ones make room. */
  keptCalls: 10_000,
  shownCalls: 200,
  mostRetrainDays: 365,
} as const

/** A watched model is trained again so often where nothing else is said. */
export const USUAL_RETRAIN_DAYS = 30

/** What an owner begins with. */
export const firstSignalWatch: SignalWatch = { markets: [], bots: [] }

/** One market at one exchange, by name. */
export function marketKey({ venue, market, timeframe }: Pick<WatchedMarket, "venue" | "market" | "timeframe">): string {
  return `${venue} ${market} ${timeframe}`
}
