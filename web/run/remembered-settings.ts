import { type RunSetup, type SetupSearch, searchFromSetup, setupFromSearch } from "./run-setup.ts"

const names = [
  "cash",
  "fee",
  "slippage",
  "delay",
  "fills",
  "leverage",
  "venue",
  "unseen",
] as const satisfies (keyof SetupSearch)[]
const fields = [
  "cash",
  "feePercent",
  "slippagePercent",
  "delayCandles",
  "fills",
  "leverage",
  "venue",
  "unseenPercent",
] as const satisfies (keyof RunSetup)[]
const keyOf = (strategy: string) => `candlewright.run-settings.${strategy}`

/** The part of a setup that belongs to a strategy wherever it is tested: not the market and its period. */
type StrategySettings = Pick<RunSetup, (typeof fields)[number]>

/** Whether a change is stored with the strategy. */
export function isRemembered(change: Partial<RunSetup>): boolean {
  return fields.some((field) => field in change)
}

/** Stores how a strategy is tested, as address text; its cash is in `quote`, the market's currency. */
export function rememberSettings(setup: RunSetup, quote: string | undefined): void {
  const search = searchFromSetup(setup)
  const kept = { ...Object.fromEntries(names.map((name) => [name, search[name]])), quote }
  try {
    localStorage.setItem(keyOf(setup.strategy), JSON.stringify(kept))
  } catch {
    // A private window may refuse: the settings then last as long as the address.
  }
}

/**
 * How this strategy was tested before, or the usual settings when it never was. An amount in one currency means nothing
 * in another: its cash counts only where `quote` is the same.
 */
export function rememberedSettings(strategy: string, quote: string | undefined): StrategySettings {
  const stored = storedSearch(strategy)
  const { cash, feePercent, slippagePercent, delayCandles, fills, leverage, venue, unseenPercent } =
    setupFromSearch(stored)
  return {
    cash: stored.quote === quote ? cash : undefined,
    feePercent,
    slippagePercent,
    delayCandles,
    fills,
    leverage,
    venue,
    unseenPercent,
  }
}

/** The change to another strategy as it was tested before: the market and its period stay, what else was set does not. */
export function changeToStrategy(strategy: string, quote: string | undefined): Partial<RunSetup> {
  return { strategy, params: {}, timeframe: undefined, ...rememberedSettings(strategy, quote) }
}

function storedSearch(strategy: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(localStorage.getItem(keyOf(strategy)) ?? "{}")) as Record<string, unknown>
  } catch {
    return {}
  }
}
