import { afterAll, beforeAll, expect, test } from "vitest"
import { realSurroundings } from "../../../surroundings.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"
import type { BybitPrivateLine } from "./bybit-private-line.ts"
import { bybitClient } from "./testing/bybit-clients.ts"
import { bybitSocket } from "./testing/bybit-socket-client.ts"

// ccxt.pro, unmodified, on both of Bybit's sockets; and the book as anybody would put it together.
const soon = { timeout: 20_000 }
let exchange: SimulatedExchange
let client: Awaited<ReturnType<typeof bybitClient>>
const market = "BTC/USDT"

beforeAll(async () => {
  exchange = await startSimulatedExchange({ seed: 8, speed: 20, speak: "bybit" }, realSurroundings())
  client = await bybitClient(exchange)
  client.options.fetchCurrencies = false
  await client.loadMarkets()
})
afterAll(async () => {
  await client?.close()
  await exchange?.stop()
})

test("candles, tickers, trades and books arrive", async () => {
  const candles = await client.watchOHLCV(market, "1m")
  const ticker = await client.watchTicker(market)
  const trades = await client.watchTrades(market)
  const book = await client.watchOrderBook(market)
  expect(candles.at(-1)![4]).toBeGreaterThan(0)
  expect(ticker.last).toBeGreaterThan(0)
  expect(trades[0]).toMatchObject({ symbol: market, side: expect.stringMatching(/^(buy|sell)$/) })
  expect(Number(book.bids[0][0])).toBeLessThan(Number(book.asks[0][0]))
})

test("orders, fills and balances of an account arrive", async () => {
  const told = Promise.all([client.watchOrders(market), client.watchMyTrades(market), client.watchBalance()])
  const users = exchange.sockets.users as BybitPrivateLine
  await expect.poll(() => exchange.sockets.of("api").flatMap((one) => users.topicsOf(one)), soon).toHaveLength(3)
  const { id } = await client.createOrder(market, "market", "buy", 0.01)
  const [orders, trades, balance] = await told
  expect(orders.map((one) => one.id)).toContain(id)
  expect(trades[0]).toMatchObject({ order: id, amount: 0.01, fee: { currency: "BTC" } })
  expect(Number(balance.BTC.total)).toBeGreaterThan(1)
})

test("a snapshot and its deltas are the book that REST shows", async () => {
  const socket = await bybitSocket(exchange.addresses.publicStream)
  socket.send({ op: "subscribe", args: ["orderbook.50.BTCUSDT"], req_id: "b" })
  const news = () => socket.messages.filter(({ topic }) => topic === "orderbook.50.BTCUSDT")
  await expect.poll(() => news().length, soon).toBeGreaterThan(20)
  socket.close()
  await socket.closed
  const [first, ...rest] = news()
  expect([first.type, ...new Set(rest.map(({ type }) => type))]).toEqual(["snapshot", "delta"])
  const sides = { b: new Map<string, string>(first.data.b), a: new Map<string, string>(first.data.a) }
  for (const { data } of rest)
    for (const side of ["b", "a"] as const)
      for (const [price, size] of data[side])
        if (size === "0") sides[side].delete(price)
        else sides[side].set(price, size)
  const [bids, asks] = [[...sides.b.keys()].map(Number), [...sides.a.keys()].map(Number)]
  expect(Math.max(...bids)).toBeLessThan(Math.min(...asks))
  expect([bids.length <= 50, asks.length <= 50, bids.length > 0]).toEqual([true, true, true])
})

test("a candle that closes is confirmed once, pings are answered, and a topic can be left", async () => {
  const socket = await bybitSocket(exchange.addresses.publicStream)
  socket.send({ op: "subscribe", args: ["kline.1.BTCUSDT"], req_id: "k" })
  const rows = () => socket.messages.filter(({ topic }) => topic === "kline.1.BTCUSDT").flatMap(({ data }) => data)
  await expect.poll(() => rows().filter(({ confirm }) => confirm).length, soon).toBe(2)
  const closed = rows().filter(({ confirm }) => confirm)
  expect(closed[1].start - closed[0].start).toBe(60_000)
  socket.send({ op: "ping", req_id: "p" })
  await expect
    .poll(() => socket.messages.find(({ op }) => op === "ping"), soon)
    .toMatchObject({ ret_msg: "pong", success: true })
  socket.send({ op: "unsubscribe", args: ["kline.1.BTCUSDT"] })
  await expect.poll(() => socket.messages.find(({ op }) => op === "unsubscribe"), soon).toMatchObject({ success: true })
  socket.close()
})
