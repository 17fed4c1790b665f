import { type Timeframe, timeframesMs } from "#engine"
import type { CcxtClient } from "./ccxt-client.ts"
import { fillFromCcxt, text, type Text } from "./ccxt-shapes.ts"
import type { ClosedCandle, Fill, MarketName } from "./exchange.ts"

const DAY_MS = 86_400_000
const FILLS_PER_PAGE = 500

/** Candles from `fromMs` on that are closed by the exchange's clock, page after page until `limit` or the present. */
export async function closedCandles(
  client: CcxtClient,
  { market, timeframe, fromMs, limit }: { market: MarketName; timeframe: Timeframe; fromMs: number; limit: number },
  perPage: number,
): Promise<ClosedCandle[]> {
  const lengthMs = timeframesMs[timeframe]
  const serverMs = Number(await client.fetchTime())
  const found: ClosedCandle[] = []
  for (let sinceMs = fromMs; found.length < limit;) {
    const rows = await client.fetchOHLCV(market, timeframe, sinceMs, Math.min(perPage, limit - found.length + 1))
    const closed = rows.map(candleFrom).filter(({ openTimeMs }) => openTimeMs >= sinceMs && openTimeMs + lengthMs <= serverMs)
    if (closed.length === 0) break
    found.push(...closed)
    sinceMs = found.at(-1)!.openTimeMs + lengthMs
  }
  return found.slice(0, limit)
}

/** Fills since a time, each once. The exchange shows at most a day at a time, and a page at most. */
export async function fillsSince(client: CcxtClient, { market, sinceMs }: { market: MarketName; sinceMs: number }): Promise<Fill[]> {
  const untilMs = Number(await client.fetchTime())
  const seen = new Map<string, Fill>()
  for (let fromMs = sinceMs; fromMs <= untilMs;) {
    const trades = await client.fetchMyTrades(market, fromMs, FILLS_PER_PAGE, { until: Math.min(fromMs + DAY_MS - 1, untilMs) })
    const page = trades.map((trade) => fillFromCcxt(trade as never))
    for (const fill of page) seen.set(`${fill.fillId} ${fill.exchangeOrderId}`, fill)
    fromMs = page.length < FILLS_PER_PAGE ? fromMs + DAY_MS : Math.max(fromMs + 1, page.at(-1)!.timeMs)
  }
  return [...seen.values()].sort((first, second) => first.timeMs - second.timeMs)
}

function candleFrom([openTimeMs, open, high, low, close, volume]: Text[]): ClosedCandle {
  return { openTimeMs: Number(openTimeMs), open: text(open), high: text(high), low: text(low), close: text(close), volume: text(volume) }
}
