import type { Timeframe } from "#engine/candles"

export type VenueId = "practice" | "binance" | "bybit" | "coinbase"

/** What is known of an exchange before it is asked anything. */
export type VenueListing = {
  id: VenueId
  name: string
  /** Made up by the exchange that runs inside the relay. Everything else is the real one. */
  isPractice: boolean
  /** Which of ccxt's exchanges speaks to it: the Practice exchange speaks Binance's protocol. */
  dialect: "binance" | "bybit" | "coinbase"
  /** Public market data, for a browser that may ask directly; the path below it is the same through the relay. */
  host: string
  timeframes: Timeframe[]
  /** Most candles in one answer. */
  candlesPerPage: number
  /** Pages asked for at the same time: well below what the exchange allows to anybody. */
  pagesAtOnce: number
}

const everyTimeframe: Timeframe[] = ["1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "1w"]

/**
 * The exchanges candles can be had from. Page lengths: exchange-documented maximum of klines (Binance, Bybit 1000;
 * Coinbase 300).
 */
export const venues: VenueListing[] = [
  {
    id: "practice",
    name: "Practice exchange",
    isPractice: true,
    dialect: "binance",
    host: "",
    timeframes: everyTimeframe,
    candlesPerPage: 1000,
    pagesAtOnce: 4,
  },
  {
    id: "binance",
    name: "Binance",
    isPractice: false,
    dialect: "binance",
    host: "https://data-api.binance.vision",
    timeframes: everyTimeframe,
    candlesPerPage: 1000,
    pagesAtOnce: 4,
  },
  {
    id: "bybit",
    name: "Bybit",
    isPractice: false,
    dialect: "bybit",
    host: "https://api.bybit.com",
    timeframes: everyTimeframe.filter((name) => name !== "8h"),
    candlesPerPage: 1000,
    pagesAtOnce: 4,
  },
  {
    id: "coinbase",
    name: "Coinbase",
    isPractice: false,
    dialect: "coinbase",
    host: "https://api.coinbase.com",
    timeframes: ["1m", "5m", "15m", "30m", "1h", "2h", "6h", "1d"],
    candlesPerPage: 300,
    pagesAtOnce: 3,
  },
]

/** The exchange with this id. */
export function venueOf(id: VenueId): VenueListing {
  return venues.find((venue) => venue.id === id)!
}
