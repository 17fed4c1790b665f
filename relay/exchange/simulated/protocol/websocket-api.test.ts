import { generateKeyPairSync, type KeyObject, sign } from "node:crypto"
import { afterEach, beforeEach, expect, test } from "vitest"
import { WebSocket } from "ws"
import { messageText } from "../../../door/message-text.ts"
import { command } from "../testing/raw-client.ts"
import { hmacSignature, webSocketPayload } from "../account/signature.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"
import { realSurroundings } from "../../../surroundings.ts"

let exchange: SimulatedExchange
let socket: WebSocket
let heard: Record<string, any>[]
let counter: number

beforeEach(async () => {
  exchange = await startSimulatedExchange({ seed: 6, speed: "stepped", historyDays: 2 }, realSurroundings())
  await connect()
})
afterEach(() => exchange.stop())

async function connect(query = "") {
  heard = []
  counter = 0
  socket = new WebSocket(exchange.wsApi + query)
  socket.on("message", (data) => heard.push(JSON.parse(messageText(data))))
  await new Promise((resolve) => socket.once("open", resolve))
}

async function call(method: string, params: Record<string, unknown> = {}) {
  const id = `call-${counter++}`
  socket.send(JSON.stringify({ id, method, params }))
  await expect.poll(() => heard.some((one) => one.id === id), { timeout: 10_000 }).toBe(true)
  return heard.find((one) => one.id === id)!
}

function signed(params: Record<string, string>, privateKey?: KeyObject, apiKey = exchange.apiKey) {
  const all = { ...params, apiKey, timestamp: String(Date.now()) }
  const payload = webSocketPayload(all)
  return {
    ...all,
    signature: privateKey
      ? sign(null, Buffer.from(payload), privateKey).toString("base64")
      : hmacSignature(exchange.secret, payload),
  }
}

const events = (kind: string) => heard.flatMap(({ event }) => (event?.e === kind ? [event] : []))
const limit = { symbol: "BTCUSDT", side: "BUY", type: "LIMIT", timeInForce: "GTC", quantity: "0.01", price: "55000" }

test("a session with an Ed25519 key trades and listens without signing again; an HMAC key may not log on", async () => {
  expect((await call("session.logon", signed({}))).error.code).toBe(-4056)
  const { publicKey, privateKey } = generateKeyPairSync("ed25519")
  const { apiKey } = (
    await command(exchange.control, "/accounts/1/keys", {
      scheme: "ED25519",
      publicKey: publicKey.export({ type: "spki", format: "pem" }),
    })
  ).body
  expect((await call("session.logon", signed({}, privateKey, apiKey))).result).toMatchObject({
    apiKey,
    userDataStream: false,
  })
  expect((await call("userDataStream.subscribe")).result).toEqual({ subscriptionId: 0 })
  expect((await call("order.place", { ...limit, timestamp: Date.now() })).result).toMatchObject({ status: "NEW" })
  expect(events("executionReport").length).toBe(1)
  expect((await call("session.logout")).result.apiKey).toBeNull()
  expect((await call("order.place", { ...limit, timestamp: Date.now() })).error.code).toBe(-2014)
})

test("subscriptions are counted, refused twice and ended; what has been removed says 410", async () => {
  expect((await call("userDataStream.subscribe.signature", signed({}))).result).toEqual({ subscriptionId: 0 })
  expect((await call("userDataStream.subscribe.signature", signed({}))).error.code).toBe(-2035)
  expect((await call("session.subscriptions")).result).toEqual([{ subscriptionId: 0 }])
  expect((await call("userDataStream.unsubscribe")).result).toEqual({})
  expect((await call("userDataStream.unsubscribe")).error.code).toBe(-2036)
  expect((await call("userDataStream.start", { apiKey: exchange.apiKey })).status).toBe(410)
})

