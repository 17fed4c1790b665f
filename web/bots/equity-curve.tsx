import { Scale } from "lucide-react"
import { Curves, type NamedCurve } from "../figure/index.ts"
import { usePreferences } from "../settings/index.ts"
import { Button } from "../ui/button.tsx"
import { formatDateTime } from "../ui/date-format.ts"
import { formatShort, formatSignedMoney } from "../ui/number-format.ts"
import type { EquityPoint } from "./bot-history.ts"
import { type Bot, quoteOf } from "./bot.ts"
import type { Comparison } from "./use-parity.ts"

type EquityCurveProps = { points: EquityPoint[]; bot: Bot; comparison: Comparison; onCompare: () => void }

/** What a bot has won or lost over its life, beside where it began, and its backtest once they were compared. */
export function EquityCurve({ points, bot, comparison, onCompare }: EquityCurveProps) {
  const { timeZone } = usePreferences()
  const quote = quoteOf(bot)
  if (points.length < 2)
    return <p className="text-ink-soft">The curve begins with the second candle that closes while it runs.</p>
  const own = curveOf("This bot", points, bot)
  const [fromMs, toMs] = [own.timesMs[0], own.timesMs[own.timesMs.length - 1]]
  const tested = comparison.state === "ready" ? comparison.parity.backtestEquity : []
  const beside = tested.length > 1 ? [curveOf("Its backtest", tested, bot)] : []
  const ends = [own, ...beside].map(({ name, values }) => `${name} ${formatSignedMoney(values.at(-1)!, quote)}`)
  return (
    <div className="flex flex-col items-start gap-3">
      <div className="w-full">
        <Curves
          title="Money over time"
          summary={`Profit or loss since the bot began. At the last candle: ${ends.join(", ")}.`}
          curves={[own, ...beside, { name: "Where it began", timesMs: [fromMs, toMs], values: [0, 0], isFaint: true }]}
          amountWords={(value) => formatShort(value)}
          exactWords={(value) => formatSignedMoney(value, quote)}
          timeWords={(timeMs) => formatDateTime(timeMs, timeZone)}
        />
      </div>
      {beside.length === 0 && (
        <Button
          icon={<Scale aria-hidden className="size-4" />}
          disabled={comparison.state === "running"}
          onClick={onCompare}
        >
          {comparison.state === "running" ? "Running its candles again…" : "Draw its backtest beside it"}
        </Button>
      )}
    </div>
  )
}

/** `points`: the newest first. */
function curveOf(name: string, points: readonly EquityPoint[], { cash }: Bot): NamedCurve {
  const oldestFirst = points.toReversed()
  return {
    name,
    timesMs: oldestFirst.map(({ atMs }) => atMs),
    values: oldestFirst.map(({ equity }) => Number(equity) - Number(cash)),
  }
}
