import { afterEach, beforeEach, expect, test } from "vitest"
import { ask, command } from "../testing/raw-client.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"
import { realSurroundings } from "../../../surroundings.ts"

// F10 to F25, F50 to F59 and F80 to F85, as one bot's requests meet them.

let exchange: SimulatedExchange
beforeEach(async () => {
  exchange = await startSimulatedExchange({ seed: 16, speed: "stepped", historyDays: 3 }, realSurroundings())
})
afterEach(() => exchange.stop())

const limit = { symbol: "BTCUSDT", side: "BUY", type: "LIMIT", timeInForce: "GTC", quantity: "0.01", price: "55000" }
const place = (params: Record<string, string | number> = limit) => ask(exchange, "POST", "/api/v3/order", params)
const read = async (orderId: number) =>
  (await ask(exchange, "GET", "/api/v3/order", { symbol: "BTCUSDT", orderId })).json()
const myTrades = async (orderId: number) =>
  (await ask(exchange, "GET", "/api/v3/myTrades", { symbol: "BTCUSDT", orderId })).json() as Record<string, any>[]
const lastPrice = () => Number(exchange.exchange.state.venue.market("BTCUSDT").lastPrice) / 1e8
const fault = (name: string, more: object = {}) => command(exchange.control, "/faults", { fault: name, ...more })

test("F10: a warning with a time to wait, then a ban for those who continue", async () => {
  await fault("F10", { delayMs: 7_000 })
  const warned = await place()
  expect([warned.status, warned.headers.get("retry-after"), warned.json().code]).toEqual([429, "7", -1003])
  await fault("F10b", { delayMs: 120_000 })
  const banned = await place()
  expect([banned.status, banned.headers.get("retry-after")]).toEqual([418, "120"])
  expect(exchange.exchange.state.venue.orders.size).toBe(0)
})

test("F15: a cancel is carried out and its answer lost", async () => {
  const { orderId } = (await place()).json()
  await fault("F15", { on: "order.cancel" })
  await expect(ask(exchange, "DELETE", "/api/v3/order", { symbol: "BTCUSDT", orderId })).rejects.toThrow("fetch failed")
  expect((await read(orderId)).status).toBe("CANCELED")
})

test("F18, F19: the order is on the book before its answer arrives", async () => {
  await fault("F18", { delayMs: 400 })
  const answering = place()
  await expect.poll(() => exchange.exchange.state.venue.orders.size, { timeout: 10_000 }).toBe(1)
  const first = await Promise.race([answering.then(() => "answer"), Promise.resolve("order")])
  expect(first).toBe("order")
  expect((await answering).json().status).toBe("NEW")
})

test("F20, F21, F22: clocks that jump and drift refuse a timestamp once, or until they agree again", async () => {
  const account = () => ask(exchange, "GET", "/api/v3/account", {}, { nowMs: exchange.exchange.state.nowMs() })
  await fault("F22", { on: "account.status" })
  expect((await account()).json().code).toBe(-1021)
  expect((await account()).status).toBe(200)
  const stale = (backMs: number) =>
    ask(exchange, "GET", "/api/v3/account", {}, { nowMs: exchange.exchange.state.nowMs() - backMs })
  expect((await stale(4_000)).status).toBe(200)
  expect((await stale(6_000)).json().code).toBe(-1021)
  await command(exchange.control, "/clock", { skewMs: -2_000 })
  expect((await account()).status).toBe(200)
})

test("F23, F24, F25: a key is revoked, may no longer trade, or fails its signatures for a while", async () => {
  const { accountId } = (await command(exchange.control, "/accounts", { name: "bob", balances: { USDT: "5000" } })).body
  const key = (await command(exchange.control, `/accounts/${accountId}/keys`, {})).body
  const bob = { ...exchange, ...key }
  const order = () => ask(bob, "POST", "/api/v3/order", limit)
  expect((await order()).status).toBe(200)
  await fault("F25", { times: 2 })
  expect([(await order()).json().code, (await order()).json().code, (await order()).status]).toEqual([
    -1022, -1022, 200,
  ])
  await command(exchange.control, `/keys/${key.apiKey}`, { permissions: { trading: false } })
  expect((await order()).json().code).toBe(-2015)
  expect((await ask(bob, "GET", "/api/v3/account", {})).json()).toMatchObject({ canTrade: false })
  await command(exchange.control, `/keys/${key.apiKey}`, { isRevoked: true })
  const refused = await ask(bob, "GET", "/api/v3/account", {})
  expect([refused.status, refused.json().code]).toEqual([401, -2015])
})

test("F51: a part too small to be sold is filled, and the exchange ends the rest", async () => {
  const { orderId } = (await place()).json()
  await command(exchange.control, `/orders/${orderId}/fill`, { quantity: "0.00002", isEndedAfter: true })
  expect(await read(orderId)).toMatchObject({
    status: "EXPIRED",
    executedQty: "0.00002000",
    expiryReason: "EXCHANGE_CANCELED",
  })
  const rest = await place({ symbol: "BTCUSDT", side: "SELL", type: "MARKET", quantity: "0.00001" })
  expect(rest.json().msg).toBe("Filter failure: NOTIONAL")
})

