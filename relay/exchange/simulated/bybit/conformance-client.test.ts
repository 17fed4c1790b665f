import { RestClientV5, WebsocketClient } from "bybit-api"
import { afterAll, beforeAll, expect, test } from "vitest"
import { realSurroundings } from "../../../surroundings.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"
import type { BybitPrivateLine } from "./bybit-private-line.ts"

// The package `bybit-api`, unmodified: every call of a spot trader, and the private stream.
const soon = { timeout: 20_000 }
let exchange: SimulatedExchange
let client: RestClientV5
const spot = { category: "spot", symbol: "BTCUSDT" } as const

beforeAll(async () => {
  const limits = { ordersPer10Seconds: 10_000, privatePerSecond: 1_000, publicPerSecond: 1_000 }
  exchange = await startSimulatedExchange({ seed: 9, speed: "stepped", speak: "bybit", limits }, realSurroundings())
  const { apiKey: key, secret, addresses } = exchange
  client = new RestClientV5({ key, secret, baseUrl: addresses.rest })
})
afterAll(() => exchange?.stop())

test("every public call is answered", async () => {
  const answers = await Promise.all([
    client.getServerTime(),
    client.getInstrumentsInfo(spot),
    client.getKline({ ...spot, interval: "15", limit: 3 }),
    client.getTickers(spot),
    client.getOrderbook({ ...spot, limit: 5 }),
    client.getPublicTradingHistory({ ...spot, limit: 10 }),
  ])
  expect(answers.map(({ retCode }) => retCode)).toEqual([0, 0, 0, 0, 0, 0])
  expect(answers[2].result.list.map(([start]) => Number(start))).toEqual(
    answers[2].result.list.map(([start]) => Number(start)).toSorted((one, other) => other - one),
  )
})

test("every question about the account is answered", async () => {
  const answers = await Promise.all([
    client.getQueryApiKey(),
    client.getAccountInfo(),
    client.getWalletBalance({ accountType: "UNIFIED" }),
    client.getFeeRate(spot),
    client.getCoinInfo(),
    client.getActiveOrders(spot),
    client.getHistoricOrders(spot),
    client.getExecutionList(spot),
  ])
  expect(answers.map(({ retCode }) => retCode)).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  expect(answers[0].result.permissions.Spot).toEqual(["SpotTrade"])
})

test("an order lives: placed, found, amended, cancelled; another one fills", async () => {
  const order = { ...spot, side: "Buy", orderType: "Limit", qty: "0.01", price: "50000", orderLinkId: "b-1" } as const
  const { result } = await client.submitOrder(order)
  expect((await client.getActiveOrders({ ...spot, orderLinkId: "b-1" })).result.list[0]).toMatchObject({
    orderId: result.orderId,
    orderStatus: "New",
    leavesQty: "0.01",
  })
  expect((await client.amendOrder({ ...spot, orderId: result.orderId, price: "49000" })).retCode).toBe(0)
  expect((await client.cancelOrder({ ...spot, orderLinkId: "b-1" })).retCode).toBe(0)
  expect((await client.getHistoricOrders({ ...spot, orderId: result.orderId })).result.list[0].orderStatus).toBe(
    "Cancelled",
  )
  await client.submitOrder({ ...spot, side: "Buy", orderType: "Market", qty: "100", marketUnit: "quoteCoin" })
  expect((await client.getExecutionList(spot)).result.list[0]).toMatchObject({
    side: "Buy",
    feeCurrency: "BTC",
    isMaker: false,
  })
  await client.submitOrder({ ...order, orderLinkId: "b-2", takeProfit: "70000", stopLoss: "45000" })
  expect((await client.cancelAllOrders(spot)).retCode).toBe(0)
})

test("refusals are answers with a code", async () => {
  const answer = await client.submitOrder({ ...spot, side: "Buy", orderType: "Limit", qty: "100", price: "50000" })
  expect([answer.retCode, answer.retMsg]).toEqual([170131, "Insufficient balance."])
})

test("the private stream logs in and tells of an order, its fill and the balance", async () => {
  const { apiKey: key, secret, addresses } = exchange
  const news: { topic: string }[] = []
  const quiet = { trace() {}, info() {}, error() {} }
  const socket = new WebsocketClient({ key, secret, wsUrl: addresses.privateStream }, quiet)
  socket.on("update", (update: { topic: string }) => news.push(update))
  void socket.subscribeV5(["order", "execution", "wallet"], "spot")
  const users = exchange.sockets.users as BybitPrivateLine
  await expect.poll(() => exchange.sockets.of("api").flatMap((one) => users.topicsOf(one)), soon).toHaveLength(3)
  await client.submitOrder({ ...spot, side: "Buy", orderType: "Market", qty: "100" })
  await expect
    .poll(() => [...new Set(news.map(({ topic }) => topic))].sort(), soon)
    .toEqual(["execution", "order", "wallet"])
  socket.closeAll(true)
})
