import type { Trade } from "#engine/result"
import { formatSignedPercent } from "../ui/number-format.ts"
import { colourOf } from "../ui/theme.ts"
import { barOf } from "../run/chart-columns.ts"

/** The part of a trade a chart draws. */
export type TradeMark = Pick<
  Trade,
  "side" | "entryTimeMs" | "entryPrice" | "exitTimeMs" | "exitPrice" | "profit" | "profitPercent"
>

/** With more trades than this their words would cover each other. */
const MOST_WITH_WORDS = 10

/** ▲ below the candle of each entry, ▼ above that of each exit, in order of time. */
export function tradeMarkers(trades: TradeMark[], barMs: number) {
  const withWords = trades.length <= MOST_WITH_WORDS
  const ink = colourOf("ink-strong")
  const size = withWords ? 1 : 0.4
  const entries = trades.map((trade) => ({
    time: barOf(trade.entryTimeMs, barMs) / 1000,
    position: "belowBar",
    shape: "arrowUp",
    color: ink,
    size,
  }))
  const exits = trades.map((trade) => ({
    time: barOf(trade.exitTimeMs, barMs) / 1000,
    position: "aboveBar",
    shape: "arrowDown",
    size,
    color: colourOf(trade.profit >= 0 ? "gain" : "loss"),
    text: withWords ? formatSignedPercent(trade.profitPercent) : undefined,
  }))
  return [...entries, ...exits].sort((one, other) => one.time - other.time)
}