test("F54: many fills of one lot in one moment", async () => {
  const { orderId } = (await place({ ...limit, quantity: "0.0005" })).json()
  await command(exchange.control, `/orders/${orderId}/fill`, { pieces: 50 })
  const fills = await myTrades(orderId)
  expect(fills).toHaveLength(50)
  expect(new Set(fills.map(({ time, qty }) => `${time} ${qty}`))).toEqual(new Set([`${fills[0].time} 0.00001000`]))
  expect(await read(orderId)).toMatchObject({ status: "FILLED", executedQty: "0.00050000" })
})

test("F55: the price jumps through a stop-limit: it triggers and stays unfilled", async () => {
  const stop = Math.round(lastPrice() * 0.97)
  const { orderId } = (
    await place({
      symbol: "BTCUSDT",
      side: "SELL",
      type: "STOP_LOSS_LIMIT",
      timeInForce: "GTC",
      quantity: "0.01",
      stopPrice: stop,
      price: stop - 50,
    })
  ).json()
  expect(await read(orderId)).toMatchObject({ status: "NEW", isWorking: false })
  await command(exchange.control, "/scenario", { kind: "crash", lastsMs: 1_000, size: 0.2 })
  exchange.advance(60_000)
  expect(await read(orderId)).toMatchObject({ status: "NEW", isWorking: true, executedQty: "0.00000000" })
})

test("F56: a stop behind the market is refused", async () => {
  const answer = await place({
    symbol: "BTCUSDT",
    side: "SELL",
    type: "STOP_LOSS",
    quantity: "0.01",
    stopPrice: Math.round(lastPrice() * 1.02),
  })
  expect([answer.status, answer.json()]).toEqual([400, { code: -2010, msg: "Order would trigger immediately." }])
})

test("F58: fill-or-kill and immediate-or-cancel end with what they got", async () => {
  const far = { ...limit, quantity: "5000", price: Math.round(lastPrice() * 1.01) }
  await command(exchange.control, "/accounts/1/deposit", { asset: "USDT", delta: "900000000" })
  await command(exchange.control, "/symbols/BTCUSDT", { maxNotional: "900000000" })
  expect((await place({ ...far, timeInForce: "FOK" })).json()).toMatchObject({
    status: "EXPIRED",
    executedQty: "0.00000000",
  })
  const some = (await place({ ...far, timeInForce: "IOC" })).json()
  expect(some.status).toBe("EXPIRED")
  expect(Number(some.executedQty)).toBeGreaterThan(0)
  expect(Number(some.executedQty)).toBeLessThan(5000)
})

test.each(["HALT", "BREAK", "CANCEL_ONLY"])(
  "F81: a market that is set to %s accepts no order, and its rules say so",
  async (status) => {
    const { orderId } = (await place()).json()
    await command(exchange.control, "/symbols/BTCUSDT", { status })
    expect((await place()).json()).toEqual({ code: -2010, msg: "Market is closed." })
    const info = (await ask(exchange, "GET", "/api/v3/exchangeInfo", { symbol: "BTCUSDT" }, { unsigned: true })).json()
    expect(info.symbols[0]).toMatchObject({ status, isSpotTradingAllowed: false })
    const cancelled = await ask(exchange, "DELETE", "/api/v3/order", { symbol: "BTCUSDT", orderId })
    expect(cancelled.json().status).toBe("CANCELED")
  },
)

test("F84: limits are lowered while somebody runs", async () => {
  await command(exchange.control, "/limits", { ordersPer10Seconds: 2 })
  const statuses = [await place(), await place(), await place()].map(({ status }) => status)
  expect(statuses).toEqual([200, 200, 429])
  const info = (await ask(exchange, "GET", "/api/v3/exchangeInfo", {}, { unsigned: true })).json()
  expect(info.rateLimits[1]).toMatchObject({ rateLimitType: "ORDERS", intervalNum: 10, limit: 2 })
})

test("F85: maintenance: every request fails, and after it nothing is lost", async () => {
  const { orderId } = (await place()).json()
  await fault("F85", { on: "*", times: 3 })
  const statuses = [
    await place(),
    await ask(exchange, "GET", "/api/v3/account", {}),
    await ask(exchange, "GET", "/api/v3/ping", {}, { unsigned: true }),
  ].map(({ status }) => status)
  expect(statuses).toEqual([503, 503, 503])
  expect((await read(orderId)).status).toBe("NEW")
})

test("what no market here allows gets the documented error: icebergs and amending in place", async () => {
  expect((await place({ ...limit, icebergQty: "0.001" })).json()).toEqual({
    code: -2010,
    msg: "Iceberg orders are not supported for this symbol.",
  })
  const { orderId } = (await place()).json()
  const amended = await ask(exchange, "PUT", "/api/v3/order/amend/keepPriority", {
    symbol: "BTCUSDT",
    orderId,
    newQty: "0.005",
  })
  expect([amended.status, amended.json()]).toEqual([
    400,
    { code: -2038, msg: "Order amend is not supported for this symbol." },
  ])
  expect((await ask(exchange, "GET", "/api/v3/order/amendments", { symbol: "BTCUSDT", orderId })).json()).toEqual([])
})
