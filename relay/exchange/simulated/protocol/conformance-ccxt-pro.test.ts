import { pro } from "ccxt"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"
import { realSurroundings } from "../../../surroundings.ts"

// ccxt.pro, unmodified, on streams and the WebSocket API.
let exchange: SimulatedExchange
let client: InstanceType<typeof pro.binance>
let ticking: NodeJS.Timeout
const market = "BTC/USDT"

beforeAll(async () => {
  exchange = await startSimulatedExchange(
    {
      seed: 8,
      speed: "stepped",
      limits: { ordersPer10Seconds: 1_000, weightPerMinute: 60_000 },
    },
    realSurroundings(),
  )
  client = new pro.binance({ apiKey: exchange.apiKey, secret: exchange.secret, enableRateLimit: false })
  const { rest, stream, wsApi } = exchange
  Object.assign(client.urls.api as object, {
    public: rest,
    private: rest,
    v1: rest.replace("v3", "v1"),
    sapi: rest.replace("/api/v3", "/sapi/v1"),
  })
  const urls = client.urls.api as { ws: Record<string, unknown> }
  urls.ws = { ...urls.ws, spot: stream, "ws-api": { ...(urls.ws["ws-api"] as object), spot: wsApi } }
  client.options.fetchMarkets = { types: ["spot"] }
  await client.loadHttpProxyAgent()
  await client.loadMarkets()
  ticking = setInterval(() => exchange.advance(1_000), 20)
})
afterAll(async () => {
  clearInterval(ticking)
  await client.close()
  await exchange.stop()
})

test("every public watch call receives something it understands", async () => {
  const [ticker, tickers, candles, trades, book, quotes] = await Promise.all([
    client.watchTicker(market),
    client.watchTickers([market, "ETH/USDT"]),
    client.watchOHLCV(market, "1m"),
    client.watchTrades(market),
    client.watchOrderBook(market),
    client.watchBidsAsks([market]),
  ])
  expect(ticker.last).toBeGreaterThan(0)
  expect(Object.keys(tickers).length).toBeGreaterThan(0)
  expect(candles[0][0]! % 60_000).toBe(0)
  expect(trades[0].amount).toBeGreaterThan(0)
  expect(book.bids[0][0]!).toBeLessThan(book.asks[0][0]!)
  expect(quotes[market].bid!).toBeLessThan(quotes[market].ask!)
})

test("full tickers, every market's ticker, several candles and trades at once", async () => {
  const [full, all, candles, trades] = await Promise.all([
    client.watchTicker(market, { name: "ticker" }),
    client.watchTickers(),
    client.watchOHLCVForSymbols([
      [market, "1m"],
      ["ETH/USDT", "5m"],
    ]),
    client.watchTradesForSymbols([market, "ETH/USDT"]),
  ])
  expect(full.bid!).toBeLessThan(full.ask!)
  expect(Object.keys(all).length).toBeGreaterThan(0)
  expect(Object.keys(candles).length).toBeGreaterThan(0)
  expect(trades.length).toBeGreaterThan(0)
})

test("the followed book stays equal to the exchange's own", async () => {
  for (let look = 0; look < 20; look++) {
    const book = await client.watchOrderBook(market)
    expect(book.bids[0][0]!).toBeLessThan(book.asks[0][0]!)
  }
  clearInterval(ticking)
  exchange.advance(1_000)
  const followed = await client.watchOrderBook(market)
  const own = await client.fetchOrderBook(market, 20)
  expect(followed.bids.slice(0, 20).map(([price, amount]) => [price, amount])).toEqual(own.bids)
  expect(followed.asks.slice(0, 20).map(([price, amount]) => [price, amount])).toEqual(own.asks)
  ticking = setInterval(() => exchange.advance(1_000), 20)
})

test("an order's life shows on orders, trades and balance alike", async () => {
  const heard: { status: string; filled: number }[] = []
  const next = client.watchOrders(market)
  const trade = client.watchMyTrades(market)
  const balance = client.watchBalance()
  // The client waits for news of all three, and for the balance it begins with.
  const awaited = () =>
    Object.values(client.clients).flatMap((socket) => Object.keys((socket as { futures: object }).futures))
  await expect
    .poll(awaited, { timeout: 10_000 })
    .toEqual(expect.arrayContaining([`orders:${market}`, `myTrades:${market}`, "spot:balance"]))
  const order = await client.createOrder(market, "market", "buy", 0.01)
  const fill = await trade
  const money = (await balance) as unknown as Record<string, { free: number }>
  let orders = await next
  for (;;) {
    heard.push(
      ...orders
        .filter((one) => one.id === order.id)
        .map(({ status, filled }) => ({ status: status!, filled: filled! })),
    )
    if (heard.at(-1)?.status === "closed") break
    orders = await client.watchOrders(market)
  }
  expect(heard.at(-1)).toEqual({ status: "closed", filled: 0.01 })
  expect(fill[0]).toMatchObject({ order: order.id, amount: expect.any(Number) })
  expect(money.BTC.free).toBeCloseTo(1.00999, 8)
})

test("orders placed, asked for, moved and cancelled over the socket", async () => {
  const price = Math.round((await client.fetchTicker(market)).last! * 0.9)
  const order = await client.createOrderWs(market, "limit", "buy", 0.01, price, { clientOrderId: "cw1-ws-1" })
  expect(order).toMatchObject({ status: "open", clientOrderId: "cw1-ws-1", price })
  expect((await client.fetchOrderWs(order.id as string, market)).id).toBe(order.id)
  expect((await client.fetchOpenOrdersWs(market)).length).toBe(1)
  // ccxt 4.5.84 reads account.status but leaves its currencies empty for spot, so we look only at the raw answer.
  expect((await client.fetchBalanceWs()).info).toMatchObject({ accountType: "SPOT" })
  const moved = await client.editOrderWs(order.id as string, market, "limit", "buy", 0.02, price - 1)
  expect(moved.amount).toBe(0.02)
  expect((await client.cancelOrderWs(moved.id as string, market)).status).toBe("canceled")
  await client.createOrderWs(market, "limit", "buy", 0.01, price)
  expect((await client.cancelAllOrdersWs(market)).length).toBe(1)
  expect((await client.fetchMyTradesWs(market)).length).toBeGreaterThan(0)
  expect((await client.fetchOrdersWs(market)).length).toBeGreaterThan(2)
  expect((await client.fetchOHLCVWs(market, "1m", undefined, 5)).length).toBe(5)
  expect((await client.fetchTradesWs(market)).length).toBeGreaterThan(0)
})
