import { type Timeframe, timeframesMs } from "#engine/candles"
import type { StreamDialect, StreamEvent, StreamTopic } from "./stream-event.ts"

/** Bybit takes ten topics in one message of its spot stream. */
const TOPICS_PER_MESSAGE = 10

/** Bybit v5, spot. https://bybit-exchange.github.io/docs/v5/websocket/public/kline and …/public/ticker */
export const bybitDialect: StreamDialect = {
  subscription: (topics, isWanted) =>
    inTens(topics.map(nameOf)).map((args) => ({ op: isWanted ? "subscribe" : "unsubscribe", args })),
  probe: { op: "ping" },
  read: (message) => readBybit(message as BybitMessage),
}

type BybitMessage = { topic?: string; ts?: number; data?: unknown; success?: boolean; ret_msg?: string }
type BybitTicker = { symbol: string; lastPrice: string; /** A share, not percent. */ price24hPcnt: string }
type BybitKline = {
  start: number
  open: string
  high: string
  low: string
  close: string
  volume: string
  confirm: boolean
  timestamp: number
}

function nameOf(topic: StreamTopic): string {
  return topic.kind === "price" ? `tickers.${topic.marketId}` : `kline.${intervalOf(topic.timeframe)}.${topic.marketId}`
}

function intervalOf(timeframe: Timeframe): string {
  if (timeframe === "1d") return "D"
  return timeframe === "1w" ? "W" : String(timeframesMs[timeframe] / 60_000)
}

function timeframeOfInterval(interval: string): Timeframe | undefined {
  return (Object.keys(timeframesMs) as Timeframe[]).find((timeframe) => intervalOf(timeframe) === interval)
}

function readBybit({
  topic = "",
  ts = 0,
  data,
  success,
  ret_msg: because = "no reason given",
}: BybitMessage): StreamEvent[] {
  if (success === false) return [{ kind: "refused", because }]
  const [kind, middle, marketId = ""] = topic.split(".")
  if (kind === "tickers") return [priceOf(data as BybitTicker, ts)]
  const timeframe = timeframeOfInterval(middle)
  if (kind !== "kline" || timeframe === undefined) return []
  return (data as BybitKline[]).map((kline) => ({
    kind: "candle",
    marketId,
    timeframe,
    event: { candle: candleOf(kline), isClosed: kline.confirm, atMs: ts },
  }))
}

function priceOf({ symbol, lastPrice, price24hPcnt }: BybitTicker, atMs: number): StreamEvent {
  return {
    kind: "price",
    marketId: symbol,
    price: Number(lastPrice),
    dayChangePercent: Number(price24hPcnt) * 100,
    atMs,
  }
}

function candleOf({ start, open, high, low, close, volume }: BybitKline) {
  return {
    openTimeMs: start,
    open: Number(open),
    high: Number(high),
    low: Number(low),
    close: Number(close),
    volume: Number(volume),
  }
}

function inTens(names: string[]): string[][] {
  return Array.from({ length: Math.ceil(names.length / TOPICS_PER_MESSAGE) }, (_, n) =>
    names.slice(n * TOPICS_PER_MESSAGE, (n + 1) * TOPICS_PER_MESSAGE),
  )
}
