import { type CandleSource, replaySource } from "./candle-source.ts"
import { obey } from "../control/command.ts"
import type { Exchange } from "../exchange-state.ts"
import type { SymbolRules } from "./symbol-rules.ts"

/** Binance's public data host: no key, no account. */
export const publicFeed = "https://data-api.binance.vision"

const HISTORY_CANDLES = 1_000
const POLL_MS = 1_000

/**
 * The real market's last 1000 minutes, as history for an exchange that follows it. Throws when the feed is
 * unreachable.
 */
export async function liveHistory(feed: string, symbols: SymbolRules[]): Promise<CandleSource> {
  const columns = await Promise.all(
    symbols.map(
      async ({ symbol }) =>
        [
          symbol,
          columnsFrom(await get(`${feed}/api/v3/klines?symbol=${symbol}&interval=1m&limit=${HISTORY_CANDLES}`)),
        ] as const,
    ),
  )
  const history = replaySource(Object.fromEntries(columns))
  // We make the minute that is still forming.
  const lastMs = Math.min(...columns.map(([, { openTimeMs }]) => openTimeMs.at(-1)!))
  return {
    firstMs: history.firstMs,
    minute: (rules, openTimeMs) => (openTimeMs < lastMs ? history.minute(rules, openTimeMs) : undefined),
  }
}

/**
 * Makes the exchange's prices follow the real ones, once a second, until you call the returned function. While the
 * feed is silent the market pauses.
 */
export function followLive(exchange: Exchange, feed: string): () => void {
  const { venue } = exchange.state
  const names = JSON.stringify([...venue.markets.keys()])
  const poll = async () => {
    const prices = await get(`${feed}/api/v3/ticker/price?symbols=${encodeURIComponent(names)}`).catch(() => [])
    exchange.catchUp()
    for (const { symbol, price } of rowsOf(prices))
      if (venue.markets.has(symbol)) obey(exchange, { do: "follow-price", symbol, price })
  }
  return exchange.surroundings.every(POLL_MS, () => void poll().catch(exchange.report))
}

async function get(url: string): Promise<unknown> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) })
  if (!answer.ok) throw new Error(`${new URL(url).host} answered ${answer.status}`)
  return answer.json()
}

function columnsFrom(rows: unknown) {
  const table = (Array.isArray(rows) ? rows : []) as (string | number)[][]
  if (table.length === 0) throw new Error("the public feed has no candles")
  const column = (index: number) => table.map((row) => Number(row[index]))
  return {
    openTimeMs: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  }
}

function rowsOf(prices: unknown): { symbol: string; price: string }[] {
  if (!Array.isArray(prices)) return []
  return prices.filter((row) => typeof row?.symbol === "string" && /^\d{1,12}(\.\d{1,8})?$/.test(row.price))
}
