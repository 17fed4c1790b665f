import { afterEach, beforeEach, expect, test } from "vitest"
import { WebSocket } from "ws"
import { DAY_MS } from "#engine/candles"
import { messageText } from "../../../door/message-text.ts"
import { ask, command } from "../testing/raw-client.ts"
import { hmacSignature, webSocketPayload } from "../account/signature.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"
import { realSurroundings } from "../../../surroundings.ts"

let exchange: SimulatedExchange
beforeEach(async () => {
  exchange = await startSimulatedExchange({ seed: 5, speed: "stepped", historyDays: 3 }, realSurroundings())
})
afterEach(() => exchange.stop())

const limit = { symbol: "BTCUSDT", side: "BUY", type: "LIMIT", timeInForce: "GTC", quantity: "0.01", price: "55000" }
const market = { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "0.01" }
const place = (params: Record<string, string> = limit) => ask(exchange, "POST", "/api/v3/order", params)

function opened(url: string) {
  const socket = new WebSocket(url)
  const heard: Record<string, any>[] = []
  socket.on("message", (data) => heard.push(JSON.parse(messageText(data))))
  const closed = new Promise<number>((resolve) => socket.once("close", resolve))
  return new Promise<{ socket: WebSocket; heard: typeof heard; closed: typeof closed }>((resolve) =>
    socket.once("open", () => resolve({ socket, heard, closed })),
  )
}

/** A user stream: executions received so far. */
async function userStream() {
  const stream = await opened(exchange.wsApi)
  const params = { apiKey: exchange.apiKey, timestamp: String(Date.now()) }
  const signature = hmacSignature(exchange.secret, webSocketPayload(params))
  stream.socket.send(
    JSON.stringify({ id: 1, method: "userDataStream.subscribe.signature", params: { ...params, signature } }),
  )
  await expect.poll(() => stream.heard[0]?.status, { timeout: 10_000 }).toBe(200)
  const executions = () =>
    stream.heard.filter(({ event }) => event?.e === "executionReport").map(({ event }) => event.x as string)
  return { ...stream, executions }
}

test("F06b: a request whose sender has heard of a reset arrives later", async () => {
  await command(exchange.control, "/faults", { fault: "F06b", on: "order.place", delayMs: 300 })
  const open = async () => (await ask(exchange, "GET", "/api/v3/openOrders", { symbol: "BTCUSDT" })).json().length
  expect(await place().catch(() => "reset")).toBe("reset")
  expect(await open()).toBe(0)
  await expect.poll(open, { timeout: 10_000 }).toBe(1)
})

test("F14: an accepted order cannot be read until its time has come", async () => {
  await command(exchange.control, "/faults", { fault: "F14", on: "order.place", delayMs: 5_000 })
  const { orderId } = (await place()).json()
  const read = () => ask(exchange, "GET", "/api/v3/order", { symbol: "BTCUSDT", orderId })
  const open = async () => (await ask(exchange, "GET", "/api/v3/openOrders", { symbol: "BTCUSDT" })).json().length
  expect([(await read()).json().code, await open()]).toEqual([-2013, 0])
  exchange.advance(5_000)
  expect([(await read()).json().status, await open()]).toEqual(["NEW", 1])
})

test("F14: a list of orders and its orders cannot be read until their time has come either", async () => {
  await command(exchange.control, "/faults", { fault: "F14", on: "orderList.place.oco", delayMs: 5_000 })
  const legs = { aboveType: "LIMIT_MAKER", abovePrice: "90000", belowType: "STOP_LOSS", belowStopPrice: "40000" }
  const oco = { symbol: "BTCUSDT", side: "SELL", quantity: "0.01", ...legs }
  const { orderListId, orders } = (await ask(exchange, "POST", "/api/v3/orderList/oco", oco)).json()
  const get = async (path: string, params: object = {}) =>
    (await ask(exchange, "GET", `/api/v3/${path}`, { ...params })).json()
  const seen = async () => [
    (await get("orderList", { orderListId })).orderListId,
    (await get("openOrderList")).length,
    (await get("allOrderList")).length,
    (await get("openOrders", { symbol: "BTCUSDT" })).length,
    (await get("order", { symbol: "BTCUSDT", orderId: orders[0].orderId })).status,
  ]
  expect(await seen()).toEqual([undefined, 0, 0, 0, undefined])
  exchange.advance(5_000)
  expect(await seen()).toEqual([orderListId, 1, 1, 2, "NEW"])
})

