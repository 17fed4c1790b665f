import type { StreamDialect, StreamEvent, StreamTopic } from "./stream-event.ts"

/**
 * Coinbase Advanced Trade. Its candle channel has five minutes only, so candles form from trades and close by its
 * history.
 * https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket/websocket-channels
 */
export const coinbaseDialect: StreamDialect = {
  subscription: subscriptionsOf,
  read: (message) => readCoinbase(message as CoinbaseMessage),
  // Its USDC markets have their USD names in the stream.
  isSameMarket: (asked, heard) => asked === heard || asked.replace(/-USDC$/, "-USD") === heard,
}

type CoinbaseMessage = {
  channel?: string
  type?: string
  message?: string
  timestamp?: string
  events?: CoinbaseEvent[]
}
type CoinbaseEvent = { type?: string; tickers?: CoinbaseTicker[]; trades?: CoinbaseTrade[] }
type CoinbaseTicker = { product_id: string; price: string; price_percent_chg_24_h: string }
type CoinbaseTrade = { product_id: string; trade_id: string; price: string; size: string; time: string }

/**
 * One message for each channel; the heartbeat keeps quiet subscriptions open and proves every second that the
 * connection is alive.
 */
function subscriptionsOf(topics: StreamTopic[], isWanted: boolean): object[] {
  const type = isWanted ? "subscribe" : "unsubscribe"
  const productsOf = (kind: StreamTopic["kind"]) =>
    topics.filter((topic) => topic.kind === kind).map(({ marketId }) => marketId)
  const channels = [
    { channel: "ticker", product_ids: productsOf("price") },
    { channel: "market_trades", product_ids: productsOf("candles") },
  ]
  const messages = channels
    .filter(({ product_ids: products }) => products.length > 0)
    .map((each) => ({ type, ...each }))
  return isWanted ? [{ type, channel: "heartbeats" }, ...messages] : messages
}

function readCoinbase({ channel, type, message, timestamp = "", events = [] }: CoinbaseMessage): StreamEvent[] {
  if (type === "error") return [{ kind: "refused", because: message ?? "no reason given" }]
  if (channel === "ticker")
    return events.flatMap(({ tickers = [] }) => tickers.map((ticker) => priceOf(ticker, Date.parse(timestamp))))
  // The snapshot holds trades of minutes ago, newest first, which history has too.
  if (channel === "market_trades")
    return events
      .filter((event) => event.type !== "snapshot")
      .flatMap(({ trades = [] }) => trades.toReversed().map(tradeOf))
  return []
}

function priceOf(ticker: CoinbaseTicker, atMs: number): StreamEvent {
  return {
    kind: "price",
    marketId: ticker.product_id,
    price: Number(ticker.price),
    dayChangePercent: Number(ticker.price_percent_chg_24_h),
    atMs,
  }
}

function tradeOf({ product_id: marketId, trade_id: id, price, size, time }: CoinbaseTrade): StreamEvent {
  return {
    kind: "trade",
    marketId,
    event: { price: Number(price), quantity: Number(size), atMs: Date.parse(time), id: Number(id) },
  }
}
