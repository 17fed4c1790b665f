import { isTimeframe, type Timeframe, timeframesMs } from "#engine/candles"
import type { Account } from "../accounts/index.ts"
import type { ChartColumns } from "../run/chart-columns.ts"
import { answered, relay } from "../relay-client/relay.ts"
import type { Bot } from "./bot.ts"
import { askEquity, askTrades, type BotTrade } from "./bot-history.ts"
import { barsFor, columnsOf, MOST_BARS, type PastCandle } from "./past-columns.ts"

/** The time of a bot that has ended: its market's candles, and its trades there. */
export type PastPicture = { columns: ChartColumns; trades: PastTrade[] }

/** A trade as charts draw it. */
export type PastTrade = ReturnType<typeof tradeOf>

const BARS_ON_PAGE = 1_000
/** What was before it began, to see where it came in. */
const BARS_BEFORE = 20

/** Why there is nothing to draw: it ended before its first candle, or its exchange has none of the market for that time. */
export type NoPicture = "undecided" | "no-candles"

export async function askPastPicture(
  { id, timeframe }: Pick<Bot, "id" | "timeframe">,
  { venue, market }: { venue: Account["venue"]; market: string },
): Promise<PastPicture | NoPicture> {
  const [equity, trades] = await Promise.all([askEquity(id), askTrades(id)])
  const [last, first] = [equity[0], equity.at(-1)]
  if (last === undefined || first === undefined || !isTimeframe(timeframe)) return "undecided"
  const bars = barsFor(timeframe, last.atMs - first.atMs)
  const barMs = timeframesMs[bars]
  const candles = await candlesOf({ venue, market, bars }, first.atMs - BARS_BEFORE * barMs, last.atMs + barMs)
  if (candles.length === 0) return "no-candles"
  const own = trades.filter((trade) => trade.market === market).toReversed()
  return { columns: columnsOf(candles, { barMs, equity }), trades: own.map(tradeOf) }
}

async function candlesOf(
  { venue, market, bars }: { venue: Account["venue"]; market: string; bars: Timeframe },
  fromMs: number,
  toMs: number,
): Promise<PastCandle[]> {
  const candles: PastCandle[] = []
  const stretch = { venue, timeframe: bars, from: String(fromMs), to: String(toMs), limit: String(BARS_ON_PAGE) }
  for (let after: string | null = ""; after !== null && candles.length < 2 * MOST_BARS;) {
    const query = after === "" ? stretch : { ...stretch, after }
    const param = { symbol: market.replace("/", "-") }
    const answer = await answered(relay["historical-data"][":symbol"].$get({ param, query }))
    const page: { items: PastCandle[]; next: string | null } = await answer.json()
    candles.push(...page.items)
    after = page.items.length === 0 ? null : page.next
  }
  return candles
}

function tradeOf(trade: BotTrade) {
  const { entryTimeMs, exitTimeMs, exitReason } = trade
  const [entryPrice, exitPrice, profit] = [trade.entryPrice, trade.exitPrice, trade.profit].map(Number)
  const profitPercent = (profit / (entryPrice * Number(trade.quantity))) * 100
  return { side: "long" as const, entryTimeMs, entryPrice, exitTimeMs, exitPrice, profit, profitPercent, exitReason }
}
