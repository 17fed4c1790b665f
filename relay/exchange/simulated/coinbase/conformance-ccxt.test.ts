import { afterAll, beforeAll, expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import type { SimulatedExchange } from "../simulated-exchange.ts"
import { ccxtAt, command, type CoinbaseClient, numberOf, startCoinbase } from "./testing/coinbase-clients.ts"

// ccxt, unmodified, against the started exchange: every REST call of a spot trader.
let exchange: SimulatedExchange
let client: CoinbaseClient
const market = "BTC/USD"

beforeAll(async () => {
  exchange = await startCoinbase({ seed: 5 })
  client = await ccxtAt(exchange)
})
afterAll(() => exchange.stop())

async function lastPrice() {
  return (await client.fetchTicker(market)).last!
}

async function dollars() {
  const { free, used } = (await client.fetchBalance({ v3: true }))["USD"]
  return { free: free!, used: used! }
}

/** The exchange itself fills an order. */
const fill = (clientOrderId: string) => command(exchange, `/orders/${numberOf(exchange, clientOrderId)}/fill`)

test("markets are understood with their precision, limits and fees", () => {
  const { precision, limits, active, taker, maker } = client.market(market)
  expect({ precision, min: limits.amount!.min, cost: limits.cost!.min, active, taker, maker }).toMatchObject({
    precision: { amount: 0.000001, price: 0.01 },
    min: 0.000001,
    cost: 1,
    active: true,
    taker: 0.012,
    maker: 0.006,
  })
})

test("time, ticker, book and candles are read without complaint", async () => {
  const { nowMs } = exchange.exchange.state.venue
  expect(await client.fetchTime()).toBe(nowMs)
  const ticker = await client.fetchTicker(market)
  expect(ticker.bid!).toBeLessThan(ticker.ask!)
  const book = await client.fetchOrderBook(market, 5)
  expect([book.bids.length, book.asks.length, book.bids[0][0]]).toEqual([5, 5, ticker.bid])
  const candles = await client.fetchOHLCV(market, "1m", nowMs - 300 * MINUTE_MS)
  expect(candles.length).toBe(300)
  const times = candles.map(([time]) => time!)
  expect(times.slice(1).every((time, index) => time - times[index] === MINUTE_MS)).toBe(true)
})

test("an entry with an attached bracket locks its fee too, and its bracket appears with the last fill", async () => {
  const price = Math.floor((await lastPrice()) - 200)
  const trigger_bracket_gtc = { limit_price: String(price + 700), stop_trigger_price: String(price - 800) }
  const { id, clientOrderId } = await client.createOrder(market, "limit", "buy", 0.1, price, {
    attached_order_configuration: { trigger_bracket_gtc },
  })
  expect((await dollars()).used).toBeCloseTo(price * 0.1 * 1.012, 2)
  expect((await client.fetchOpenOrders(market)).map((order) => order.id)).toEqual([id])
  await fill(clientOrderId!)
  const entry = await client.fetchOrder(id!, market)
  expect(entry).toMatchObject({ status: "closed", filled: 0.1, average: price })
  expect(Number(entry.fee!.cost)).toBeCloseTo(price * 0.1 * 0.006, 6)
  const bracket = await client.fetchOrder(entry.info.attached_order_id as string, market)
  expect(bracket).toMatchObject({
    side: "sell",
    status: "open",
    info: {
      originating_order_id: id,
      order_configuration: { trigger_bracket_gtc: { base_size: "0.1", ...trigger_bracket_gtc } },
      trigger_status: "STOP_PENDING",
    },
  })
  await client.cancelOrder(bracket.id!, market)
  expect((await client.fetchOrder(bracket.id!, market)).status).toBe("canceled")
})

test("market orders fill, a stop waits until it is cancelled, and every trade has its fee in dollars", async () => {
  exchange.advance(1_000)
  const price = Math.floor(await lastPrice())
  const sold = await client.createMarketSellOrder(market, 0.01)
  const bought = await client.createMarketBuyOrderWithCost(market, 100)
  const stop = await client.createOrder(market, "limit", "sell", 0.05, price - 1_100, { stopLossPrice: price - 1_000 })
  expect((await client.fetchOrder(sold.id!, market)).status).toBe("closed")
  const { info } = await client.fetchOrder(bought.id!, market)
  expect(Number(info.total_value_after_fees)).toBeLessThanOrEqual(100)
  expect(Number(info.total_value_after_fees)).toBeGreaterThan(99)
  expect(await client.fetchOrder(stop.id!, market)).toMatchObject({ status: "open", triggerPrice: price - 1_000 })
  await client.cancelOrder(stop.id!, market)
  const trades = await client.fetchMyTrades(market)
  expect(new Set(trades.map(({ order }) => order))).toContain(bought.id)
  expect(trades.every(({ fee }) => fee?.currency === "USD")).toBe(true)
})

test("limit orders: immediate, all or nothing, until a time, and only to rest", async () => {
  exchange.advance(1_000)
  const price = Math.floor(await lastPrice())
  const placed = async (at: number, params: Record<string, unknown>) => {
    const { id } = await client.createOrder(market, "limit", "buy", 0.01, at, params)
    return client.fetchOrder(id!, market)
  }
  expect(await placed(price + 100, { timeInForce: "IOC" })).toMatchObject({ status: "closed", timeInForce: "IOC" })
  expect(await placed(price - 100, { timeInForce: "IOC" })).toMatchObject({ status: "canceled", filled: 0 })
  expect(await placed(price + 100, { timeInForce: "FOK" })).toMatchObject({ status: "closed", timeInForce: "FOK" })
  expect(await placed(price - 500, { postOnly: true })).toMatchObject({
    status: "open",
    postOnly: true,
    price: price - 500,
  })
  const end_time = client.iso8601(exchange.exchange.state.venue.nowMs + 5_000)
  const timed = await placed(price - 500, { timeInForce: "GTD", end_time })
  expect(timed).toMatchObject({ status: "open", timeInForce: "GTD" })
  exchange.advance(6_000)
  expect((await client.fetchOrder(timed.id!, market)).info.status).toBe("EXPIRED")
})

test("an order is found by the client's own id in the list, newest first, and page by page", async () => {
  const client_order_id = "found-by-name"
  const { id } = await client.createOrder(market, "limit", "buy", 0.01, 40_000, { client_order_id })
  const [newest] = await client.fetchOrders(market, undefined, 1)
  expect(newest).toMatchObject({ id, clientOrderId: client_order_id })
  const next = await client.fetchOrders(market, undefined, 1, { cursor: newest.info.cursor as string })
  expect(next[0].id).not.toBe(id)
  expect((await client.fetchOpenOrders(market)).map((order) => order.clientOrderId)).toContain(client_order_id)
  const again = await client.createOrder(market, "limit", "buy", 0.02, 41_000, { client_order_id })
  expect(again.id).toBe(id)
  expect((await client.fetchOrder(id!, market)).amount).toBe(0.01)
})

test("an order is edited in place: it keeps its id, and its money follows", async () => {
  const { id } = await client.createOrder(market, "limit", "buy", 0.01, 40_000)
  const before = (await dollars()).used
  await client.editOrder(id!, market, "limit", "buy", 0.02, 41_000)
  expect(await client.fetchOrder(id!, market)).toMatchObject({ price: 41_000, amount: 0.02, status: "open" })
  expect((await dollars()).used - before).toBeCloseTo((41_000 * 0.02 - 40_000 * 0.01) * 1.012, 4)
  await client.cancelOrder(id!, market)
  await expect(client.editOrder(id!, market, "limit", "buy", 0.01, 40_000)).rejects.toThrow("ORDER_NOT_OPEN")
  const stop = await client.createOrder(market, "limit", "sell", 0.01, 40_000, { stopLossPrice: 41_000 })
  await expect(client.editOrder(stop.id!, market, "limit", "sell", 0.01, 39_000)).rejects.toThrow("ONLY_LIMIT_ORDER")
  await client.cancelOrders([stop.id!], market)
})

test("an exit bracket is one order: it sells at its target, or, once its stop is reached, at the market", async () => {
  exchange.advance(1_000)
  const bracket = async (limit_price: number, stop_trigger_price: number) => {
    const trigger_bracket_gtc = {
      base_size: "0.01",
      limit_price: String(limit_price),
      stop_trigger_price: String(stop_trigger_price),
    }
    const answer = await client.v3PrivatePostBrokerageOrders({
      client_order_id: `bracket-${limit_price}`,
      product_id: "BTC-USD",
      side: "SELL",
      order_configuration: { trigger_bracket_gtc },
    })
    return answer.success_response.order_id as string
  }
  const price = Math.floor(await lastPrice())
  const held = (await client.fetchBalance({ v3: true }))["BTC"].used!
  const profit = await bracket(price + 300, price - 20_000)
  expect((await client.fetchBalance({ v3: true }))["BTC"].used! - held).toBeCloseTo(0.01, 8)
  await command(exchange, "/scenario", { kind: "rally", symbol: "BTC-USD", size: 0.02, lastsMs: 10_000 })
  exchange.advance(20_000)
  expect(await client.fetchOrder(profit, market)).toMatchObject({ status: "closed", average: price + 300 })
  const high = Math.floor(await lastPrice())
  const loss = await bracket(high + 20_000, high - 300)
  await command(exchange, "/scenario", { kind: "crash", symbol: "BTC-USD", size: 0.02, lastsMs: 10_000 })
  exchange.advance(20_000)
  const stopped = await client.fetchOrder(loss, market)
  expect(stopped).toMatchObject({ status: "closed", info: { trigger_status: "STOP_TRIGGERED" } })
  expect(stopped.average!).toBeLessThanOrEqual(high - 300)
  expect(stopped.average!).toBeGreaterThan((high - 300) * 0.95)
})

test("a preview says what an order would cost, and why it would not be taken", async () => {
  const preview = (base_size: string) =>
    client.v3PrivatePostBrokerageOrdersPreview({
      product_id: "BTC-USD",
      side: "BUY",
      order_configuration: { limit_limit_gtc: { base_size, limit_price: "50000" } },
    })
  expect(await preview("0.01")).toMatchObject({ order_total: "506", commission_total: "6", errs: [] })
  expect(await preview("0.00001")).toMatchObject({ errs: ["PREVIEW_INVALID_QUOTE_SIZE_TOO_SMALL"] })
})

test("tickers, trades, several books, fees and closed orders are read too", async () => {
  expect(Object.keys(await client.fetchTickers([market, "ETH/USD"]))).toEqual([market, "ETH/USD"])
  expect((await client.fetchBidsAsks([market]))[market].bid!).toBeGreaterThan(0)
  exchange.advance(5_000)
  expect((await client.fetchTrades(market)).length).toBeGreaterThanOrEqual(5)
  expect((await client.fetchTradingFees({ type: "spot" }))[market]).toMatchObject({ maker: 0.006, taker: 0.012 })
  expect((await client.fetchClosedOrders(market)).every(({ status }) => status === "closed")).toBe(true)
  expect((await client.fetchCanceledOrders(market)).every(({ status }) => status === "canceled")).toBe(true)
  expect((await client.fetchAccounts()).length).toBe(4)
  expect((await client.fetchBalance())["USD"].total).toBeGreaterThan(0)
  expect((await client.fetchPortfolios()).length).toBe(1)
})
