import * as ccxt from "ccxt"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ask, command } from "../testing/raw-client.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"
import { realSurroundings } from "../../../surroundings.ts"

// Each answer of the exchange leads to the ccxt error class a live bot will meet, misleading ones included.
let exchange: SimulatedExchange
beforeAll(async () => {
  exchange = await startSimulatedExchange(
    {
      seed: 4,
      speed: "stepped",
      limits: { ordersPer10Seconds: 1_000, weightPerMinute: 60_000 },
    },
    realSurroundings(),
  )
})
afterAll(() => exchange.stop())

async function freshClient(more: Record<string, unknown> = {}) {
  const client = new ccxt.binance({ apiKey: exchange.apiKey, secret: exchange.secret, enableRateLimit: false, ...more })
  const { rest } = exchange
  Object.assign(client.urls.api as object, { public: rest, private: rest, sapi: rest.replace("/api/v3", "/sapi/v1") })
  Object.assign(client.options, { fetchMarkets: { types: ["spot"] }, fetchCurrencies: false, fetchMargins: false })
  await client.loadMarkets()
  return client
}

async function failureOf(act: () => Promise<unknown>): Promise<Error> {
  try {
    await act()
  } catch (error) {
    return error as Error
  }
  throw new Error("nothing failed")
}

const order = (client: ccxt.binance) => client.createOrder("BTC/USDT", "limit", "buy", 0.01, 55_000)
const accepted = () =>
  exchange.exchange.log.entries.filter((entry) => entry.kind === "event" && entry.event === "NEW").length

const faults: [fault: string, expected: string, isAccepted: boolean][] = [
  ["F01", "RequestTimeout", true],
  ["F02", "RequestTimeout", true],
  ["F03", "OperationFailed", true],
  ["F04", "RequestTimeout", false],
  ["F04b", "OperationFailed", false],
  ["F04c", "OperationFailed", false],
  ["F05", "ExchangeError", false],
  ["F06", "NetworkError", true],
  ["F07", "SocketError", true],
  ["F08", "TypeError", true],
  ["F08b", "TypeError", true],
  ["F09", "ExchangeNotAvailable", false],
  ["F09b", "ExchangeNotAvailable", false],
  ["F85", "ExchangeNotAvailable", false],
  ["F10", "DDoSProtection", false],
  ["F10b", "DDoSProtection", false],
  ["F11", "ExchangeNotAvailable", false],
  ["F12", "DDoSProtection", false],
  ["F22", "InvalidNonce", false],
  ["F25", "AuthenticationError", false],
]

test.each(faults)("%s on a new order reaches ccxt as %s, accepted: %s", async (fault, expected, isAccepted) => {
  const client = await freshClient({ timeout: fault === "F01" ? 500 : 10_000 })
  await command(exchange.control, "/faults", { fault, on: "order.place" })
  const before = accepted()
  const error = await failureOf(() => order(client))
  expect(error.constructor.name).toBe(expected)
  expect(accepted() - before).toBe(isAccepted ? 1 : 0)
})

test("refusals of the engine keep their ccxt classes", async () => {
  const client = await freshClient()
  const place = (params: object, amount = 0.01, price = 55_000, type = "limit") =>
    failureOf(() => client.createOrder("BTC/USDT", type, "buy", amount, price, params))
  expect((await place({}, 100)).constructor).toBe(ccxt.InsufficientFunds)
  await client.createOrder("BTC/USDT", "limit", "buy", 0.01, 55_000, { clientOrderId: "twice" })
  expect((await place({ clientOrderId: "twice" })).constructor).toBe(ccxt.InvalidOrder)
  expect((await place({ postOnly: true }, 0.01, 90_000)).constructor).toBe(ccxt.OrderImmediatelyFillable)
  expect((await place({}, 0.00001)).constructor).toBe(ccxt.BadRequest)
  expect((await place({}, 0.01, 1_000)).constructor).toBe(ccxt.InvalidOrder)
  expect((await failureOf(() => client.cancelOrder("99999", "BTC/USDT"))).constructor).toBe(ccxt.OrderNotFound)
  expect((await failureOf(() => client.fetchOrder("99999", "BTC/USDT"))).constructor).toBe(ccxt.OrderNotFound)
  await command(exchange.control, "/symbols/ETHUSDT", { status: "HALT" })
  expect((await failureOf(() => client.createOrder("ETH/USDT", "limit", "buy", 1, 2_800))).constructor).toBe(
    ccxt.MarketClosed,
  )
  await client.loadMarkets(true)
  expect(client.market("ETH/USDT").active).toBe(false)
})

