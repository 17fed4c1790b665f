import { binance, type Exchange as CcxtExchange } from "ccxt"
import { afterAll, beforeAll, expect, test } from "vitest"
import { HOUR_MS } from "#engine/candles"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"
import { realSurroundings } from "../../../surroundings.ts"

// ccxt, unmodified, against the started exchange: every REST call of a spot trader.
let exchange: SimulatedExchange
let client: binance
const market = "BTC/USDT"

beforeAll(async () => {
  exchange = await startSimulatedExchange(
    { seed: 7, speed: "stepped", limits: { ordersPer10Seconds: 1_000 } },
    realSurroundings(),
  )
  client = new binance({ apiKey: exchange.apiKey, secret: exchange.secret, enableRateLimit: false })
  pointAt(client)
  await client.loadMarkets()
})
afterAll(() => exchange.stop())

function pointAt(one: CcxtExchange) {
  const { rest } = exchange
  Object.assign(one.urls.api as object, {
    public: rest,
    private: rest,
    v1: rest.replace("v3", "v1"),
    sapi: rest.replace("/api/v3", "/sapi/v1"),
  })
  one.options.fetchMarkets = { types: ["spot"] }
}

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

test("time, tickers, book, trades and status are read without complaint", async () => {
  expect(await client.fetchTime()).toBe(exchange.exchange.state.venue.nowMs)
  const ticker = await client.fetchTicker(market)
  expect(ticker.bid!).toBeLessThan(ticker.ask!)
  expect(ticker.low!).toBeLessThanOrEqual(ticker.high!)
  expect(Object.keys(await client.fetchTickers([market, "ETH/USDT"]))).toEqual([market, "ETH/USDT"])
  expect((await client.fetchBidsAsks([market]))[market].bid).toBe(ticker.bid)
  const book = await client.fetchOrderBook(market, 5)
  expect([book.bids.length, book.asks.length, book.bids[0][0]]).toEqual([5, 5, ticker.bid])
  exchange.advance(5_000)
  expect((await client.fetchTrades(market)).length).toBeGreaterThanOrEqual(5)
  expect((await client.fetchStatus()).status).toBe("ok")
})

test("candles: the forming one included, pages join without gaps or duplicates, every interval answers", async () => {
  const { nowMs } = exchange.exchange.state.venue
  const candles = await client.fetchOHLCV(market, "1m", undefined, 500)
  expect(candles.length).toBe(500)
  expect(candles.at(-1)![0]).toBe(Math.floor(nowMs / 60_000) * 60_000)
  const since = nowMs - 2_500 * 60_000
  const paged = await client.fetchOHLCV(market, "1m", since, undefined, {
    paginate: true,
    until: nowMs,
    maxEntriesPerRequest: 1000,
  })
  const times = paged.map((candle) => candle[0]!)
  expect(times.slice(1).every((time, index) => time - times[index] === 60_000)).toBe(true)
  expect(times.length).toBeGreaterThanOrEqual(2_500)
  for (const interval of Object.keys(client.timeframes)) {
    const rows = await client.fetchOHLCV(market, interval, undefined, 3)
    expect(rows.length).toBeGreaterThanOrEqual(interval === "1s" ? 1 : 3)
    for (const [, open, high, low, close] of rows as number[][])
      expect(high >= Math.max(open, close) && low <= Math.min(open, close)).toBe(true)
  }
})

test("a page that is too long is cut, a page with an end stops there, and history works as ccxt requests it", async () => {
  const { nowMs } = exchange.exchange.state.venue
  const since = Math.floor(nowMs / 60_000 - 3_000) * 60_000
  expect(await client.fetchOHLCV(market, "1m", since, 1500)).toHaveLength(1000)
  const until = await client.fetchOHLCV(market, "1m", since, 1000, { until: since + 9 * 60_000 })
  expect(until.map(([timeMs]) => timeMs)).toEqual(Array.from({ length: 10 }, (_, index) => since + index * 60_000))
})

test("an hour is exactly the sum of its minutes", async () => {
  const [hour] = await client.fetchOHLCV(market, "1h", exchange.exchange.state.venue.nowMs - 5 * HOUR_MS, 1)
  const minutes = (await client.fetchOHLCV(market, "1m", hour[0], 60)) as number[][]
  expect(hour.slice(1, 5)).toEqual([
    minutes[0][1],
    Math.max(...minutes.map((one) => one[2])),
    Math.min(...minutes.map((one) => one[3])),
    minutes[59][4],
  ])
  expect(hour[5]).toBeCloseTo(
    minutes.reduce((sum, one) => sum + one[5], 0),
    8,
  )
})

