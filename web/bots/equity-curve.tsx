import { Curves } from "../figure/index.ts"
import { usePreferences } from "../settings/index.ts"
import { formatDateTime } from "../ui/date-format.ts"
import { formatShort, formatSignedMoney } from "../ui/number-format.ts"
import type { EquityPoint } from "./bot-history.ts"
import { type Bot, quoteOf } from "./bot.ts"

/** What a bot has won or lost at each closed candle, beside where it began. */
export function EquityCurve({ points, bot }: { points: EquityPoint[]; bot: Bot }) {
  const { timeZone } = usePreferences()
  const quote = quoteOf(bot)
  if (points.length < 2)
    return <p className="text-ink-soft">The curve begins with the second candle that closes while it runs.</p>
  const oldestFirst = points.toReversed()
  const timesMs = oldestFirst.map(({ atMs }) => atMs)
  const values = oldestFirst.map(({ equity }) => Number(equity) - Number(bot.cash))
  const last = values[values.length - 1]
  return (
    <Curves
      title="Money over time"
      summary={`Profit or loss since the bot began: ${formatSignedMoney(last, quote)} at the last candle.`}
      curves={[
        { name: "This bot", timesMs, values },
        { name: "Where it began", timesMs: [timesMs[0], timesMs[timesMs.length - 1]], values: [0, 0], isFaint: true },
      ]}
      amountWords={(value) => formatShort(value)}
      exactWords={(value) => formatSignedMoney(value, quote)}
      timeWords={(timeMs) => formatDateTime(timeMs, timeZone)}
    />
  )
}
