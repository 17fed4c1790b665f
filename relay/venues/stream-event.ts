import type { CandleEvent, Timeframe, TradeEvent } from "#engine/candles"

/** What can be listened to. `marketId` is the exchange's own name of the market, such as "BTCUSDT". */
export type StreamTopic =
  | { kind: "price"; marketId: string }
  | { kind: "candles"; marketId: string; timeframe: Timeframe }

/** What an exchange's message says, in our words. `dayChangePercent` is over the last 24 hours. */
export type StreamEvent =
  | { kind: "price"; marketId: string; price: number; dayChangePercent: number; atMs: number }
  | { kind: "candle"; marketId: string; timeframe: Timeframe; event: CandleEvent }
  | { kind: "trade"; marketId: string; event: TradeEvent }
  | { kind: "leaving" }
  | { kind: "refused"; because: string }

/** How one exchange's public stream is spoken. */
export type StreamDialect = {
  /** The messages that begin or end listening. */
  subscription: (topics: StreamTopic[], isWanted: boolean) => object[]
  /** A message that a living exchange answers; undefined where it sends a sign of life by itself. */
  probe?: object
  /** What a message says; nothing for answers and signs of life. Throws for what is no message of this exchange. */
  read: (message: unknown) => StreamEvent[]
  /** Whether what the stream calls `heard` is the market asked for as `asked`; the same name unless said otherwise. */
  isSameMarket?: (asked: string, heard: string) => boolean
}
