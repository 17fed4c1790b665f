import { afterAll, beforeAll, expect, test } from "vitest"
import { realSurroundings } from "../../../surroundings.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"
import type { BybitPrivateLine } from "./bybit-private-line.ts"
import { bybitClient } from "./testing/bybit-clients.ts"

// ccxt, unmodified, against the started exchange in Bybit's language: every REST call of a spot trader.
const soon = { timeout: 20_000 }
let exchange: SimulatedExchange
let client: Awaited<ReturnType<typeof bybitClient>>
const market = "BTC/USDT"
const acknowledged = { acknowledged: true }

beforeAll(async () => {
  const limits = { ordersPer10Seconds: 10_000, privatePerSecond: 1_000, publicPerSecond: 1_000 }
  exchange = await startSimulatedExchange({ seed: 7, speed: "stepped", speak: "bybit", limits }, realSurroundings())
  client = await bybitClient(exchange)
  await client.loadMarkets()
})
afterAll(async () => {
  await client?.close()
  await exchange?.stop()
})

async function lastPrice() {
  return (await client.fetchTicker(market)).last!
}

test("markets are understood with their precision and limits, and so are currencies", () => {
  const { precision, limits, active } = client.market(market)
  expect({ precision, min: limits.amount!.min, cost: limits.cost!.min, active }).toMatchObject({
    precision: { amount: 0.00001, price: 0.01 },
    min: 0.00001,
    cost: 5,
    active: true,
  })
  expect(Object.keys(client.currencies)).toEqual(expect.arrayContaining(["BTC", "USDT", "BNB"]))
})

test("time, tickers, book, trades and candles are read without complaint", async () => {
  expect(await client.fetchTime()).toBe(exchange.exchange.state.venue.nowMs)
  const ticker = await client.fetchTicker(market)
  expect(ticker.bid!).toBeLessThan(ticker.ask!)
  expect(Object.keys(await client.fetchTickers([market, "ETH/USDT"]))).toEqual([market, "ETH/USDT"])
  const book = await client.fetchOrderBook(market, 5)
  expect([book.bids.length, book.asks.length, book.bids[0][0]]).toEqual([5, 5, ticker.bid])
  exchange.advance(5_000)
  expect((await client.fetchTrades(market)).length).toBeGreaterThanOrEqual(5)
  const { nowMs } = exchange.exchange.state.venue
  const since = Math.floor(nowMs / 60_000 - 3_000) * 60_000
  const minutes = await client.fetchOHLCV(market, "1m", since, 1500)
  expect([minutes.length, minutes[0][0], minutes[999][0]]).toEqual([1000, since, since + 999 * 60_000])
  for (const frame of Object.keys(client.timeframes))
    expect(await client.fetchOHLCV(market, frame, undefined, 3)).toHaveLength(3)
})

test("a limit order lives: acknowledged, open, found by both ids, amended, cancelled, closed", async () => {
  const price = Math.round((await lastPrice()) * 0.95)
  const order = await client.createOrder(market, "limit", "buy", 0.01, price, { clientOrderId: "cw1-abc-1" })
  expect([order.status, order.filled]).toEqual([undefined, undefined])
  const id = order.id as string
  expect(await client.fetchOrder(id, market, acknowledged)).toMatchObject({
    status: "open",
    filled: 0,
    remaining: 0.01,
    price,
    clientOrderId: "cw1-abc-1",
    timeInForce: "GTC",
  })
  expect((await client.fetchOrder("", market, { ...acknowledged, orderLinkId: "cw1-abc-1" })).id).toBe(id)
  expect((await client.fetchOpenOrders(market)).map((one) => one.id)).toEqual([id])
  expect((await client.fetchBalance()).USDT.used).toBeCloseTo(price * 0.01, 8)
  await client.editOrder(id, market, "limit", "buy", 0.02, price - 10)
  expect(await client.fetchOrder(id, market, acknowledged)).toMatchObject({ amount: 0.02, price: price - 10 })
  expect((await client.fetchBalance()).USDT.used).toBeCloseTo((price - 10) * 0.02, 8)
  await client.cancelOrder(undefined as unknown as string, market, { orderLinkId: "cw1-abc-1" })
  expect((await client.fetchOrder(id, market, acknowledged)).status).toBe("canceled")
  expect((await client.fetchCanceledAndClosedOrders(market)).map((one) => one.id)).toContain(id)
  expect((await client.fetchBalance()).USDT.used).toBe(0)
})

test("market orders fill, by coins and by money, with fees from what is received", async () => {
  const before = await client.fetchBalance()
  const bought = await client.createOrder(market, "market", "buy", 0.02)
  const { filled, fee, status, cost } = await client.fetchOrder(bought.id as string, market, acknowledged)
  expect({ filled, status }).toEqual({ filled: 0.02, status: "closed" })
  expect(fee).toMatchObject({ currency: "BTC", cost: 0.00002 })
  const after = await client.fetchBalance()
  expect(Number(after.BTC.total) - Number(before.BTC.total)).toBeCloseTo(0.02 - 0.00002, 8)
  expect(Number(before.USDT.total) - Number(after.USDT.total)).toBeCloseTo(Number(cost), 6)
  const spent = await client.createMarketBuyOrderWithCost(market, 100)
  expect((await client.fetchOrder(spent.id as string, market, acknowledged)).cost).toBeGreaterThan(99)
  const sold = await client.createOrder(market, "market", "sell", 0.01)
  const trades = await client.fetchOrderTrades(sold.id as string, market)
  expect(trades[0]).toMatchObject({ order: sold.id, side: "sell", fee: { currency: "USDT" }, takerOrMaker: "taker" })
  expect((await client.fetchMyTrades(market)).map((one) => one.order)).toEqual(
    expect.arrayContaining([bought.id, spent.id, sold.id]),
  )
})

