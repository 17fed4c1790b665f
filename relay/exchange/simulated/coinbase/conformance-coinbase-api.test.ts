import { CBAdvancedTradeClient, WebsocketClient } from "coinbase-api"
import { afterAll, beforeAll, expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import type { SimulatedExchange } from "../simulated-exchange.ts"
import { command, numberOf, startCoinbase } from "./testing/coinbase-clients.ts"

// `coinbase-api`, unmodified, against the started exchange.
let exchange: SimulatedExchange
let client: CBAdvancedTradeClient
let socket: WebsocketClient
let ticking: NodeJS.Timeout

beforeAll(async () => {
  exchange = await startCoinbase({ seed: 9 })
  const { apiKey, secret: apiSecret, rest: baseUrl } = exchange
  client = new CBAdvancedTradeClient({ apiKey, apiSecret, baseUrl })
  socket = new WebsocketClient({ apiKey, apiSecret, wsUrl: exchange.addresses.stream })
  ticking = setInterval(() => exchange.advance(1_000), 50)
})
afterAll(async () => {
  clearInterval(ticking)
  socket.closeAll(true)
  await exchange.stop()
})

const product_id = "BTC-USD"
const limit = (base_size: string, limit_price: string) => ({
  limit_limit_gtc: { base_size, limit_price, post_only: false },
})
const id = () => client.generateNewOrderId()

test("markets: products, one product, candles, trades, books and best prices", async () => {
  exchange.advance(10_000)
  expect((await client.getProducts()).num_products).toBe(4)
  expect((await client.getPublicProducts()).products[0]).toMatchObject({ product_id, price_increment: "0.01" })
  expect(await client.getProduct({ product_id })).toMatchObject({ product_id, trading_disabled: false })
  expect(await client.getPublicProduct({ product_id })).toMatchObject({ product_id })
  const end = Math.floor(exchange.exchange.state.venue.nowMs / 1_000)
  const span = { product_id, granularity: "ONE_MINUTE", start: String(end - 600), end: String(end) } as const
  const { candles } = await client.getProductCandles(span)
  expect(Number(candles[0].start) - Number(candles[1].start)).toBe(MINUTE_MS / 1_000)
  expect((await client.getPublicProductCandles(span)).candles.length).toBeGreaterThan(9)
  expect((await client.getMarketTrades({ product_id, limit: 5 })).trades.length).toBe(5)
  expect(Number((await client.getPublicMarketTrades({ product_id, limit: 5 })).best_ask)).toBeGreaterThan(0)
  expect((await client.getProductBook({ product_id, limit: 5 })).pricebook.bids.length).toBe(5)
  expect((await client.getPublicProductBook({ product_id, limit: 5 })).pricebook.asks.length).toBe(5)
  expect((await client.getBestBidAsk({ product_ids: [product_id] })).pricebooks[0].product_id).toBe(product_id)
  expect(Number((await client.getServerTime()).epochMillis)).toBeGreaterThan(0)
})

test("accounts, rights, fees and portfolios", async () => {
  const { accounts } = await client.getAccounts({ limit: 2 })
  expect(accounts.length).toBe(2)
  expect((await client.getAccount({ account_id: accounts[0].uuid })).account.uuid).toBe(accounts[0].uuid)
  expect(await client.getApiKeyPermissions()).toMatchObject({ can_view: true, can_trade: true, can_transfer: false })
  expect((await client.getTransactionSummary()).fee_tier).toMatchObject({ taker_fee_rate: "0.012" })
  expect((await client.getPortfolios()).portfolios.length).toBe(1)
})

test("an order's life: created, found, edited, filled in parts, cancelled", async () => {
  const client_order_id = id()
  const order_configuration = limit("0.02", "50000")
  const made = await client.submitOrder({ client_order_id, product_id, side: "BUY", order_configuration })
  const { order_id } = made.success_response!
  expect((await client.getOrder({ order_id })).order).toMatchObject({ client_order_id, status: "OPEN" })
  const { orders } = await client.getOrders({ order_status: ["OPEN"], product_ids: [product_id], limit: 10 })
  expect(orders.map((order) => order.client_order_id)).toContain(client_order_id)
  const price = "49000"
  expect(await client.updateOrder({ order_id, price, size: "0.03" })).toMatchObject({ success: true })
  const edited = { limit_limit_gtc: { base_size: "0.03", limit_price: price } }
  expect((await client.getOrder({ order_id })).order).toMatchObject({ order_configuration: edited })
  await command(exchange, `/orders/${numberOf(exchange, client_order_id)}/fill`, { quantity: "0.005" })
  const { fills } = await client.getFills({ order_ids: [order_id], limit: 10 })
  expect(fills).toMatchObject([{ size: "0.005", price, liquidity_indicator: "MAKER", commission: "1.47" }])
  expect((await client.cancelOrders({ order_ids: [order_id] })).results).toMatchObject([{ success: true, order_id }])
  expect((await client.getOrder({ order_id })).order).toMatchObject({ status: "CANCELLED", filled_size: "0.005" })
})

test("a preview, an entry with a bracket attached, and an exit bracket", async () => {
  const order_configuration = limit("0.01", "50000")
  const side = "BUY"
  expect(await client.previewOrder({ product_id, side, order_configuration })).toMatchObject({ order_total: "506" })
  const trigger_bracket_gtc = { limit_price: "70000", stop_trigger_price: "45000" } as const
  const client_order_id = id()
  // Its types want a size, which Coinbase forbids here.
  const attached_order_configuration = { trigger_bracket_gtc } as unknown as typeof order_configuration
  const entry = await client.submitOrder({
    client_order_id,
    product_id,
    side,
    order_configuration,
    attached_order_configuration,
  })
  await command(exchange, `/orders/${numberOf(exchange, client_order_id)}/fill`)
  const { order } = await client.getOrder({ order_id: entry.success_response!.order_id })
  const { attached_order_id } = order as typeof order & { attached_order_id: string }
  const exit = (await client.getOrder({ order_id: attached_order_id })).order
  expect(exit).toMatchObject({ order_type: "BRACKET", status: "OPEN", side: "SELL" })
  const alone = await client.submitOrder({
    client_order_id: id(),
    product_id,
    side: "SELL",
    order_configuration: { trigger_bracket_gtc: { base_size: "0.01", ...trigger_bracket_gtc } },
  })
  expect(alone.success).toBe(true)
})

test("a base quantity can be bought at the market, and a refusal is an answer", async () => {
  const market = (base_size: string) => ({
    product_id,
    side: "BUY" as const,
    order_configuration: { market_market_ioc: { base_size } },
  })
  const bought = await client.submitOrder({ client_order_id: id(), ...market("0.01") })
  const { order } = await client.getOrder({ order_id: bought.success_response!.order_id })
  expect(order).toMatchObject({ status: "FILLED", filled_size: "0.01", order_type: "MARKET" })
  const refused = await client.submitOrder({ client_order_id: id(), ...market("50") })
  expect(refused).toMatchObject({ success: false, error_response: { error: "INSUFFICIENT_FUND" } })
})

test(
  "channels: each says what there is and then what changes; the user's own orders too",
  { timeout: 60_000 },
  async () => {
    const heard = new Map<string, Set<string>>()
    const problems: unknown[] = []
    const hear = ({ channel, events }: { channel: string; events: { type?: string }[] }) => {
      const types = heard.get(channel) ?? new Set()
      for (const { type } of events) types.add(type ?? "")
      heard.set(channel, types)
    }
    socket.on("update", (message) => hear(message as unknown as Parameters<typeof hear>[0]))
    socket.on("exception", (problem) => problems.push(problem))
    for (const topic of ["ticker", "ticker_batch", "market_trades", "level2", "candles", "status"])
      socket.subscribe({ topic, payload: { product_ids: [product_id] } }, "advTradeMarketData")
    socket.subscribe("heartbeats", "advTradeMarketData")
    socket.subscribe("user", "advTradeUserData")
    await expect.poll(() => heard.get("user"), { timeout: 20_000 }).toContain("snapshot")
    await client.submitOrder({
      client_order_id: id(),
      product_id,
      side: "BUY",
      order_configuration: limit("0.01", "50000"),
    })
    for (const channel of ["user", "ticker", "ticker_batch", "market_trades", "l2_data", "candles"])
      await expect.poll(() => heard.get(channel), { timeout: 20_000 }).toEqual(new Set(["snapshot", "update"]))
    await expect
      .poll(() => [...heard.keys()], { timeout: 20_000 })
      .toEqual(expect.arrayContaining(["status", "heartbeats"]))
    expect(problems).toEqual([])
  },
)
