import { type Timeframe, timeframesMs } from "#engine/candles"
import { venueOf } from "#venues"
import { sampleMarket, sampleReach } from "../../db/sample-market.ts"
import type { MarketChoice } from "../../market/index.ts"
import { isMadeUp } from "../../run/made-up.ts"
import { type WatchedMarket, watchKey } from "../../watch/index.ts"

/** A market that the panel can show: its kept candles, its live ones, or both. */
export type PanelMarket = {
  /** "binance:BTC/USDT" for an exchange's, the market's own id for any other. Calls are kept under it. */
  key: string
  name: string
  /** Where its prices come from, as far as it tells markets of one name apart. */
  place: string
  isMadeUp: boolean
  kept: MarketChoice[]
  watched?: WatchedMarket
  timeframes: Timeframe[]
}

const timeframes = Object.keys(timeframesMs) as Timeframe[]

/** The sample, what is kept and what is watched; an exchange's market once, whatever is known of it. */
export function panelMarkets(kept: readonly MarketChoice[], watched: readonly WatchedMarket[]): PanelMarket[] {
  const markets = new Map<string, Omit<PanelMarket, "timeframes">>()
  for (const market of kept) {
    const key = keyOf(market)
    const known = markets.get(key)
    if (known) known.kept.push(market)
    else
      markets.set(key, {
        key,
        name: market.name,
        place: placeOf(market),
        isMadeUp: isMadeUp(market),
        kept: [market],
      })
  }
  for (const market of watched) {
    const key = watchKey(market)
    const { name: place, isPractice } = venueOf(market.venue)
    const known = markets.get(key) ?? { key, name: market.symbol, place, isMadeUp: isPractice, kept: [] }
    markets.set(key, { ...known, place, watched: market })
  }
  return [...markets.values()]
    .map((market) => ({ ...market, timeframes: timeframesOf(market) }))
    .filter((market) => market.timeframes.length > 0)
}

/** The kept candles that a timeframe can be made of, those that reach furthest. */
export function keptFor({ kept }: Pick<PanelMarket, "kept">, timeframe: Timeframe): MarketChoice | undefined {
  const fit = kept.filter(({ timeframeMs }) => timeframesMs[timeframe] % timeframeMs === 0)
  return fit.toSorted((a, b) => endOf(b) - endOf(a) || b.timeframeMs - a.timeframeMs)[0]
}

/** The chosen timeframe where the market has it, else an hour or the nearest there is. */
export function timeframeFor({ timeframes: all }: Pick<PanelMarket, "timeframes">, wanted: string): Timeframe {
  return all.find((name) => name === wanted) ?? (all.includes("1h") ? "1h" : all[0])
}

function timeframesOf(market: Pick<PanelMarket, "kept" | "watched">): Timeframe[] {
  const live = market.watched ? venueOf(market.watched.venue).timeframes : []
  return timeframes.filter((name) => live.includes(name) || keptFor(market, name) !== undefined)
}

function keyOf({ id, venue, symbol }: MarketChoice): string {
  return venue !== undefined && symbol !== undefined ? `${venue}:${symbol}` : id
}

function placeOf({ id, origin, venue }: MarketChoice): string {
  if (id === sampleMarket.id) return "the sample, made up"
  if (origin === "synthetic") return "made up"
  return venue ?? "from a file"
}

function endOf({ toMs = sampleReach.toMs, timeframeMs }: MarketChoice): number {
  return toMs + timeframeMs
}
