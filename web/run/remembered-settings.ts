import { type RunSetup, type SetupSearch, searchFromSetup, setupFromSearch } from "./run-setup.ts"

/** The part of a setup that belongs to a strategy wherever it is tested: not the market, its period and its money. */
type StrategySettings = Pick<
  RunSetup,
  "feePercent" | "slippagePercent" | "delayCandles" | "fills" | "leverage" | "venue" | "unseenPercent"
>

const names = [
  "fee",
  "slippage",
  "delay",
  "fills",
  "leverage",
  "venue",
  "unseen",
] as const satisfies (keyof SetupSearch)[]
const fields = ["feePercent", "slippagePercent", "delayCandles", "fills", "leverage", "venue", "unseenPercent"] as const
const keyOf = (strategy: string) => `candlewright.run-settings.${strategy}`

/** Whether a change is stored with the strategy. */
export function isRemembered(change: Partial<RunSetup>): boolean {
  return fields.some((field) => field in change)
}

/** Stores how a strategy is tested, as address text. */
export function rememberSettings(setup: RunSetup): void {
  const search = searchFromSetup(setup)
  const kept = Object.fromEntries(names.map((name) => [name, search[name]]))
  try {
    localStorage.setItem(keyOf(setup.strategy), JSON.stringify(kept))
  } catch {
    // A private window may refuse: the settings then last as long as the address.
  }
}

/** How this strategy was tested before; undefined when it never was. */
export function rememberedSettings(strategy: string): Partial<StrategySettings> {
  const stored = storedSearch(strategy)
  if (!stored) return {}
  const { feePercent, slippagePercent, delayCandles, fills, leverage, venue, unseenPercent } = setupFromSearch(stored)
  return { feePercent, slippagePercent, delayCandles, fills, leverage, venue, unseenPercent }
}

function storedSearch(strategy: string): Record<string, unknown> | undefined {
  try {
    const text = localStorage.getItem(keyOf(strategy))
    return text === null ? undefined : (Object(JSON.parse(text)) as Record<string, unknown>)
  } catch {
    return undefined
  }
}
