import type { SavedMarket } from "../db/market-catalogue.ts"
import { Chip } from "../ui/chip.tsx"

/** Whether nobody ever traded at these prices. */
export function isMadeUp({ origin, venue }: Partial<Pick<SavedMarket, "origin" | "venue">>): boolean {
  return origin === "synthetic" || venue === "practice"
}

/** Where candles come from, in a chip: made-up ones must never be taken for real ones. */
export function OriginChip({ market }: { market: SavedMarket }) {
  return (
    <Chip look={isMadeUp(market) ? "grey" : "blue"}>
      {isMadeUp(market) ? "MADE UP" : market.origin === "download" ? "EXCHANGE" : "FILE"}
    </Chip>
  )
}
