import type { Timeframe } from "#engine/candles"
import type { StreamDialect, StreamEvent, StreamTopic } from "./stream-event.ts"
import { changePercent, streamTimeMs } from "./stream-number.ts"

/**
 * Binance Spot, and the Practice exchange.
 * https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams
 */
export const binanceDialect: StreamDialect = {
  subscription: (topics, isWanted) => [
    { method: isWanted ? "SUBSCRIBE" : "UNSUBSCRIBE", params: topics.map(nameOf), id: isWanted ? 1 : 2 },
  ],
  probe: { method: "LIST_SUBSCRIPTIONS", id: 3 },
  read: (message) => readBinance(message as BinanceMessage),
}

type BinanceMessage = Partial<MiniTicker> & { e?: string; E?: number; s?: string; k?: Kline; error?: { msg?: string } }
/** Last price and the price 24 hours ago. */
type MiniTicker = { c: string; o: string }
type Kline = { t: number; i: Timeframe; o: string; h: string; l: string; c: string; v: string; x: boolean }

function nameOf(topic: StreamTopic): string {
  const market = topic.marketId.toLowerCase()
  return topic.kind === "price" ? `${market}@miniTicker` : `${market}@kline_${topic.timeframe}`
}

function readBinance({ e, E = 0, s = "", c, o, k, error }: BinanceMessage): StreamEvent[] {
  const atMs = streamTimeMs(E)
  if (e === "24hrMiniTicker")
    return [
      { kind: "price", marketId: s, price: Number(c), dayChangePercent: changePercent(Number(c), Number(o)), atMs },
    ]
  if (e === "kline" && k)
    return [{ kind: "candle", marketId: s, timeframe: k.i, event: { candle: candleOf(k), isClosed: k.x, atMs } }]
  if (e === "serverShutdown") return [{ kind: "leaving" }]
  return error ? [{ kind: "refused", because: error.msg ?? "no reason given" }] : []
}

function candleOf({ t, o, h, l, c, v }: Kline) {
  return {
    openTimeMs: streamTimeMs(t),
    open: Number(o),
    high: Number(h),
    low: Number(l),
    close: Number(c),
    volume: Number(v),
  }
}
