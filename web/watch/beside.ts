import { isTimeframe, type Timeframe } from "#engine/candles"
import { venueOf } from "#venues"
import { type WatchedMarket, watchKey } from "./watched-market.ts"

/** What a second chart shows. */
export type Beside = { market: WatchedMarket; timeframe: Timeframe }

/** As in the address: "practice:BTC/USDT@5m". */
export function besideText({ market, timeframe }: Beside): string {
  return `${watchKey(market)}@${timeframe}`
}

/** Reads it from the address; undefined when it is not a market of the list or a timeframe of its exchange. */
export function besideFrom(text: unknown, markets: WatchedMarket[]): Beside | undefined {
  if (typeof text !== "string") return undefined
  const at = text.lastIndexOf("@")
  const market = markets.find((each) => watchKey(each) === text.slice(0, at))
  const timeframe = text.slice(at + 1)
  if (!market || !isTimeframe(timeframe) || !venueOf(market.venue).timeframes.includes(timeframe)) return undefined
  return { market, timeframe }
}

/** A first guess: the same market in the next longer candles its exchange has. */
export function besideOf(market: WatchedMarket, timeframe: Timeframe): Beside {
  const { timeframes } = venueOf(market.venue)
  const next = timeframes[timeframes.indexOf(timeframe) + 1] ?? timeframes[0]
  return { market, timeframe: next }
}
