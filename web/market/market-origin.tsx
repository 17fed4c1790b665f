import type { SavedMarket } from "../db/market-catalogue.ts"
import { Chip } from "../ui/chip.tsx"

/** Where candles come from, in a chip: made-up ones must never be taken for real ones. */
export function OriginChip({ market }: { market: SavedMarket }) {
  const isMadeUp = market.origin === "synthetic" || market.venue === "practice"
  return <Chip look={isMadeUp ? "grey" : "blue"}>{isMadeUp ? "MADE UP" : market.origin === "download" ? "EXCHANGE" : "FILE"}</Chip>
}