test("a limit order lives: open, found by both ids, listed, cancelled, closed", async () => {
  const price = Math.round((await lastPrice()) * 0.95)
  const order = await client.createOrder(market, "limit", "buy", 0.01, price, { clientOrderId: "cw1-abc-1" })
  expect(order).toMatchObject({
    status: "open",
    filled: 0,
    remaining: 0.01,
    price,
    clientOrderId: "cw1-abc-1",
    timeInForce: "GTC",
  })
  expect((await client.fetchOrder(order.id as string, market)).status).toBe("open")
  expect((await client.fetchOrder("", market, { clientOrderId: "cw1-abc-1" })).id).toBe(order.id)
  expect((await client.fetchOpenOrders(market)).map((one) => one.id)).toContain(order.id)
  expect((await client.fetchBalance()).USDT.used).toBeCloseTo(price * 0.01, 8)
  expect((await client.cancelOrder(order.id as string, market)).status).toBe("canceled")
  expect((await client.fetchOrders(market)).find((one) => one.id === order.id)!.status).toBe("canceled")
  expect((await client.fetchBalance()).USDT.used).toBe(0)
})

test("a market order fills with fees that the balance shows", async () => {
  const before = await client.fetchBalance()
  const order = await client.createOrder(market, "market", "buy", 0.02)
  expect(order).toMatchObject({ status: "closed", filled: 0.02, fee: { currency: "BTC", cost: 0.00002 } })
  const after = await client.fetchBalance()
  expect(
    (after.BTC as unknown as { free: number }).free - (before.BTC as unknown as { free: number }).free,
  ).toBeCloseTo(0.01998, 8)
  const trades = await client.fetchMyTrades(market)
  expect(trades.at(-1)).toMatchObject({ order: order.id, side: "buy", takerOrMaker: "taker" })
  expect(
    (await client.fetchOrderTrades(order.id as string, market)).reduce((sum, one) => sum + one.amount!, 0),
  ).toBeCloseTo(0.02, 8)
  expect((await client.createMarketBuyOrderWithCost(market, 100)).cost).toBeLessThanOrEqual(100)
})

test("every kind of order ccxt can place is accepted, and cancelled by its own id or all at once", async () => {
  const last = await lastPrice()
  const [low, high] = [Math.round(last * 0.9), Math.round(last * 1.1)]
  const kinds = [
    await client.createOrder(market, "limit", "buy", 0.01, low, { postOnly: true }),
    await client.createOrder(market, "market", "sell", 0.01, undefined, { stopLossPrice: low }),
    await client.createOrder(market, "limit", "sell", 0.01, low, { stopLossPrice: low }),
    await client.createOrder(market, "limit", "sell", 0.01, high, { takeProfitPrice: high }),
    await client.createOrder(market, "market", "sell", 0.01, undefined, {
      trailingPercent: 1,
      stopLossOrTakeProfit: "stopLoss",
    }),
  ]
  const types = kinds.map((order) => exchange.exchange.state.venue.orders.get(Number(order.id))!.type)
  expect(types).toEqual(["LIMIT_MAKER", "STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT_LIMIT", "STOP_LOSS"])
  expect(kinds.map((order) => order.status)).toEqual(kinds.map(() => "open"))
  expect(await client.createOrder(market, "limit", "buy", 0.01, low, { timeInForce: "IOC" })).toMatchObject({
    status: "expired",
    filled: 0,
  })
  expect((await client.createOrder(market, "limit", "buy", 0.01, low, { test: true })).id).toBeUndefined()
  const moved = await client.editOrder(kinds[0].id as string, market, "limit", "buy", 0.02, low - 10)
  expect(moved).toMatchObject({ status: "open", amount: 0.02, price: low - 10 })
  await client.cancelOrder("", market, { clientOrderId: moved.clientOrderId })
  expect((await client.cancelAllOrders(market)).length).toBe(4)
  expect(await client.fetchOpenOrders(market)).toEqual([])
  expect((await client.fetchClosedOrders(market)).length).toBeGreaterThan(0)
  expect((await client.fetchCanceledOrders(market)).length).toBeGreaterThanOrEqual(4)
})