test("F13: one request carried out twice makes two orders", async () => {
  await command(exchange.control, "/faults", { fault: "F13", on: "order.place" })
  await place(market)
  expect(exchange.exchange.state.venue.orders.size).toBe(2)
})

test("F16: the order fills just before its cancel arrives", async () => {
  const { orderId } = (await place()).json()
  await command(exchange.control, "/faults", { fault: "F16", on: "order.cancel" })
  expect((await ask(exchange, "DELETE", "/api/v3/order", { symbol: "BTCUSDT", orderId })).json().code).toBe(-2011)
  expect((await ask(exchange, "GET", "/api/v3/order", { symbol: "BTCUSDT", orderId })).json()).toMatchObject({
    status: "FILLED",
    executedQty: "0.01000000",
  })
})

test("F17: a cancel-replace that only cancels answers 409 with both halves", async () => {
  const { orderId } = (await place()).json()
  await command(exchange.control, "/faults", { fault: "F17", on: "order.cancelReplace" })
  const answer = await ask(exchange, "POST", "/api/v3/order/cancelReplace", {
    ...limit,
    cancelReplaceMode: "STOP_ON_FAILURE",
    cancelOrderId: orderId,
  })
  expect([
    answer.status,
    answer.json().code,
    answer.json().data.cancelResult,
    answer.json().data.newOrderResult,
  ]).toEqual([409, -2021, "SUCCESS", "FAILURE"])
})

test("faults strike the nth request, or by a chance the seed decides", async () => {
  await command(exchange.control, "/faults", { fault: "F09", on: "order.place", nth: 3 })
  const statuses = async (count: number) => {
    const seen: number[] = []
    for (let request = 0; request < count; request++) seen.push((await place()).status)
    return seen
  }
  expect(await statuses(4)).toEqual([200, 200, 502, 200])
  await command(exchange.control, "/faults", {}, "DELETE")
  await command(exchange.control, "/faults", { fault: "F05", on: "order.*", probability: 0.5, times: 100 })
  const seen = await statuses(20)
  expect(seen.filter((status) => status === 503).length).toBeGreaterThan(4)
  expect(seen.filter((status) => status === 200).length).toBeGreaterThan(4)
})

test("F35, F36, F37: reports are lost, duplicated and reordered", async () => {
  const { executions, heard } = await userStream()
  const trouble = (body: object) => command(exchange.control, "/streams/user", body)
  await trouble({ lose: 2 })
  await place(market)
  await expect.poll(executions, { timeout: 10_000 }).toEqual(["TRADE"])
  await trouble({ duplicate: 4 })
  await place(market)
  await expect.poll(executions, { timeout: 10_000 }).toEqual(["TRADE", "NEW", "NEW", "TRADE", "TRADE"])
  heard.length = 0
  await trouble({ reverse: 4 })
  await place(market)
  await expect.poll(executions, { timeout: 10_000 }).toEqual(["TRADE", "NEW"])
})

test("F38: every report is late, in its order", async () => {
  const { executions } = await userStream()
  await command(exchange.control, "/streams/user", { delayMs: 300 })
  await place(market)
  expect(executions()).toEqual([])
  await expect.poll(executions, { timeout: 10_000 }).toEqual(["NEW", "TRADE"])
})

test("F30, F31, F33: sockets go silent, drop, or say goodbye first", async () => {
  const [api, streams] = [
    await userStream(),
    await opened(exchange.stream.replace("/ws", "/stream?streams=btcusdt@trade")),
  ]
  await command(exchange.control, "/sockets", { do: "cut-off", kind: "api" })
  await place(market)
  exchange.advance(1_000)
  await expect.poll(() => streams.heard.length, { timeout: 10_000 }).toBeGreaterThan(0)
  expect([api.executions(), api.socket.readyState]).toEqual([[], WebSocket.OPEN])
  await command(exchange.control, "/sockets", { do: "shut-down", kind: "all", afterMs: 50 })
  await expect
    .poll(() => streams.heard.at(-1), { timeout: 10_000 })
    .toMatchObject({ stream: "!serverShutdown", data: { e: "serverShutdown" } })
  expect(await streams.closed).toBe(1000)
  const again = await opened(exchange.stream)
  await command(exchange.control, "/sockets", { do: "close", kind: "market", code: 1006 })
  expect(await again.closed).toBe(1006)
})

