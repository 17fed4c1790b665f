import { lazy, Suspense, useCallback } from "react"
import { candleColumnsOf, priceDecimalsOf } from "#engine/candles"
import type { Account } from "../accounts/index.ts"
import type { CandleAsking } from "../chart/index.ts"
import { useAnswer } from "../relay-client/use-answer.ts"
import { madeUpOfMarkets } from "../run/made-up.ts"
import { usePreferences } from "../settings/index.ts"
import { Notice } from "../ui/notice.tsx"
import { formatCount } from "../ui/number-format.ts"
import { Skeleton } from "../ui/skeleton.tsx"
import { type Bot, quoteOf } from "./bot.ts"
import { exitWords } from "./exit-words.ts"
import { askPastPicture, type NoPicture, type PastPicture, type PastTrade } from "./past-picture.ts"

const RunChart = lazy(async () => ({ default: (await import("../chart/index.ts")).RunChart<PastTrade> }))

type PastChartProps = { bot: Bot; venue: Account["venue"]; market: string; asking: CandleAsking }

/** The candles of an ended bot's time, with where it bought and sold; each can be asked about. */
export function PastChart({ bot, venue, market, asking }: PastChartProps) {
  const { id, timeframe } = bot
  const [answer] = useAnswer(
    useCallback(() => askPastPicture({ id, timeframe }, { venue, market }), [id, timeframe, venue, market]),
  )
  if (answer.state === "loading") return waiting
  if (answer.state === "failed") return <Notice kind="warn">{answer.because}</Notice>
  if (typeof answer.value === "string") return <p className="text-ink-soft">{withoutPicture[answer.value](market)}</p>
  return <Drawn {...{ bot, venue, market, asking }} past={answer.value} />
}

const withoutPicture: Record<NoPicture, (market: string) => string> = {
  undecided: () => "It ended before it decided on a candle, so there is nothing to draw.",
  "no-candles": (market) =>
    `The exchange has no candles of ${market} for the time the bot ran, as when it no longer trades it. Everything the bot did there is in its events and trades below.`,
}

const waiting = (
  <div aria-busy>
    <Skeleton className="h-[29rem] w-full md:h-[36rem]" />
  </div>
)

function Drawn({ bot, venue, market, asking, past }: PastChartProps & { past: PastPicture }) {
  const { timeZone } = usePreferences()
  const { columns, trades } = past
  return (
    <Suspense fallback={waiting}>
      <RunChart
        title={`${market} while the bot ran`}
        summary={`The candles of its time, with ${formatCount(trades.length, "trade")}.`}
        columns={columns}
        trades={trades}
        panes={["price", "equity"]}
        priceDecimals={decimalsOf(columns)}
        madeUp={madeUpOfMarkets([{ id: market, venue }])}
        currency={quoteOf(bot)}
        zone={timeZone}
        reasonOf={({ exitReason }) => exitWords[exitReason] ?? ""}
        markMs={asking.markMs}
        onCandle={asking.onCandle}
        onPointCandle={asking.onPoint}
        className="h-96 md:h-[clamp(20rem,50dvh,38rem)]"
      />
    </Suspense>
  )
}

/** As many as the first prices have. */
function decimalsOf({ openTimeMs, open, high, low, close, volume }: PastPicture["columns"]): number {
  const first = Array.from(openTimeMs.slice(0, 50), (ms, n) => ({
    openTimeMs: ms,
    open: open[n],
    high: high[n],
    low: low[n],
    close: close[n],
    volume: volume[n],
  }))
  return priceDecimalsOf(candleColumnsOf(first))
}