test("a trigger price, a market take-profit, an order by its quote, and what ccxt refuses without a market", async () => {
  const last = await lastPrice()
  const [low, high] = [Math.round(last * 0.9), Math.round(last * 1.1)]
  const orders = [
    await client.createOrder(market, "limit", "buy", 0.01, high, { triggerPrice: high }),
    await client.createOrder(market, "market", "sell", 0.01, undefined, { takeProfitPrice: high }),
    await client.createOrder(market, "limit", "sell", 0.01, low, { triggerPrice: low }),
  ]
  const types = orders.map(({ id }) => exchange.exchange.state.venue.orders.get(Number(id))!.type)
  expect(types).toEqual(["STOP_LOSS_LIMIT", "TAKE_PROFIT", "STOP_LOSS_LIMIT"])
  await client.cancelAllOrders(market)
  const sinceMs = exchange.exchange.state.venue.nowMs - HOUR_MS
  expect((await client.fetchMyTrades(market, sinceMs, 10)).length).toBeGreaterThan(0)
  expect(await client.createOrder(market, "market", "sell", undefined as never, undefined, { cost: 50 })).toMatchObject(
    { status: "closed" },
  )
  await expect(client.fetchOpenOrders()).rejects.toThrow("without specifying a symbol")
  client.options.fetchOpenOrders = { warnWithoutSymbol: false }
  expect(await client.fetchOpenOrders()).toEqual([])
  expect((await client.createOrder(market, "limit", "buy", 0.01, low)).clientOrderId).toMatch(/^x-/)
  await client.cancelAllOrders(market)
})

test("OCO, OTO and OTOCO lists are placed, read and cancelled", async () => {
  const last = await lastPrice()
  const [low, high] = [Math.round(last * 0.9), Math.round(last * 1.1)]
  const ids = { symbol: "BTCUSDT", newOrderRespType: "FULL" }
  const oco = await client.privatePostOrderListOco({
    ...ids,
    side: "SELL",
    quantity: "0.01",
    aboveType: "LIMIT_MAKER",
    abovePrice: high,
    belowType: "STOP_LOSS_LIMIT",
    belowPrice: low,
    belowStopPrice: low,
    belowTimeInForce: "GTC",
  })
  expect([oco.contingencyType, oco.listOrderStatus, oco.orders.length, oco.orderReports.length]).toEqual([
    "OCO",
    "EXECUTING",
    2,
    2,
  ])
  const working = {
    workingType: "LIMIT",
    workingSide: "BUY",
    workingPrice: low,
    workingQuantity: "0.01",
    workingTimeInForce: "GTC",
  }
  const oto = await client.privatePostOrderListOto({
    ...ids,
    ...working,
    pendingType: "STOP_LOSS",
    pendingSide: "SELL",
    pendingQuantity: "0.009",
    pendingStopPrice: low - 100,
  })
  expect(oto.orderReports.map((one: { status: string }) => one.status)).toEqual(["NEW", "PENDING_NEW"])
  const otoco = await client.privatePostOrderListOtoco({
    ...ids,
    ...working,
    pendingSide: "SELL",
    pendingQuantity: "0.009",
    pendingAboveType: "LIMIT_MAKER",
    pendingAbovePrice: high,
    pendingBelowType: "STOP_LOSS",
    pendingBelowStopPrice: low - 100,
  })
  expect(otoco.orders.length).toBe(3)
  expect((await client.privateGetOpenOrderList()).length).toBe(3)
  for (const list of [oco, oto, otoco])
    expect(
      (await client.privateDeleteOrderList({ symbol: "BTCUSDT", orderListId: list.orderListId })).listOrderStatus,
    ).toBe("ALL_DONE")
  expect((await client.privateGetOrderList({ orderListId: oco.orderListId })).listStatusType).toBe("ALL_DONE")
  await expect(
    client.privatePostOrderListOco({
      ...ids,
      side: "SELL",
      quantity: "0.01",
      aboveType: "LIMIT_MAKER",
      abovePrice: low,
      belowType: "STOP_LOSS",
      belowStopPrice: high,
    }),
  ).rejects.toThrow("The relationship of the prices for the orders is not correct.")
})

test("fees, limits and permissions are readable", async () => {
  expect(await client.fetchTradingFee(market)).toMatchObject({ maker: 0.001, taker: 0.001 })
  expect((await client.privateGetRateLimitOrder()).length).toBe(2)
  expect((await client.privateGetAccountCommission({ symbol: "BTCUSDT" })).standardCommission.maker).toBe("0.00100000")
  expect((await client.sapiGetAccountApiRestrictions()).enableWithdrawals).toBe(false)
  await expect(client.publicPostUserDataStream()).rejects.toThrow("410")
})
