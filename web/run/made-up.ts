import type { SavedMarket } from "../db/market-catalogue.ts"
import { sampleMarket } from "../db/sample-market.ts"

/** What is said of prices that nobody ever traded at: those of the sample market, and all others. */
export type MadeUp = "DEMO DATA" | "MADE UP"

/** The same as a sentence, where there is no place for a chip. */
export function madeUpWords(madeUp: MadeUp | undefined): string | undefined {
  if (madeUp === undefined) return undefined
  return madeUp === "DEMO DATA"
    ? "These are the prices of our sample market: we made them up."
    : "These prices are made up."
}

type PriceSource = { id: string } & Partial<Pick<SavedMarket, "origin" | "venue">>

/** Whether nobody ever traded at these prices. */
export function isMadeUp({ id, origin, venue }: PriceSource): boolean {
  return id === sampleMarket.id || origin === "synthetic" || venue === "practice"
}

/** What is said of a result on markets of which at least one is made up; undefined where none is. */
export function madeUpOf(markets: readonly { id: string; isMadeUp: boolean }[]): MadeUp | undefined {
  const found = markets.filter((market) => market.isMadeUp)
  if (found.length === 0) return undefined
  return found.every(({ id }) => id === sampleMarket.id) ? "DEMO DATA" : "MADE UP"
}

/** The same of markets as the browser keeps them. */
export function madeUpOfMarkets(markets: readonly PriceSource[]): MadeUp | undefined {
  return madeUpOf(markets.map((market) => ({ id: market.id, isMadeUp: isMadeUp(market) })))
}
