import { type Timeframe, timeframesMs } from "#engine/candles"
import type { CcxtClient } from "./ccxt-client.ts"
import { orderFromCcxt } from "./ccxt-shapes.ts"
import { text, type Text } from "./number-text.ts"
import type { ClosedCandle, MarketName, PlacedOrder } from "../exchange.ts"
import type { Dialect } from "./venue-dialect.ts"

/** We look for our order among this many pages of the newest; we ask for it soon after sending it. */
const MOST_PAGES = 8
const ORDERS_PER_PAGE = 250

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
    const closed = rows
      .map(candleFrom)
      .filter(({ openTimeMs }) => openTimeMs >= sinceMs && openTimeMs + lengthMs <= serverMs)
    if (closed.length === 0) break
    found.push(...closed)
    sinceMs = found.at(-1)!.openTimeMs + lengthMs
  }
  return found.slice(0, limit)
}

/** Every order that can still trade, whatever the exchange calls that state and however many pages they are. */
export async function openOrders(
  client: CcxtClient,
  market: MarketName,
  { openStatuses, openPages }: Dialect,
): Promise<PlacedOrder[]> {
  const found = new Map<string, PlacedOrder>()
  for (const status of openStatuses ?? [undefined]) {
    const params: Record<string, string> = status === undefined ? {} : { order_status: status }
    let cursor: string | undefined
    do {
      const page = await client.fetchOpenOrders(market, undefined, openPages?.perPage, withCursor(params, cursor))
      for (const order of page) found.set(String(order.id), orderFromCcxt(order as never))
      cursor = nextCursor(page, openPages?.field, cursor)
    } while (cursor !== undefined)
  }
  return [...found.values()]
}

function withCursor(params: Record<string, string>, cursor: string | undefined): Record<string, string> {
  return cursor === undefined ? params : { ...params, cursor }
}

/** Undefined on the last page: an exchange that names the same page again has no other. */
function nextCursor(
  page: readonly unknown[],
  field: string | undefined,
  cursor: string | undefined,
): string | undefined {
  const next = field === undefined ? undefined : cursorIn(page, field)
  return next === cursor ? undefined : next
}

/** The next page's name, which ccxt leaves in one of a page's rows. */
export function cursorIn(rows: readonly unknown[], field: string): string | undefined {
  const infos = rows.map((row) => (row as { info?: Record<string, string> }).info)
  return infos.find((info) => info?.[field])?.[field]
}

/** The exchange's number of the order with our id, for exchanges that do not look orders up by it. */
export async function numberByOurId(
  client: CcxtClient,
  market: MarketName,
  clientOrderId: string,
): Promise<string | undefined> {
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const orders = await client.fetchOrders(market, undefined, ORDERS_PER_PAGE, withCursor({}, cursor))
    const found = orders
      .map((order) => orderFromCcxt(order as never))
      .find((one) => one.clientOrderId === clientOrderId)
    cursor = nextCursor(orders, "cursor", cursor)
    if (found || cursor === undefined) return found?.exchangeOrderId
  }
  throw new Error(`our order is not among the newest ${MOST_PAGES * ORDERS_PER_PAGE}`)
}

function candleFrom([openTimeMs, open, high, low, close, volume]: Text[]): ClosedCandle {
  return {
    openTimeMs: Number(openTimeMs),
    open: text(open),
    high: text(high),
    low: text(low),
    close: text(close),
    volume: text(volume),
  }
}
