import type { SavedMarket } from "./market-catalogue.ts"

/**
 * What is remembered of a market outside of the database, so that it can be told, and fetched again, when the browser
 * has cleared that.
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

/** The markets there were when this window last looked. Empty where nothing can be remembered. */
export function mirroredMarkets(): MirroredMarket[] {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "[]") as MirroredMarket[]
  } catch {
    return []
  }
}

/** Remembers these markets, beside those it knows and that are not among them. */
export function mirrorMarkets(markets: SavedMarket[]) {
  const ids = new Set(markets.map(({ id }) => id))
  write([...mirroredMarkets().filter(({ id }) => !ids.has(id)), ...markets.map(mirrored)])
}

/** Forgets a market that the person threw away. */
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

// Not in localStorage's reach: workers, and windows that keep nothing. There a cleared database cannot be told from a
// new one.
function write(markets: MirroredMarket[]) {
  try {
    localStorage.setItem(KEY, JSON.stringify(markets))
  } catch {
    return
  }
}
