import { type CandleSource, replaySource } from "./candle-source.ts"
import { obey } from "../control/command.ts"
import type { Exchange } from "../exchange-state.ts"
import type { SymbolRules } from "./symbol-rules.ts"

/** Binance's public data host: no key, no account. */
export const publicFeed = "https://data-api.binance.vision"

const PAGE_CANDLES = 1_000
const POLL_MS = 1_000
/** Prices older than this are no prices any more. */
export const MOST_SILENT_MS = 5_000

/**
 * The real market's last minutes (1000 unless more are wanted), as history for an exchange that follows it. Throws
 * when the feed is unreachable.
 */
export async function liveHistory(feed: string, symbols: SymbolRules[], minutes = PAGE_CANDLES): Promise<CandleSource> {
  const columns = await Promise.all(
    symbols.map(async ({ symbol }) => [symbol, columnsFrom(await lastRows(feed, symbol, minutes))] as const),
  )
  const history = replaySource(Object.fromEntries(columns))
  // We make the minute that is still forming.
  const lastMs = Math.min(...columns.map(([, { openTimeMs }]) => openTimeMs.at(-1)!))
  return {
    firstMs: history.firstMs,
    knownUntilMs: lastMs,
    minute: (rules, openTimeMs) => (openTimeMs < lastMs ? history.minute(rules, openTimeMs) : undefined),
  }
}

/**
 * Makes the exchange's prices follow the real ones, once a second, until you call the returned function. While the
 * feed is silent the market pauses; with `onSilent`, exchange time then stands still for good, and it is called once.
 */
export function followLive(exchange: Exchange, feed: string, onSilent?: () => void): () => void {
  const { venue } = exchange.state
  const heard = onSilent === undefined ? () => {} : standStillWhenSilent(exchange, onSilent)
  const names = JSON.stringify([...venue.markets.keys()])
  const poll = async () => {
    const prices = await get(`${feed}/api/v3/ticker/price?symbols=${encodeURIComponent(names)}`).catch(() => [])
    exchange.catchUp()
    const rows = rowsOf(prices)
    if (rows.length > 0) heard()
    for (const { symbol, price } of rows)
      if (venue.markets.has(symbol)) obey(exchange, { do: "follow-price", symbol, price })
  }
  return exchange.surroundings.every(POLL_MS, () => void poll().catch(exchange.report))
}

/** Nothing happens on old prices. Call the returned function at each new price. */
function standStillWhenSilent(exchange: Exchange, onSilent: () => void): () => void {
  const { nowMs } = exchange.surroundings
  const { catchUp } = exchange
  let heardMs = nowMs()
  let isStanding = false
  exchange.catchUp = (mostMs) => {
    // By the wall clock: a computer that slept has heard nothing meanwhile.
    if (!isStanding && Math.abs(nowMs() - heardMs) <= MOST_SILENT_MS) return catchUp(mostMs)
    if (isStanding) return
    isStanding = true
    onSilent()
  }
  return () => void (heardMs = nowMs())
}

/** The newest minutes of a market, oldest first, page by page. */
async function lastRows(feed: string, symbol: string, minutes: number): Promise<unknown[]> {
  const rows: unknown[][] = []
  while (rows.length < minutes) {
    const before = rows.length === 0 ? "" : `&endTime=${Number(rows[0][0]) - 1}`
    const page = await get(`${feed}/api/v3/klines?symbol=${symbol}&interval=1m&limit=${PAGE_CANDLES}${before}`)
    if (!Array.isArray(page) || page.length === 0) break
    rows.unshift(...(page as unknown[][]))
    if (page.length < PAGE_CANDLES) break
  }
  return rows
}

async function get(url: string): Promise<unknown> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) })
  if (!answer.ok) throw new Error(`${new URL(url).host} answered ${answer.status}`)
  return answer.json()
}

function columnsFrom(rows: unknown[]) {
  const table = rows as (string | number)[][]
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
