import type { SavedMarket } from "./market-catalogue.ts"

/**
 * A copy of the market list outside of the database, so that we can report, and fetch again, what the browser has
 * cleared.
 */
export type MirroredMarket = Pick<
  SavedMarket,
  | "id"
  | "name"
  | "timeframeMs"
  | "fromMs"
  | "toMs"
  | "candleCount"
  | "origin"
  | "source"
  | "venue"
  | "symbol"
  | "base"
  | "quote"
  | "fetched"
>

const KEY = "candlewright.markets"

/** The markets when this window last looked. Empty where nothing can be stored. */
export function mirroredMarkets(): MirroredMarket[] {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "[]") as MirroredMarket[]
  } catch {
    return []
  }
}

/** Stores these markets, beside known ones that are not among them. */
export function mirrorMarkets(markets: SavedMarket[]) {
  const ids = new Set(markets.map(({ id }) => id))
  write([...mirroredMarkets().filter(({ id }) => !ids.has(id)), ...markets.map(mirrored)])
}

/** Removes a market that the person deleted. */
export function forgetMirrored(id: string) {
  write(mirroredMarkets().filter((market) => market.id !== id))
}

function mirrored({
  id,
  name,
  timeframeMs,
  fromMs,
  toMs,
  candleCount,
  origin,
  source,
  venue,
  symbol,
  base,
  quote,
  fetched,
}: SavedMarket): MirroredMarket {
  return { id, name, timeframeMs, fromMs, toMs, candleCount, origin, source, venue, symbol, base, quote, fetched }
}

// Not in localStorage's reach: workers, and windows that keep nothing. There a cleared database looks like a new one.
function write(markets: MirroredMarket[]) {
  try {
    localStorage.setItem(KEY, JSON.stringify(markets))
  } catch {
    return
  }
}
