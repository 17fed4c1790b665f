import { useState } from "react"
import type { Timeframe } from "#engine/candles"
import { Button } from "../ui/button.tsx"
import { WatchRow } from "./watch-row.tsx"
import type { Watchlist } from "./use-watchlist.ts"
import type { WatchBoard } from "./watch-board.ts"
import { type WatchedMarket, watchKey } from "./watched-market.ts"

type MarketListProps = {
  list: Watchlist
  board: WatchBoard
  selected: WatchedMarket | undefined
  timeframe: Timeframe
  onOrder: (markets: WatchedMarket[]) => void
  onRemove: (market: WatchedMarket) => void
}

/** The watched markets, in the person's order. */
export function MarketList({ list: { markets }, board, selected, timeframe, onOrder, onRemove }: MarketListProps) {
  const [arranging, setArranging] = useState(false)
  if (markets.length === 0) return null
  return (
    <>
      <ul aria-label="Watched markets" className="flex flex-col border-b border-line">
        {markets.map((market, at) => (
          <WatchRow
            key={watchKey(market)}
            market={market}
            board={board}
            timeframe={timeframe}
            isSelected={market === selected}
            arrange={
              arranging
                ? {
                    onUp: at > 0 ? () => onOrder(swapped(markets, at - 1)) : undefined,
                    onDown: at < markets.length - 1 ? () => onOrder(swapped(markets, at)) : undefined,
                    onRemove: () => onRemove(market),
                  }
                : undefined
            }
          />
        ))}
      </ul>
      <Button look="plain" aria-pressed={arranging} className="self-start" onClick={() => setArranging(!arranging)}>
        {arranging ? "Done" : "Arrange"}
      </Button>
    </>
  )
}

/** The list with the market at index `at` swapped with the one after it. */
export function swapped<Item>(items: Item[], at: number): Item[] {
  return items.with(at, items[at + 1]).with(at + 1, items[at])
}
