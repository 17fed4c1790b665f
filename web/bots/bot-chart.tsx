import { lazy, Suspense, useMemo, useState } from "react"
import { isTimeframe, plainText, type Timeframe } from "#engine/candles"
import type { Account } from "../accounts/index.ts"
import type { PriceLevel } from "../chart/index.ts"
import { Select } from "../ui/select.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import type { Bot, BotPosition } from "./bot.ts"

// The chart's code is the largest of the screen: what a bot owns is read first.
const MarketChart = lazy(async () => ({ default: (await import("../watch/index.ts")).MarketChart }))

/** The live chart of a bot's market, with where it bought, its stop and its target. */
export function BotChart({ bot, venue }: { bot: Bot; venue: Account["venue"] }) {
  const [chosen, setChosen] = useState<string>()
  const market = chosen ?? bot.positions[0]?.market ?? bot.markets[0]
  const position = bot.positions.find((each) => each.market === market)
  const { entryPrice, stopPrice, targetPrice } = position ?? {}
  // The same marks from one look to the next: the chart redraws them only when one has moved.
  const levels = useMemo(() => levelsOf({ entryPrice, stopPrice, targetPrice }), [entryPrice, stopPrice, targetPrice])
  if (!isTimeframe(bot.timeframe)) return null
  return (
    <section aria-label="Its market" className="flex min-w-0 flex-col gap-3">
      {bot.markets.length > 1 && (
        <div className="max-w-60">
          <Select
            label="Market"
            value={market}
            choices={bot.markets.map((name) => ({ value: name, label: plainText(name, 40) }))}
            onChange={setChosen}
          />
        </div>
      )}
      <Suspense fallback={<Skeleton className="h-[29rem] w-full md:h-[36rem]" />}>
        <MarketChart
          key={market}
          venue={venue}
          symbol={market}
          timeframe={bot.timeframe as Timeframe}
          levels={levels}
        />
      </Suspense>
    </section>
  )
}

type Levels = Partial<Pick<BotPosition, "entryPrice" | "stopPrice" | "targetPrice">>

function levelsOf({ entryPrice, stopPrice, targetPrice }: Levels): PriceLevel[] {
  const level = (name: string, price: string | null | undefined, role: PriceLevel["role"]): PriceLevel[] =>
    price ? [{ name, price: Number(price), role }] : []
  return [
    ...level("Bought", entryPrice, "info"),
    ...level("Stop", stopPrice, "loss"),
    ...level("Target", targetPrice, "gain"),
  ]
}
