import { formatCount, formatMoney } from "../ui/number-format.ts"
import type { Parity } from "./bot-history.ts"

/** Whether a bot trades as its backtest does, in a sentence; `quote`: what its money is counted in. */
export function agreementWords({ candles, trades, differences }: Parity, quote: string): string {
  if (candles === 0) return "It has not decided on a candle yet, so there is nothing to compare."
  if (trades.live === 0 && trades.backtest === 0)
    return `Live and backtest agree: on ${formatCount(candles, "candle")} neither has ended a trade.`
  if (differences.length === 0)
    return `Live and backtest agree: ${formatCount(trades.live, "trade")}, each at the same moments and prices.`
  const cost = totalCost({ differences })
  const inAll =
    cost === 0 ? "cost nothing in all" : `${cost > 0 ? "cost" : "earned"} ${formatMoney(Math.abs(cost), quote)} in all`
  const count = formatCount(differences.length, "difference")
  return `${count} from the backtest over ${formatCount(candles, "candle")}: ${differences.length === 1 ? "it" : "they"} ${inAll}.`
}

/** What the differences took from the bot; below 0 they were to its gain. Quote currency. */
export function totalCost({ differences }: Pick<Parity, "differences">): number {
  return differences.reduce((sum, { costQuote }) => sum + Number(costQuote), 0)
}

/** Whether the same candles and fills make the same decisions. */
export function decisionWords({ identicalDecisions, isRepeatable, candles }: Parity): string {
  if (isRepeatable && candles === 0) return "Run again with what it heard, its engine stands where it stands."
  if (isRepeatable && identicalDecisions)
    return "Its decisions are the backtest’s. Run again with what it heard, it decides the same at every candle, to the last bit."
  if (isRepeatable)
    return "Not all of its decisions are the backtest’s; the list says why. Run again with what it heard, it decides as it did, to the last bit."
  return "Run again with what it heard, it does not come to where it is now. Candlewright was updated since it began, or made a mistake; its orders, fills and stops are as they are shown. Please report it."
}
