import { afterAll, beforeAll, expect, test } from "vitest"
import type { SimulatedExchange } from "../simulated-exchange.ts"
import { ccxtAt, type CoinbaseClient, command, numberOf, startCoinbase } from "./testing/coinbase-clients.ts"

// ccxt.pro, unmodified, on the one socket.
let exchange: SimulatedExchange
let client: CoinbaseClient
let ticking: NodeJS.Timeout
const market = "BTC/USD"

beforeAll(async () => {
  exchange = await startCoinbase({ seed: 8 })
  client = await ccxtAt(exchange)
  ticking = setInterval(() => exchange.advance(1_000), 20)
})
afterAll(async () => {
  clearInterval(ticking)
  await client.close()
  await exchange.stop()
})

test("every public watch call receives something it understands", async () => {
  const [ticker, tickers, trades, many, book, books] = await Promise.all([
    client.watchTicker(market),
    client.watchTickers([market, "ETH/USD"]),
    client.watchTrades(market),
    client.watchTradesForSymbols([market, "SOL/USD"]),
    client.watchOrderBook(market),
    client.watchOrderBookForSymbols([market, "ETH/USD"]),
  ])
  expect(ticker.bid!).toBeLessThan(ticker.ask!)
  expect(Object.keys(tickers).length).toBeGreaterThan(0)
  expect(trades[0].amount).toBeGreaterThan(0)
  expect(many[0].price).toBeGreaterThan(0)
  expect(book.bids[0][0]!).toBeLessThan(book.asks[0][0]!)
  expect(books.bids.length).toBeGreaterThan(0)
})

test("a book that is watched stays the book that is asked for", async () => {
  const watched = await client.watchOrderBook(market)
  clearInterval(ticking)
  const next = client.watchOrderBook(market)
  exchange.advance(1_000)
  await next
  const asked = await client.fetchOrderBook(market, 100)
  expect(watched.bids.slice(0, 5).map(([price, size]) => [price, size])).toEqual(asked.bids.slice(0, 5))
  expect(watched.asks.slice(0, 5).map(([price, size]) => [price, size])).toEqual(asked.asks.slice(0, 5))
  ticking = setInterval(() => exchange.advance(1_000), 20)
})

test("own orders come as they are placed, filled in parts, and cancelled", async () => {
  const seen: string[] = []
  const listen = async () => {
    for (;;) for (const { id, status, filled } of await client.watchOrders()) seen.push(`${id} ${status} ${filled}`)
  }
  const listening = listen().catch(() => undefined)
  const placed = await client.createOrder(market, "limit", "buy", 0.02, 50_000)
  await expect.poll(() => seen).toContain(`${placed.id} open 0`)
  await command(exchange, `/orders/${numberOf(exchange, placed.clientOrderId!)}/fill`, { quantity: "0.01" })
  await expect.poll(() => seen).toContain(`${placed.id} open 0.01`)
  await client.cancelOrder(placed.id!, market)
  await expect.poll(() => seen).toContain(`${placed.id} canceled 0.01`)
  await client.close()
  await listening
})

test("what is watched no more is not sent any more", async () => {
  const other = await ccxtAt(exchange)
  await other.watchTicker("SOL/USD")
  await other.unWatchTicker("SOL/USD")
  expect(Object.keys(other.tickers)).toEqual([])
  await other.close()
})
