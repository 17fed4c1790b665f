import ccxt from "ccxt"
import { afterAll, beforeAll, expect, test } from "vitest"
import { realSurroundings } from "../../../surroundings.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"
import { command } from "../testing/raw-client.ts"
import { type BybitPlace, pointAt } from "./testing/bybit-clients.ts"

// Each answer of the exchange in Bybit's language leads to the ccxt error class a live bot will meet.
let exchange: SimulatedExchange
let client: InstanceType<typeof ccxt.bybit>
beforeAll(async () => {
  const limits = { ordersPer10Seconds: 10_000, privatePerSecond: 1_000, publicPerSecond: 1_000 }
  exchange = await startSimulatedExchange({ seed: 4, speed: "stepped", speak: "bybit", limits }, realSurroundings())
  client = await freshClient()
})
afterAll(() => exchange?.stop())

async function freshClient(more: Record<string, unknown> = {}, place: BybitPlace = exchange) {
  const { apiKey, secret, addresses } = place
  const one = pointAt(new ccxt.bybit({ apiKey, secret, enableRateLimit: false, ...more }), addresses)
  one.options.fetchCurrencies = false
  await one.loadMarkets()
  return one
}

async function failureOf(act: () => Promise<unknown>): Promise<Error> {
  try {
    await act()
  } catch (error) {
    return error as Error
  }
  throw new Error("nothing failed")
}

const order = (one = client) => one.createOrder("BTC/USDT", "limit", "buy", 0.01, 55_000)
const accepted = () =>
  exchange.exchange.log.entries.filter((entry) => entry.kind === "event" && entry.event === "NEW").length

const faults: [fault: string, expected: string, isAccepted: boolean][] = [
  ["F01", "RequestTimeout", true],
  ["F02", "InvalidOrder", true],
  ["F03", "ExchangeError", true],
  ["F04", "InvalidOrder", false],
  ["F04b", "ExchangeError", false],
  ["F04c", "ExchangeError", false],
  ["F05", "ExchangeError", false],
  ["F06", "NetworkError", true],
  ["F09", "ExchangeNotAvailable", false],
  ["F09b", "ExchangeNotAvailable", false],
  ["F85", "ExchangeNotAvailable", false],
  ["F10", "RateLimitExceeded", false],
  ["F10b", "RateLimitExceeded", false],
  ["F11", "RateLimitExceeded", false],
  ["F12", "RateLimitExceeded", false],
  ["F22", "InvalidNonce", false],
  ["F25", "AuthenticationError", false],
]
test.each(faults)("fault %s arrives as %s; the order exists: %s", async (fault, expected, isAccepted) => {
  const impatient = fault === "F01" ? await freshClient({ timeout: 500 }) : client
  await command(exchange.control, "/faults", { fault })
  const before = accepted()
  expect((await failureOf(() => order(impatient))).constructor.name).toBe(expected)
  expect(accepted() - before).toBe(isAccepted ? 1 : 0)
  await client.cancelAllOrders("BTC/USDT")
})

test("after half an answer (F07) something is thrown, and the order exists", async () => {
  await command(exchange.control, "/faults", { fault: "F07" })
  const before = accepted()
  await failureOf(() => order())
  expect(accepted() - before).toBe(1)
  await client.cancelAllOrders("BTC/USDT")
})

test.each(["F08", "F08b"])(
  "after a page or nothing with status 200 (%s) ccxt throws nothing and names no order",
  async (fault) => {
    await command(exchange.control, "/faults", { fault })
    const before = accepted()
    expect((await order()).id).toBeUndefined()
    expect(accepted() - before).toBe(1)
    await client.cancelAllOrders("BTC/USDT")
  },
)