test("F32: a socket a day old is closed", async () => {
  await exchange.stop()
  exchange = await startSimulatedExchange(
    { seed: 5, speed: "stepped", historyDays: 3, tickMs: 15_000 },
    realSurroundings(),
  )
  const { closed } = await opened(exchange.stream)
  exchange.advance(DAY_MS)
  expect(await closed).toBe(1000)
})

test("F34: a client that answers pings stays, one that does not is cut off, and pings can be left out", async () => {
  await exchange.stop()
  const pingEveryMs = 40
  const world = realSurroundings()
  let beats = 0
  const every = (ms: number, act: () => void) =>
    world.every(ms, () => {
      act()
      if (ms === pingEveryMs) beats++
    })
  exchange = await startSimulatedExchange(
    { seed: 5, speed: "stepped", historyDays: 3, heartbeat: { pingEveryMs, pongWithinMs: 1_000 } },
    { ...world, every },
  )
  const polite = await opened(exchange.stream)
  const deaf = new WebSocket(exchange.stream, { autoPong: false })
  const cut = await new Promise<number>((resolve) => deaf.once("close", resolve))
  expect([cut, polite.socket.readyState]).toEqual([1006, WebSocket.OPEN])
  let pings = 0
  polite.socket.on("ping", () => pings++)
  await expect.poll(() => pings, { timeout: 10_000 }).toBeGreaterThan(1)
  await command(exchange.control, "/streams/market", { isPingless: true })
  const [before, beatsBefore] = [pings, beats]
  await expect.poll(() => beats, { timeout: 10_000 }).toBeGreaterThan(beatsBefore + 4)
  // A ping that had been sent would arrive before the answer to ours.
  const answered = new Promise((resolve) => polite.socket.once("pong", resolve))
  polite.socket.ping()
  await answered
  expect(pings).toBeLessThanOrEqual(before + 1)
})

test("F40, F41, F42: the stream ends with a reason, a foreign order and a deposit are reported", async () => {
  const { heard, executions } = await userStream()
  await command(exchange.control, "/accounts/1/orders", { ...market, newClientOrderId: "by-hand" })
  await expect.poll(executions, { timeout: 10_000 }).toEqual(["NEW", "TRADE"])
  await command(exchange.control, "/accounts/1/deposit", { asset: "USDT", delta: "-5" })
  await expect
    .poll(() => heard.find(({ event }) => event?.e === "balanceUpdate")?.event, { timeout: 10_000 })
    .toMatchObject({ a: "USDT", d: "-5.00000000" })
  await command(exchange.control, "/accounts/1/terminate", {})
  await expect.poll(() => heard.at(-1)?.event.e, { timeout: 10_000 }).toBe("eventStreamTerminated")
})

test("F50, F42: an order is filled in part and then left alone, and money is locked from outside", async () => {
  const { heard, executions } = await userStream()
  const { orderId } = (await place()).json()
  await command(exchange.control, `/orders/${orderId}/fill`, { quantity: "0.004" })
  expect((await ask(exchange, "GET", "/api/v3/order", { symbol: "BTCUSDT", orderId })).json()).toMatchObject({
    status: "PARTIALLY_FILLED",
    executedQty: "0.00400000",
  })
  await command(exchange.control, "/accounts/1/lock", { asset: "USDT", delta: "100" })
  await expect
    .poll(() => heard.find(({ event }) => event?.e === "externalLockUpdate")?.event, { timeout: 10_000 })
    .toMatchObject({ a: "USDT", d: "100.00000000" })
  expect(executions()).toEqual(["NEW", "TRADE"])
})

test("F39: a subscription is refused while the fault lasts", async () => {
  await command(exchange.control, "/streams/user", { refuseSubscription: -1021 })
  const stream = await opened(exchange.wsApi)
  const params = { apiKey: exchange.apiKey, timestamp: String(Date.now()) }
  stream.socket.send(
    JSON.stringify({
      id: 1,
      method: "userDataStream.subscribe.signature",
      params: { ...params, signature: hmacSignature(exchange.secret, webSocketPayload(params)) },
    }),
  )
  await expect.poll(() => stream.heard[0]?.error?.code, { timeout: 10_000 }).toBe(-1021)
})

