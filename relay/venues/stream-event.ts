import type { CandleEvent, Timeframe, TradeEvent } from "#engine/candles"

/** What we can subscribe to. `marketId` is the exchange's own name of the market, such as "BTCUSDT". */
export type StreamTopic =
  | { kind: "price"; marketId: string }
  | { kind: "candles"; marketId: string; timeframe: Timeframe }

/** An exchange's message in our words. `dayChangePercent` is over the last 24 hours. */
export type StreamEvent =
  | { kind: "price"; marketId: string; price: number; dayChangePercent: number; atMs: number }
  | { kind: "candle"; marketId: string; timeframe: Timeframe; event: CandleEvent }
  | { kind: "trade"; marketId: string; event: TradeEvent }
  | { kind: "leaving" }
  | { kind: "refused"; because: string }

/** How one exchange's public stream works. */
export type StreamDialect = {
  /** The messages that subscribe or unsubscribe. */
  subscription: (topics: StreamTopic[], isWanted: boolean) => object[]
  /** A ping that a living exchange answers; undefined where it sends a heartbeat by itself. */
  probe?: object
  /** A message's events; none for answers and heartbeats. Throws when it is not a message of this exchange. */
  read: (message: unknown) => StreamEvent[]
  /** Whether the stream's name `heard` is the market we requested as `asked`; the same name by default. */
  isSameMarket?: (asked: string, heard: string) => boolean
}
