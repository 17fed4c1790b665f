import type { SavedMarket } from "../db/market-catalogue.ts"
import { MadeUpChip } from "../figure/index.ts"
import { madeUpOfMarkets } from "../run/made-up.ts"
import { Chip } from "../ui/chip.tsx"

/** Where candles come from, in a chip: made-up ones must never be taken for real ones. */
export function OriginChip({ market }: { market: SavedMarket }) {
  const madeUp = madeUpOfMarkets([market])
  return madeUp ? (
    <MadeUpChip of={madeUp} />
  ) : (
    <Chip look="blue">{market.origin === "download" ? "EXCHANGE" : "FILE"}</Chip>
  )
}
