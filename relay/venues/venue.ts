import type { Timeframe } from "#engine/candles"

/** The real exchanges, each with a protocol of its own. */
export type RealVenueId = "binance" | "bybit" | "coinbase"
export type VenueId = RealVenueId | "practice"

/** The public side of an exchange: what we know before the first request. */
export type Venue = {
  id: VenueId
  name: string
  /** Its prices come from the exchange that runs inside the relay. */
  isPractice: boolean
  /** The protocol it speaks, and its ccxt class: the Practice exchange speaks Binance's. */
  dialect: RealVenueId
  /** Its timeframes. */
  timeframes: readonly Timeframe[]
  /** Most candles in one answer. */
  candlesPerPage: number
  /** Concurrent page requests: well below any exchange's limit. */
  pagesAtOnce: number
  /** Answers never reach beyond the requested stretch, so nothing shows how long a time without candles lasts. */
  staysInside: boolean
  /** Origins of its public REST data; the next one is tried when one is unreachable. */
  rest: readonly string[]
  /** Origins of its public streams. */
  streams: readonly string[]
  /** The path of its stream below each of them. */
  streamPath: string
  /** A program on this computer stands in for it at those origins, and for accounts at these addresses besides. */
  standIn?: { stream: string; wsApi: string }
}

const everyTimeframe: readonly Timeframe[] = [
  "1m",
  "3m",
  "5m",
  "15m",
  "30m",
  "1h",
  "2h",
  "4h",
  "6h",
  "8h",
  "12h",
  "1d",
  "1w",
]

const binance: Venue = {
  id: "binance",
  name: "Binance",
  isPractice: false,
  dialect: "binance",
  timeframes: everyTimeframe,
  candlesPerPage: 1000,
  pagesAtOnce: 4,
  staysInside: false,
  // https://developers.binance.com/docs/binance-spot-api-docs/faqs/market_data_only
  rest: ["https://data-api.binance.vision", "https://api.binance.com"],
  streams: ["wss://data-stream.binance.vision", "wss://stream.binance.com:9443"],
  streamPath: "/ws",
}

const bybit: Venue = {
  id: "bybit",
  name: "Bybit",
  isPractice: false,
  dialect: "bybit",
  timeframes: everyTimeframe.filter((timeframe) => timeframe !== "8h"),
  candlesPerPage: 1000,
  pagesAtOnce: 4,
  staysInside: true,
  rest: ["https://api.bybit.com"],
  streams: ["wss://stream.bybit.com"],
  streamPath: "/v5/public/spot",
}

const coinbase: Venue = {
  id: "coinbase",
  name: "Coinbase",
  isPractice: false,
  dialect: "coinbase",
  timeframes: ["1m", "5m", "15m", "30m", "1h", "2h", "6h", "1d"],
  candlesPerPage: 300,
  pagesAtOnce: 3,
  staysInside: true,
  rest: ["https://api.coinbase.com"],
  streams: ["wss://advanced-trade-ws.coinbase.com"],
  streamPath: "/",
}

/** Binance's protocol at addresses that only the running relay knows. */
const practice: Venue = {
  ...binance,
  id: "practice",
  name: "Practice exchange",
  isPractice: true,
  rest: [],
  streams: [],
}

/**
 * The real exchanges. This is the one list: the content policy lets the browser reach these hosts directly, and the
 * relay passes requests on to them alone.
 */
export const realVenues: readonly Venue[] = [binance, bybit, coinbase]

/** Every exchange with candles, the practice exchange first. */
export const venues: readonly Venue[] = [practice, ...realVenues]

/** The exchange with this id. */
export function venueOf(id: VenueId): Venue {
  return venues.find((venue) => venue.id === id)!
}

/** The exchange inside the relay, at these origins. */
export function practiceVenue({ rest, stream }: { rest: string; stream: string }): Venue {
  return { ...practice, rest: [rest], streams: [stream] }
}

/** Hosts the browser may reach without the relay, as `connect-src` wants them. */
export const directHosts: readonly string[] = realVenues.flatMap(({ rest, streams }) => [...rest, ...streams])