test("a stop that locks is cancelled by its own filter only, and can be moved in place", async () => {
  const price = await lastPrice()
  const stop = await client.createOrder(market, "market", "sell", 0.1, undefined, {
    stopLossPrice: Math.round(price * 0.9),
    clientOrderId: "stop-1",
  })
  const id = stop.id as string
  expect(await client.fetchOrder(id, market, acknowledged)).toMatchObject({
    status: "open",
    triggerPrice: Math.round(price * 0.9),
  })
  expect((await client.fetchBalance()).BTC.used).toBe(0.1)
  await expect(client.cancelOrder(id, market)).rejects.toThrow("170213")
  await client.editOrder(id, market, "market", "sell", undefined, undefined, { triggerPrice: Math.round(price * 0.92) })
  expect(await client.fetchOrder(id, market, acknowledged)).toMatchObject({ triggerPrice: Math.round(price * 0.92) })
  await client.cancelOrder(id, market, { orderFilter: "tpslOrder" })
  expect((await client.fetchBalance()).BTC.used).toBe(0)
  expect((await client.fetchOrder(id, market, acknowledged)).info.orderStatus).toBe("Deactivated")
})

test("an entry brings its stop and its target, which sell what it received net of the fee", async () => {
  const price = await lastPrice()
  const entry = await client.createOrder(market, "limit", "buy", 0.02, Math.round(price * 1.01), {
    clientOrderId: "entry-1",
    stopLoss: { triggerPrice: Math.round(price * 0.9) },
    takeProfit: { triggerPrice: Math.round(price * 1.1) },
  })
  expect(await client.fetchOrder(entry.id as string, market, acknowledged)).toMatchObject({
    status: "closed",
    stopLossPrice: Math.round(price * 0.9),
    takeProfitPrice: Math.round(price * 1.1),
  })
  const exits = await client.fetchOpenOrders(market)
  expect(exits.map(({ amount, info }) => [amount, info.orderLinkId, info.orderStatus, info.stopOrderType])).toEqual([
    [0.01998, "", "Untriggered", "tpslOrder"],
    [0.01998, "", "Untriggered", "tpslOrder"],
  ])
  expect((await client.fetchBalance()).BTC.used).toBe(0.01998)
  await client.cancelOrder(exits[0].id as string, market, { orderFilter: "tpslOrder" })
  expect(await client.fetchOpenOrders(market)).toEqual([])
})

test("what is open, what is closed and what it costs are found by every call there is", async () => {
  const price = Math.round((await lastPrice()) * 0.9)
  const { id } = await client.createOrder(market, "limit", "buy", 0.01, price, { postOnly: true })
  expect(await client.fetchOpenOrder(id as string, market)).toMatchObject({ id, status: "open", postOnly: true })
  const late = await client.createOrder(market, "limit", "buy", 0.01, price, { triggerPrice: price + 10 })
  expect((await client.fetchOrder(late.id as string, market, acknowledged)).info.orderStatus).toBe("Untriggered")
  await client.cancelOrder(late.id as string, market, { trigger: true })
  await client.cancelAllOrders(market)
  const bought = await client.createOrder(market, "limit", "buy", 0.01, Math.round(price * 1.2), { timeInForce: "IOC" })
  expect((await client.fetchClosedOrder(bought.id as string, market)).status).toBe("closed")
  expect((await client.fetchClosedOrders(market)).map((one) => one.id)).toContain(bought.id)
  expect((await client.fetchCanceledOrders(market)).map((one) => one.id)).toContain(id)
  expect(await client.fetchTradingFee(market)).toMatchObject({ maker: 0.001, taker: 0.001 })
  expect((await client.fetchBidsAsks([market]))[market].bid).toBeGreaterThan(0)
})

test("the private stream tells of orders, fills and balances", async () => {
  const told = Promise.all([client.watchOrders(market), client.watchMyTrades(market), client.watchBalance()])
  const users = exchange.sockets.users as BybitPrivateLine
  await expect.poll(() => exchange.sockets.of("api").flatMap((one) => users.topicsOf(one)), soon).toHaveLength(3)
  const { id } = await client.createOrder(market, "market", "buy", 0.01)
  const [orders, trades, balance] = await told
  expect(orders.map((one) => [one.id, one.filled])).toContainEqual([id, 0.01])
  expect(trades[0]).toMatchObject({ order: id, amount: 0.01 })
  expect(Number(balance.BTC.total)).toBeGreaterThan(1)
})
