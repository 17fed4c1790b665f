import { type Timeframe, timeframesMs } from "#engine/candles"
import type { ChartColumns } from "../run/chart-columns.ts"
import type { EquityPoint } from "./bot-history.ts"

/** A candle as the relay answers it; prices are decimal texts. */
export type PastCandle = { openTimeMs: number } & Record<"open" | "high" | "low" | "close" | "volume", string>

/** Wider bars where a bot has lived through more. */
export const MOST_BARS = 3_000

/** The shortest of our timeframes, from the bot's own on, that shows so long a time in few enough bars. */
export function barsFor(timeframe: Timeframe, lengthMs: number): Timeframe {
  const longer = (Object.keys(timeframesMs) as Timeframe[]).filter(
    (each) => timeframesMs[each] >= timeframesMs[timeframe],
  )
  return longer.find((each) => lengthMs / timeframesMs[each] <= MOST_BARS) ?? longer.at(-1)!
}

/** Candles with what the bot was worth at the end of each; the same cash held beside it. */
export function columnsOf(
  candles: readonly PastCandle[],
  { barMs, equity }: { barMs: number; equity: readonly EquityPoint[] },
): ChartColumns {
  const column = (of: (candle: PastCandle) => string | number) =>
    Float64Array.from(candles, (candle) => Number(of(candle)))
  const close = column((candle) => candle.close)
  const worth = worthAt(candles, { barMs, equity })
  return {
    barMs,
    openTimeMs: column(({ openTimeMs }) => openTimeMs),
    open: column(({ open }) => open),
    high: column(({ high }) => high),
    low: column(({ low }) => low),
    close,
    volume: column(({ volume }) => volume),
    equity: worth,
    holding: close.map((price) => (worth[0] * price) / close[0]),
    underwaterPercent: underwaterOf(worth),
  }
}

/** `equity` has the newest first; before its first, the bot was worth what it began with. */
function worthAt(candles: readonly PastCandle[], { barMs, equity }: { barMs: number; equity: readonly EquityPoint[] }) {
  const oldestFirst = equity.toReversed()
  let at = 0
  return Float64Array.from(candles, ({ openTimeMs }) => {
    while (at + 1 < oldestFirst.length && oldestFirst[at + 1].atMs <= openTimeMs + barMs) at++
    return Number(oldestFirst[at].equity)
  })
}

function underwaterOf(worth: Float64Array): Float64Array {
  let peak = -Infinity
  return worth.map((value) => {
    peak = Math.max(peak, value)
    return (value / peak - 1) * 100
  })
}
