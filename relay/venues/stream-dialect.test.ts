import { describe, expect, test } from "vitest"
import { streamDialects } from "./stream-dialect.ts"
import type { StreamTopic } from "./stream-event.ts"

const topics: StreamTopic[] = [
  { kind: "price", marketId: "BTCUSDT" },
  { kind: "candles", marketId: "BTCUSDT", timeframe: "1h" },
]
const T = 1_672_324_800_000

describe("Binance", () => {
  const { subscription, read } = streamDialects.binance

  test("gets one message for everything, in lower case", () => {
    expect(subscription(topics, true)).toEqual([
      { method: "SUBSCRIBE", params: ["btcusdt@miniTicker", "btcusdt@kline_1h"], id: 1 },
    ])
    expect(subscription(topics, false)).toMatchObject([{ method: "UNSUBSCRIBE" }])
  })

  test("gives the price with the change since a day ago", () => {
    expect(
      read({ e: "24hrMiniTicker", E: T, s: "BTCUSDT", c: "110.00", o: "100.00", h: "111", l: "99", v: "1", q: "1" }),
    ).toEqual([{ kind: "price", marketId: "BTCUSDT", price: 110, dayChangePercent: expect.closeTo(10), atMs: T }])
  })

  test.each([
    ["milliseconds", 1],
    ["microseconds", 1000],
  ])("gives candles, in %s", (_, factor) => {
    const k = {
      t: T * factor,
      T: (T + 59_999) * factor,
      s: "BTCUSDT",
      i: "1m",
      o: "1",
      h: "3",
      l: "0.5",
      c: "2",
      v: "7",
      x: true,
    }
    expect(read({ e: "kline", E: (T + 60_000) * factor, s: "BTCUSDT", k })).toEqual([
      {
        kind: "candle",
        marketId: "BTCUSDT",
        timeframe: "1m",
        event: {
          candle: { openTimeMs: T, open: 1, high: 3, low: 0.5, close: 2, volume: 7 },
          isClosed: true,
          atMs: T + 60_000,
        },
      },
    ])
  })

  test("reports that it will close or refuses, and nothing for an answer", () => {
    expect(read({ e: "serverShutdown", E: T })).toEqual([{ kind: "leaving" }])
    expect(read({ error: { code: 2, msg: "Invalid request" }, id: 1 })).toEqual([
      { kind: "refused", because: "Invalid request" },
    ])
    expect(read({ result: null, id: 1 })).toEqual([])
  })
})

describe("Bybit", () => {
  const { subscription, read } = streamDialects.bybit

  test("gets ten topics a message", () => {
    const many = Array.from({ length: 12 }, (_, n): StreamTopic => ({ kind: "price", marketId: `A${n}USDT` }))
    expect(subscription(many, true).map((message) => (message as { args: string[] }).args.length)).toEqual([10, 2])
    expect(subscription(topics, true)).toEqual([{ op: "subscribe", args: ["tickers.BTCUSDT", "kline.60.BTCUSDT"] }])
  })

  test("gives the price and candles with their final values", () => {
    expect(
      read({
        topic: "tickers.BTCUSDT",
        ts: T,
        type: "snapshot",
        data: { symbol: "BTCUSDT", lastPrice: "16800.5", price24hPcnt: "-0.0125" },
      }),
    ).toEqual([{ kind: "price", marketId: "BTCUSDT", price: 16800.5, dayChangePercent: -1.25, atMs: T }])
    const kline = {
      start: T,
      end: T + 86_399_999,
      interval: "D",
      open: "1",
      close: "2",
      high: "3",
      low: "0.5",
      volume: "7",
      confirm: true,
      timestamp: T,
    }
    expect(read({ topic: "kline.D.BTCUSDT", data: [kline], ts: T + 9, type: "snapshot" })).toEqual([
      {
        kind: "candle",
        marketId: "BTCUSDT",
        timeframe: "1d",
        event: {
          candle: { openTimeMs: T, open: 1, high: 3, low: 0.5, close: 2, volume: 7 },
          isClosed: true,
          atMs: T + 9,
        },
      },
    ])
  })

  test("refuses in words", () => {
    expect(read({ success: false, ret_msg: "handler not found", op: "subscribe" })).toEqual([
      { kind: "refused", because: "handler not found" },
    ])
    expect(read({ success: true, ret_msg: "pong", op: "ping" })).toEqual([])
  })
})

describe("Coinbase", () => {
  const { subscription, read } = streamDialects.coinbase
  const asked: StreamTopic[] = [
    { kind: "price", marketId: "BTC-USD" },
    { kind: "candles", marketId: "BTC-USD", timeframe: "1m" },
  ]

  test("gets one message a channel, for the heartbeat too", () => {
    expect(subscription(asked, true)).toEqual([
      { type: "subscribe", channel: "heartbeats" },
      { type: "subscribe", channel: "ticker", product_ids: ["BTC-USD"] },
      { type: "subscribe", channel: "market_trades", product_ids: ["BTC-USD"] },
    ])
  })

  test("gives trades oldest first, without those of its snapshot", () => {
    const trade = (id: number) => ({
      trade_id: String(id),
      product_id: "BTC-USD",
      price: "1260.01",
      size: "0.3",
      side: "BUY",
      time: "2019-08-14T20:42:27.265Z",
    })
    expect(read({ channel: "market_trades", events: [{ type: "snapshot", trades: [trade(1)] }] })).toEqual([])
    const events = read({ channel: "market_trades", events: [{ type: "update", trades: [trade(3), trade(2)] }] })
    expect(events.map((event) => event.kind === "trade" && event.event.id)).toEqual([2, 3])
    expect(events[0]).toEqual({
      kind: "trade",
      marketId: "BTC-USD",
      event: { price: 1260.01, quantity: 0.3, atMs: Date.UTC(2019, 7, 14, 20, 42, 27, 265), id: 2 },
    })
  })

  test("gives the price with the day's change", () => {
    const ticker = { type: "ticker", product_id: "BTC-USD", price: "21932.98", price_percent_chg_24_h: "-4.16" }
    expect(
      read({
        channel: "ticker",
        timestamp: "2023-02-09T20:30:37.167359596Z",
        events: [{ type: "snapshot", tickers: [ticker] }],
      }),
    ).toEqual([
      {
        kind: "price",
        marketId: "BTC-USD",
        price: 21932.98,
        dayChangePercent: -4.16,
        atMs: Date.UTC(2023, 1, 9, 20, 30, 37, 167),
      },
    ])
  })
})