const refused: [what: string, act: () => Promise<unknown>, expected: string, retCode: string][] = [
  [
    "a wrong signature",
    async () => (await freshClient({ secret: "wrong" })).fetchBalance(),
    "AuthenticationError",
    "10004",
  ],
  ["a wrong key", async () => (await freshClient({ apiKey: "wrong" })).fetchBalance(), "AuthenticationError", "10003"],
  ["too small a value", () => client.createOrder("BTC/USDT", "limit", "buy", 0.0001, 20_000), "InvalidOrder", "170140"],
  [
    "more money than there is",
    () => client.createOrder("BTC/USDT", "limit", "buy", 100, 50_000),
    "InsufficientFunds",
    "170131",
  ],
  ["an unknown order", () => client.cancelOrder("999999", "BTC/USDT"), "OrderNotFound", "170213"],
  [
    "a price far above the market",
    () => client.createOrder("BTC/USDT", "limit", "buy", 0.01, 900_000),
    "InvalidOrder",
    "170193",
  ],
]
test.each(refused)("%s is refused in Bybit's words", async (_what, act, expected, retCode) => {
  const failure = await failureOf(act)
  expect([failure.constructor.name, failure.message.includes(`"retCode":${retCode},`)]).toEqual([expected, true])
})

test("the same orderLinkId twice is refused, also when the first order has ended long ago", async () => {
  const place = () => client.createOrder("BTC/USDT", "limit", "buy", 0.01, 50_000, { clientOrderId: "once" })
  const { id } = await place()
  await client.cancelOrder(id as string, "BTC/USDT")
  expect((await failureOf(place)).message).toContain("170141")
})

test("a key that may not trade is refused by name, and says so itself", async () => {
  const { body } = await command(exchange.control, "/accounts/1/keys", { permissions: { trading: false } })
  const reader = await freshClient({}, { ...exchange, ...body })
  const failure = await failureOf(() => order(reader))
  expect([failure.constructor.name, failure.message]).toEqual(["PermissionDenied", expect.stringContaining("10005")])
  const { result } = await reader.privateGetV5UserQueryApi()
  expect(result).toMatchObject({ readOnly: 1, permissions: { Spot: [] }, ips: ["*"] })
})

test("asking too fast is refused with 10006 until the next second, and an address that goes on is banned by a page", async () => {
  const limits = { ordersPer10Seconds: 20, publicPerSecond: 6 }
  const strict = await startSimulatedExchange({ seed: 4, speed: "stepped", speak: "bybit", limits }, realSurroundings())
  try {
    const one = await freshClient({}, strict)
    await order(one)
    await order(one)
    expect((await failureOf(() => order(one))).constructor.name).toBe("RateLimitExceeded")
    strict.advance(1_000)
    await order(one)
    let failure: Error | undefined
    for (let asked = 0; asked < 40 && !failure; asked++)
      failure = await one.fetchTicker("BTC/USDT").then(
        () => undefined,
        (error: Error) => error,
      )
    expect([failure?.constructor.name, failure?.message]).toEqual(["RateLimitExceeded", expect.stringContaining("403")])
    strict.advance(60_000)
    expect((await failureOf(() => one.fetchTicker("BTC/USDT"))).constructor.name).toBe("RateLimitExceeded")
    strict.advance(600_000)
    expect((await one.fetchTicker("BTC/USDT")).symbol).toBe("BTC/USDT")
  } finally {
    await strict.stop()
  }
})

test("down for maintenance: every request fails, and then the closed orders are in the history only", async () => {
  const { id } = await client.createOrder("BTC/USDT", "market", "buy", 0.01)
  await command(exchange.control, "/scenario", { kind: "down", lastsMs: 5_000 })
  expect((await failureOf(() => client.fetchTime())).constructor.name).toBe("ExchangeNotAvailable")
  exchange.advance(5_000)
  const named = { orderId: id as string, category: "spot" }
  expect((await client.privateGetV5OrderRealtime(named)).result.list).toEqual([])
  expect((await client.privateGetV5OrderHistory(named)).result.list).toHaveLength(1)
})
