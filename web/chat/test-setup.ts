import { timeframesMs } from "#engine/candles"
import type { WrittenStrategy } from "#engine/strategy"
import type { SavedMarket } from "../db/market-catalogue.ts"
import { sampleMarket } from "../db/sample-market.ts"
import { defaultSetup, type RunSetup, setupBounds, setupFromSearch } from "../run/run-setup.ts"
import { parseSearch } from "../search-text.ts"

export type TestMarket = Pick<SavedMarket, "id" | "name" | "timeframeMs"> &
  Partial<Pick<SavedMarket, "base" | "quote" | "venue" | "origin">>

/** Where a strategy is tested. `standsInFor`: the market it names, where this browser has no candles of it. */
export type TestPlace = { setup: RunSetup; market: TestMarket; standsInFor?: string }

/**
 * Where a strategy of the chat is tested: where it was before; else on its own market; else on the sample, which is
 * said. `settings`: how it was tested before, as an address says it; `cash`: what the person said the account holds.
 */
export function testPlace(
  { markets: wanted = [], timeframe }: Pick<WrittenStrategy, "markets" | "timeframe">,
  saved: readonly TestMarket[],
  settings?: string,
  cash?: number,
): TestPlace {
  const place = usualPlace({ markets: wanted, timeframe }, saved, settings)
  const isPossible = cash !== undefined && cash >= setupBounds.cash.min && cash <= setupBounds.cash.max
  return isPossible ? { ...place, setup: { ...place.setup, cash } } : place
}

function usualPlace(
  { markets: wanted = [], timeframe }: Pick<WrittenStrategy, "markets" | "timeframe">,
  saved: readonly TestMarket[],
  settings: string | undefined,
): TestPlace {
  const before = settings === undefined ? undefined : setupFromSearch(parseSearch(settings))
  const known = before && [sampleMarket, ...saved].find(({ id }) => id === before.market)
  if (before && known) return { setup: { ...before, params: {} }, market: known, ...standIn(wanted, known) }
  const fitting = saved.filter(({ timeframeMs }) => timeframesMs[timeframe] % timeframeMs === 0)
  const market =
    fitting.find((each) => wanted.some((name) => name === each.name)) ??
    fitting.find(({ base }) => base !== undefined && wanted.some((name) => baseOf(name) === base)) ??
    sampleMarket
  return { setup: { ...defaultSetup, market: market.id }, market, ...standIn(wanted, market) }
}

function standIn(wanted: readonly string[], market: TestMarket): { standsInFor?: string } {
  const isWanted = wanted.length === 0 || wanted.some((name) => name === market.name || baseOf(name) === market.base)
  return isWanted ? {} : { standsInFor: wanted[0] }
}

function baseOf(name: string): string {
  return name.split("/")[0]
}