// ccxt's own rounding would hide these, so they go through its raw method; classes come from the same table.
const raw = { symbol: "BTCUSDT", side: "BUY", type: "LIMIT", timeInForce: "GTC", quantity: "0.01", price: "55000" }
const refusals: [claim: string, params: Record<string, string>, code: number, expected: string][] = [
  ["a quantity between two steps", { quantity: "0.010001" }, -1013, "InvalidOrder"],
  ["a price between two ticks", { price: "55000.001" }, -1013, "InvalidOrder"],
  ["a price far from the market", { price: "1000" }, -1013, "InvalidOrder"],
  ["too small an order", { quantity: "0.00001" }, -1013, "BadRequest"],
  ["more decimals than exist", { quantity: "0.0100000001" }, -1111, "BadRequest"],
  ["a number in scientific notation", { quantity: "1e-2" }, -1100, "BadRequest"],
  ["a missing price", { price: "" }, -1102, "BadRequest"],
  ["more money than there is", { quantity: "100" }, -2010, "InsufficientFunds"],
  [
    "a maker order that would take",
    { type: "LIMIT_MAKER", timeInForce: "", price: "90000" },
    -2010,
    "OrderImmediatelyFillable",
  ],
  [
    "a stop that would trigger",
    { side: "SELL", type: "STOP_LOSS", timeInForce: "", price: "", stopPrice: "90000" },
    -2010,
    "OrderImmediatelyFillable",
  ],
  ["an old timestamp", { timestamp: "1600000000000" }, -1021, "InvalidNonce"],
]

test.each(refusals)("%s: %o is refused with %d, which ccxt calls %s", async (_, change, code, expected) => {
  const client = await freshClient()
  const params = Object.fromEntries(Object.entries({ ...raw, ...change }).filter(([, value]) => value !== ""))
  const answer = await ask(
    exchange,
    "POST",
    "/api/v3/order",
    params,
    change.timestamp ? { nowMs: Number(change.timestamp) } : {},
  )
  expect(answer.json().code).toBe(code)
  if (change.timestamp) client.nonce = () => Number(change.timestamp)
  expect((await failureOf(() => client.privatePostOrder(params))).constructor.name).toBe(expected)
})

test("too many stops are a BadRequest, an invalid key an AuthenticationError", async () => {
  const client = await freshClient()
  const stop = () => client.createOrder("BNB/USDT", "market", "sell", 0.1, undefined, { stopLossPrice: 300 })
  for (let placed = 0; placed < 5; placed++) await stop()
  const error = await failureOf(stop)
  expect([error.constructor, error.message]).toEqual([ccxt.BadRequest, expect.stringContaining("MAX_NUM_ALGO_ORDERS")])
  await client.cancelAllOrders("BNB/USDT")
  const stranger = await freshClient({ apiKey: "not a key" })
  const refused = await failureOf(() => stranger.fetchBalance())
  expect([refused.constructor, refused.message]).toEqual([ccxt.AuthenticationError, expect.stringContaining("-2014")])
})

test("a revoked key is an AuthenticationError for a fresh client, and looks like rate limiting to one that has worked before", async () => {
  const { apiKey, secret } = (await command(exchange.control, "/accounts", { balances: { USDT: "1000" } })).body
  const [used, fresh] = [await freshClient({ apiKey, secret }), await freshClient({ apiKey, secret })]
  await used.fetchBalance()
  await command(exchange.control, `/keys/${apiKey}`, { isRevoked: true })
  expect((await failureOf(() => used.fetchBalance())).constructor).toBe(ccxt.DDoSProtection)
  expect((await failureOf(() => fresh.fetchBalance())).constructor).toBe(ccxt.AuthenticationError)
})

test("too much weight gives 429 with a time to wait, and those who go on are banned with 418", async () => {
  await command(exchange.control, "/limits", {
    weightPerMinute: exchange.exchange.state.rateLimits.weightUsed("127.0.0.1", exchange.exchange.state.nowMs()) + 40,
  })
  const statuses: number[] = []
  for (let request = 0; request < 16; request++) statuses.push((await ask(exchange, "GET", "/api/v3/account")).status)
  expect([...new Set(statuses)]).toEqual([200, 429, 418])
  const banned = await ask(exchange, "GET", "/api/v3/ping", {}, { unsigned: true })
  expect([banned.status, banned.json().code, Number(banned.headers.get("retry-after"))]).toEqual([418, -1003, 120])
  exchange.advance(121_000)
  await command(exchange.control, "/limits", { weightPerMinute: 60_000 })
  const client = await freshClient()
  expect((await client.fetchBalance()).USDT).toBeDefined()
  expect(Number((client.last_response_headers as Record<string, string>)["X-Mbx-Used-Weight-1m"])).toBeGreaterThan(0)
})

test("more orders than allowed in ten seconds give -1015", async () => {
  await command(exchange.control, "/limits", { ordersPer10Seconds: 3 })
  exchange.advance(10_000)
  const client = await freshClient()
  for (let placed = 0; placed < 3; placed++) await order(client)
  const error = await failureOf(() => order(client))
  expect([error.constructor, error.message.includes("-1015")]).toEqual([ccxt.DDoSProtection, true])
})
