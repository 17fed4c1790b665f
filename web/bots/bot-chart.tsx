import { CircleHelp } from "lucide-react"
import { lazy, Suspense, useMemo, useRef, useState } from "react"
import { isTimeframe, plainText, type Timeframe, timeframesMs } from "#engine/candles"
import type { Account } from "../accounts/index.ts"
import type { PriceLevel } from "../chart/index.ts"
import { Button } from "../ui/button.tsx"
import { Select } from "../ui/select.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { useStable } from "../ui/use-stable.ts"
import { useShortcut } from "../ui/use-shortcut.ts"
import { standInWords } from "../venue/index.ts"
import type { Bot, BotPosition } from "./bot.ts"

// The chart's code is the largest of the screen: what a bot owns is read first.
const MarketChart = lazy(async () => ({ default: (await import("../watch/index.ts")).MarketChart }))

const PastChart = lazy(async () => ({ default: (await import("./past-chart.tsx")).PastChart }))

const WhyPanel = lazy(async () => ({ default: (await import("./bot-why-panel.tsx")).BotWhyPanel }))

/** What one should know of the candles that are drawn. */
const pricesWords: Record<NonNullable<Bot["exchange"]>, string> = {
  real: "",
  testnet: "",
  practice: "This market is made up.",
  paper:
    "Candles of the exchange. On paper the bot decides on those of its own book, which follows these prices: single wicks and volumes can differ. “Why?” tells the candle it heard.",
  "stand-in": standInWords,
}

/**
 * The live chart of a bot's market, with where it bought, its stop and its target; of an ended bot, the candles of its
 * time with its trades. Each candle can be asked about.
 */
export function BotChart({ bot, venue }: { bot: Bot; venue: Account["venue"] }) {
  const [chosen, setChosen] = useState<string>()
  const market = chosen ?? bot.positions[0]?.market ?? bot.markets[0]
  const position = bot.positions.find((each) => each.market === market)
  const { entryPrice, stopPrice, targetPrice } = position ?? {}
  // The same marks from one look to the next: the chart redraws them only when one has moved.
  const levels = useMemo(() => levelsOf({ entryPrice, stopPrice, targetPrice }), [entryPrice, stopPrice, targetPrice])
  const why = useAskedCandle(bot)
  const whyButton = useRef<HTMLButtonElement>(null)
  const asking = useMemo(
    () => ({ markMs: why.candleMs, onCandle: why.ask, onPoint: why.point }),
    [why.candleMs, why.ask, why.point],
  )
  if (!isTimeframe(bot.timeframe)) return null
  return (
    <section aria-label="Its market" className="flex min-w-0 flex-col gap-3">
      {bot.markets.length > 1 && (
        <div className="max-w-60">
          <Select
            label="Market"
            value={market}
            choices={bot.markets.map((name) => ({ value: name, label: plainText(name, 40) }))}
            onChange={(name) => (setChosen(name), why.close())}
          />
        </div>
      )}
      <Suspense fallback={<Skeleton className="h-[29rem] w-full md:h-[36rem]" />}>
        {bot.status === "stopped" ? (
          <PastChart key={market} {...{ bot, venue, market, asking }} />
        ) : (
          <MarketChart
            key={market}
            venue={venue}
            symbol={market}
            timeframe={bot.timeframe as Timeframe}
            levels={levels}
            asking={asking}
          />
        )}
      </Suspense>
      {bot.exchange !== null && pricesWords[bot.exchange] !== "" && (
        <p className="max-w-[72ch] text-sm text-ink-soft">{pricesWords[bot.exchange]}</p>
      )}
      {bot.status === "stopped" && why.candleMs === undefined ? (
        <p className="text-sm text-ink-soft">Press a candle to ask why it did, or did not, trade there.</p>
      ) : (
        <Button
          ref={whyButton}
          className="self-start"
          icon={<CircleHelp aria-hidden className="size-4" />}
          aria-expanded={why.candleMs !== undefined}
          title="W"
          disabled={why.candleMs === undefined && why.lastMs === undefined}
          onClick={why.toggle}
        >
          Why?
        </Button>
      )}
      {why.candleMs !== undefined && (
        <Suspense fallback={<Skeleton className="h-60 w-full" />}>
          <WhyPanel
            {...{ bot, market }}
            candleMs={why.candleMs}
            onCandle={why.walk}
            onClose={why.close}
            opener={whyButton}
            isFocused={why.isByKey}
          />
        </Suspense>
      )}
    </section>
  )
}

/** Which candle is asked about: the one pressed, or by `w` the one pointed at, or else the newest it decided on. */
function useAskedCandle({ timeframe, nextDecisionMs }: Bot) {
  const [asked, setAsked] = useState<{ candleMs: number; isByKey: boolean }>()
  const pointedMs = useRef<number>(undefined)
  const lastMs =
    nextDecisionMs === null || !isTimeframe(timeframe) ? undefined : nextDecisionMs - 2 * timeframesMs[timeframe]
  const close = useStable(() => setAsked(undefined))
  const toggle = () => {
    const candleMs = pointedMs.current ?? lastMs
    if (asked || candleMs === undefined) close()
    else setAsked({ candleMs, isByKey: true })
  }
  useShortcut("w", toggle)
  return {
    candleMs: asked?.candleMs,
    isByKey: asked?.isByKey ?? false,
    lastMs,
    ask: useStable((candleMs: number) => setAsked({ candleMs, isByKey: false })),
    walk: (candleMs: number) => setAsked({ candleMs, isByKey: asked?.isByKey ?? false }),
    point: useStable((candleMs: number | undefined) => void (pointedMs.current = candleMs)),
    toggle,
    close,
  }
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
