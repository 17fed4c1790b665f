import { pro } from "ccxt"
import { afterAll, beforeAll, expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { realSurroundings } from "../../../surroundings.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"

// ccxt, unmodified, against the started exchange: every REST call of a spot trader.
let exchange: SimulatedExchange
let client: InstanceType<typeof pro.coinbase>
const market = "BTC/USD"

beforeAll(async () => {
  const limits = { publicPerSecond: 1_000, privatePerSecond: 1_000 }
  exchange = await startSimulatedExchange({ speak: "coinbase", seed: 5, speed: "stepped", limits }, realSurroundings())
  client = new pro.coinbase({ apiKey: exchange.apiKey, secret: exchange.secret, enableRateLimit: false })
  Object.assign(client.urls.api as object, { rest: exchange.addresses.rest, ws: exchange.addresses.stream })
  await client.loadMarkets()
})
afterAll(() => exchange.stop())

async function lastPrice() {
  return (await client.fetchTicker(market)).last!
}

async function dollars() {
  const { free, used } = (await client.fetchBalance({ v3: true }))["USD"]
  return { free: free!, used: used! }
}

/** The exchange itself fills an order, by the core's own number. */
function fill(clientOrderId: string) {
  const order = [...exchange.exchange.state.venue.orders.values()].find(
    (one) => one.placedClientOrderId === clientOrderId,
  )!
  return fetch(`${exchange.control}/orders/${order.orderId}/fill`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  })
}

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