test("F59, F80, F82, F83: the exchange ends an order, changes rules, delists a market, wipes an account", async () => {
  const { orderId } = (await place()).json()
  await command(exchange.control, `/orders/${orderId}/expire`, {})
  expect((await ask(exchange, "GET", "/api/v3/order", { symbol: "BTCUSDT", orderId })).json()).toMatchObject({
    status: "EXPIRED",
    expiryReason: "EXCHANGE_CANCELED",
  })
  await command(exchange.control, "/symbols/BTCUSDT", { stepSize: "0.1", minQuantity: "0.1" })
  expect((await place()).json().msg).toBe("Filter failure: LOT_SIZE")
  await command(exchange.control, "/symbols/ETHUSDT", {}, "DELETE")
  expect(
    (await ask(exchange, "GET", "/api/v3/klines", { symbol: "ETHUSDT", interval: "1m" }, { unsigned: true })).json()
      .code,
  ).toBe(-1121)
  await command(exchange.control, "/accounts/1/reset", {})
  const { balances } = (await ask(exchange, "GET", "/api/v3/account", { omitZeroBalances: "true" })).json()
  expect(balances).toEqual([])
  expect((await ask(exchange, "GET", "/api/v3/order", { symbol: "BTCUSDT", orderId })).json().code).toBe(-2013)
})

test("F20: a server clock that jumps refuses honest timestamps", async () => {
  await command(exchange.control, "/clock", { speed: 1 })
  const { nowMs } = (await fetch(exchange.control).then((answer) => answer.json())) as { nowMs: number }
  const honest = () => ask(exchange, "GET", "/api/v3/account", {}, { nowMs: nowMs + 20 })
  expect((await honest()).status).toBe(200)
  await command(exchange.control, "/clock", { skewMs: 600_000 })
  expect((await honest()).json().code).toBe(-1021)
  // It is that wrong, however often it is said.
  await command(exchange.control, "/clock", { skewMs: 600_000 })
  expect(await fetch(exchange.control).then((answer) => answer.json())).toMatchObject({ skewMs: 600_000 })
  await command(exchange.control, "/clock", { skewMs: 0 })
  expect((await honest()).status).toBe(200)
})

test("crash, rally, flat and flash wick do what they say, and down is down for 40 seconds", async () => {
  const price = async () =>
    Number((await ask(exchange, "GET", "/api/v3/ticker/price", { symbol: "BTCUSDT" }, { unsigned: true })).json().price)
  const story = (kind: string) => command(exchange.control, "/scenario", { kind, symbol: "BTCUSDT" })
  const start = await price()
  await story("crash")
  exchange.advance(300_000)
  expect((await price()) / start).toBeLessThan(0.83)
  await story("rally")
  exchange.advance(300_000)
  expect((await price()) / start).toBeGreaterThan(0.92)
  await story("flat")
  exchange.advance(1_000)
  const still = await price()
  exchange.advance(500_000)
  expect(await price()).toBe(still)
  exchange.advance(200_000)
  const before = await price()
  await story("flash-wick")
  exchange.advance(5_000)
  expect((await price()) / before).toBeLessThan(0.87)
  exchange.advance(6_000)
  expect((await price()) / before).toBeGreaterThan(0.97)
  await story("down")
  expect((await ask(exchange, "GET", "/api/v3/ping", {}, { unsigned: true })).status).toBe(503)
  exchange.advance(41_000)
  expect((await ask(exchange, "GET", "/api/v3/ping", {}, { unsigned: true })).status).toBe(200)
})

test("the control plane refuses web pages, strange names and wrong bodies", async () => {
  const send = (headers: Record<string, string>, body = "{}") =>
    fetch(`${exchange.control}/faults`, { method: "POST", headers, body })
  expect((await send({ "content-type": "text/plain" })).status).toBe(415)
  expect((await send({ "content-type": "application/json", origin: "https://evil.example" })).status).toBe(403)
  expect((await send({ "content-type": "application/json" }, "{")).status).toBe(400)
  expect((await send({ "content-type": "application/json" }, '{"fault":"F99"}')).status).toBe(400)
  expect(
    (
      await fetch(`${exchange.rest.replace("/api/v3", "")}/faults`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{}",
      })
    ).status,
  ).toBe(404)
})
