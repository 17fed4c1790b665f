import * as ccxt from "ccxt"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import type { SimulatedExchange } from "../simulated-exchange.ts"
import { ccxtAt, type CoinbaseClient, command, startCoinbase } from "./testing/coinbase-clients.ts"

// What ccxt, unmodified, makes of everything the exchange can say no with.
let exchange: SimulatedExchange
let client: CoinbaseClient
const market = "BTC/USD"

beforeAll(async () => {
  exchange = await startCoinbase({ seed: "errors" })
  client = await ccxtAt(exchange)
})
beforeEach(() => fetch(`${exchange.control}/faults`, { method: "DELETE" }))
afterAll(() => exchange.stop())

const buy = (amount = 0.01, price = 50_000) => client.createOrder(market, "limit", "buy", amount, price)

test("a wrong signature, a revoked key and a key that may not trade are different refusals", async () => {
  const other = (await command(exchange, "/accounts", { name: "other" })) as { apiKey: string; secret: string }
  const forged = new ccxt.coinbase({ apiKey: exchange.apiKey, secret: other.secret, enableRateLimit: false })
  Object.assign(forged.urls.api as object, { rest: exchange.rest })
  await expect(forged.v3PrivateGetBrokerageKeyPermissions()).rejects.toBeInstanceOf(ccxt.AuthenticationError)
  const watching = await ccxtAt(exchange, other)
  await command(exchange, `/keys/${encodeURIComponent(other.apiKey)}`, { permissions: { trading: false } })
  await expect(watching.createOrder(market, "limit", "buy", 0.01, 50_000)).rejects.toBeInstanceOf(ccxt.PermissionDenied)
  expect(await watching.v3PrivateGetBrokerageKeyPermissions()).toMatchObject({ can_view: true, can_trade: false })
  await command(exchange, `/keys/${encodeURIComponent(other.apiKey)}`, { isRevoked: true })
  await expect(watching.fetchBalance({ v3: true })).rejects.toBeInstanceOf(ccxt.AuthenticationError)
})

test("too little money is its own class, other refusals are exchange errors with their reason", async () => {
  await expect(buy(100)).rejects.toBeInstanceOf(ccxt.InsufficientFunds)
  await expect(buy(0.00001, 50_000)).rejects.toThrow("PREVIEW_INVALID_QUOTE_SIZE_TOO_SMALL")
  await expect(
    client.createOrder(market, "limit", "buy", 0.01, 50_000, { stopLoss: { triggerPrice: 40_000 } }),
  ).rejects.toBeInstanceOf(ccxt.BadRequest)
  await expect(
    client.createOrder(market, "limit", "sell", 0.01, 60_900, { stopLossPrice: 61_000 }),
  ).rejects.toBeInstanceOf(ccxt.InvalidOrder)
})

test("an order nobody knows is an exchange error when it is read, and a bad request when it is cancelled", async () => {
  const unknown = "12345678-1234-4234-8234-123456789012"
  await expect(client.fetchOrder(unknown, market)).rejects.toThrow("order with this orderID was not found")
  await expect(client.cancelOrder(unknown, market)).rejects.toBeInstanceOf(ccxt.BadRequest)
})

test("too many questions in a second are a 429, of addresses and of users", async () => {
  await command(exchange, "/limits", { publicPerSecond: 1, privatePerSecond: 1 })
  try {
    const burst = await Promise.allSettled(Array.from({ length: 6 }, () => client.fetchBalance({ v3: true })))
    const refused = burst.flatMap((one) => (one.status === "rejected" ? [one.reason as Error] : []))
    expect(refused.length).toBeGreaterThan(2)
    expect(refused[0].message).toContain("RESOURCE_EXHAUSTED")
    const questions = await Promise.all(Array.from({ length: 6 }, () => fetch(`${exchange.rest}/v2/time`)))
    expect(questions.map(({ status }) => status)).toContain(429)
  } finally {
    await command(exchange, "/limits", { publicPerSecond: 1_000, privatePerSecond: 1_000 })
  }
})

test("an expired token, maintenance, a page instead of an answer and a lost one are what they are", async () => {
  const classes: [fault: string, expected: new (...given: never[]) => Error][] = [
    ["F22", ccxt.AuthenticationError],
    ["F25", ccxt.AuthenticationError],
    ["F10", ccxt.ExchangeError],
    ["F04b", ccxt.ExchangeError],
    ["F09", ccxt.ExchangeNotAvailable],
    ["F85", ccxt.ExchangeNotAvailable],
    ["F06", ccxt.NetworkError],
  ]
  for (const [fault, expected] of classes) {
    await command(exchange, "/faults", { fault, on: "account.status" })
    await expect(client.fetchBalance({ v3: true }), fault).rejects.toBeInstanceOf(expected)
  }
  // A page with status 200 is no failure to ccxt, but a balance of nothing.
  await command(exchange, "/faults", { fault: "F08", on: "account.status" })
  expect(await client.fetchBalance({ v3: true })).not.toHaveProperty("USD")
  await command(exchange, "/scenario", { kind: "down", lastsMs: 40_000 })
  await expect(client.fetchBalance({ v3: true })).rejects.toBeInstanceOf(ccxt.ExchangeNotAvailable)
  exchange.advance(41_000)
  expect((await client.fetchBalance({ v3: true }))["USD"].free).toBeGreaterThan(0)
})