test("an OCO is reported as a list and as orders, and its end too", async () => {
  await call("userDataStream.subscribe.signature", signed({}))
  const oco = await call(
    "orderList.place.oco",
    signed({
      symbol: "BTCUSDT",
      side: "SELL",
      quantity: "0.01",
      aboveType: "LIMIT_MAKER",
      abovePrice: "70000",
      belowType: "STOP_LOSS",
      belowStopPrice: "50000",
    }),
  )
  expect(oco.result.orderReports.length).toBe(2)
  const { orderListId } = oco.result
  await call("orderList.cancel", signed({ symbol: "BTCUSDT", orderListId: String(orderListId) }))
  expect(events("listStatus").map(({ g, l, L }) => [g, l, L])).toEqual([
    [orderListId, "EXEC_STARTED", "EXECUTING"],
    [orderListId, "ALL_DONE", "ALL_DONE"],
  ])
  expect(events("executionReport").map(({ x, X }) => `${x} ${X}`)).toEqual([
    "NEW NEW",
    "NEW NEW",
    "CANCELED CANCELED",
    "CANCELED CANCELED",
  ])
  expect(events("outboundAccountPosition").at(-1).B).toContainEqual({ a: "BTC", f: "1.00000000", l: "0.00000000" })
})

test("on a cancel the report names the cancel's id in c and the order's in C", async () => {
  await call("userDataStream.subscribe.signature", signed({}))
  await call("order.place", signed({ ...limit, newClientOrderId: "mine" }))
  await call("order.cancel", signed({ symbol: "BTCUSDT", origClientOrderId: "mine", newClientOrderId: "the-cancel" }))
  expect(events("executionReport").map(({ c, C, x }) => [x, c, C])).toEqual([
    ["NEW", "mine", ""],
    ["CANCELED", "the-cancel", "mine"],
  ])
})

test("rate limits come with every answer unless switched off, and a refusal says when to come back", async () => {
  expect((await call("time")).rateLimits[0]).toMatchObject({ rateLimitType: "REQUEST_WEIGHT", limit: 6000 })
  expect(
    (await call("order.place", signed(limit))).rateLimits.map(
      (limit: { rateLimitType: string }) => limit.rateLimitType,
    ),
  ).toEqual(["REQUEST_WEIGHT", "ORDERS", "ORDERS"])
  expect((await call("time", { returnRateLimits: false })).rateLimits).toBeUndefined()
  await command(exchange.control, "/limits", { weightPerMinute: 10 })
  const refused = await call("exchangeInfo")
  expect([refused.status, refused.error.code, refused.error.data.retryAfter - refused.error.data.serverTime]).toEqual([
    429, -1003, 60_000,
  ])
})

test("times in microseconds on a connection that asks for them", async () => {
  await connect("?timeUnit=MICROSECOND")
  expect((await call("time")).result.serverTime).toBe(exchange.exchange.state.venue.nowMs * 1000)
})

test("a candle on the stream is forming until its minute is over, then comes once more, closed, with the numbers of REST", async () => {
  const stream = new WebSocket(`${exchange.stream}/btcusdt@kline_1m`)
  const klines: Record<string, any>[] = []
  stream.on("message", (data) => klines.push(JSON.parse(messageText(data)).k))
  await new Promise((resolve) => stream.once("open", resolve))
  exchange.advance(125_000)
  await expect.poll(() => klines.filter(({ x }) => x).length, { timeout: 10_000 }).toBe(2)
  const rows = (await fetch(`${exchange.rest}/klines?symbol=BTCUSDT&interval=1m&limit=3`).then((answer) =>
    answer.json(),
  )) as (string | number)[][]
  const closed = klines.filter(({ x }) => x).map(({ t, o, h, l, c, v, T, q, n }) => [t, o, h, l, c, v, T, q, n])
  expect(closed).toEqual(rows.slice(0, 2).map((row) => row.slice(0, 9)))
  expect(klines.filter(({ x }) => !x).length).toBeGreaterThan(50)
})
