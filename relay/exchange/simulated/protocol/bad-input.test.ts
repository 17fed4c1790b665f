import { afterAll, beforeAll, expect, test } from "vitest"
import { WebSocket } from "ws"
import { messageText } from "../../../door/message-text.ts"
import { ask, command } from "../testing/raw-client.ts"
import { hmacSignature } from "../account/signature.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"
import { realSurroundings } from "../../../surroundings.ts"

let exchange: SimulatedExchange
beforeAll(async () => {
  exchange = await startSimulatedExchange({ seed: 3, speed: "stepped" }, realSurroundings())
})
afterAll(() => exchange.stop())

const limit = { symbol: "BTCUSDT", side: "BUY", type: "LIMIT", timeInForce: "GTC", quantity: "0.01", price: "55000" }
const refusals: [claim: string, change: Record<string, string>, code: number, text: string][] = [
  ["an unknown symbol", { symbol: "NOPE" }, -1121, "Invalid symbol."],
  ["a missing parameter", { side: "" }, -1105, "Parameter 'side' was empty."],
  ["an unknown side", { side: "HOLD" }, -1117, "Invalid side."],
  ["an unknown type", { type: "HOPE" }, -1116, "Invalid orderType."],
  ["an unknown time in force", { timeInForce: "GTD" }, -1115, "Invalid timeInForce."],
  ["scientific notation", { quantity: "1e-2" }, -1100, "Illegal characters found in parameter 'quantity'"],
  ["a negative quantity", { quantity: "-1" }, -1100, "Illegal characters"],
  ["a decimal comma", { price: "55000,5" }, -1100, "Illegal characters"],
  ["NaN", { price: "NaN" }, -1100, "Illegal characters"],
  ["nine decimals", { quantity: "0.010000001" }, -1111, "too much precision"],
  ["a quantity off the step", { quantity: "0.010001" }, -1013, "Filter failure: LOT_SIZE"],
  ["a quantity of nothing", { quantity: "0" }, -1013, "Filter failure: LOT_SIZE"],
  ["a price off the tick", { price: "55000.001" }, -1013, "Filter failure: PRICE_FILTER"],
  ["an order too small", { quantity: "0.00001" }, -1013, "Filter failure: NOTIONAL"],
  ["a price far from the market", { price: "1000" }, -1013, "Filter failure: PERCENT_PRICE_BY_SIDE"],
  ["more than there is", { quantity: "100" }, -2010, "Account has insufficient balance"],
  [
    "an unknown parameter",
    { colour: "red" },
    -1104,
    "Not all sent parameters were read; read '8' parameter(s) but was sent '9'.",
  ],
  ["a stop price on a limit order", { stopPrice: "50000" }, -1106, "Parameter 'stopPrice' sent when not required."],
  [
    "a client id with a space",
    { newClientOrderId: "a b" },
    -1100,
    "Illegal characters found in parameter 'newClientOrderId'",
  ],
  ["a client id of 37 letters", { newClientOrderId: "x".repeat(37) }, -1100, "Illegal characters"],
  ["an iceberg", { icebergQty: "0.001" }, -2010, "Iceberg orders are not supported"],
  [
    "a maker that would take",
    { type: "LIMIT_MAKER", timeInForce: "", price: "90000" },
    -2010,
    "Order would immediately match and take.",
  ],
  [
    "a stop on the wrong side",
    { type: "STOP_LOSS_LIMIT", stopPrice: "40000" },
    -2010,
    "Order would trigger immediately.",
  ],
  [
    "a trail too short",
    { type: "STOP_LOSS", timeInForce: "", price: "", trailingDelta: "5" },
    -1013,
    "Filter failure: TRAILING_DELTA",
  ],
  [
    "both quantity and quote",
    { type: "MARKET", timeInForce: "", price: "", quoteOrderQty: "10" },
    -1128,
    "Combination of optional parameters invalid.",
  ],
]

test.each(refusals)("%s is refused with its code, and nothing is booked", async (claim, change, code, text) => {
  const keepsEmpty = claim === "a missing parameter"
  const params = Object.fromEntries(
    Object.entries({ ...limit, ...change }).filter(([, value]) => keepsEmpty || value !== ""),
  )
  const answer = await ask(exchange, "POST", "/api/v3/order", params)
  expect(answer.status).toBe(400)
  expect(answer.json()).toMatchObject({ code, msg: expect.stringContaining(text) })
  expect((await ask(exchange, "GET", "/api/v3/openOrders", { symbol: "BTCUSDT" })).json()).toEqual([])
})

test("keys, signatures and clocks are checked, each with its code", async () => {
  const wrongSecret = await ask({ ...exchange, secret: "x" }, "GET", "/api/v3/account")
  expect([wrongSecret.status, wrongSecret.json().code]).toEqual([400, -1022])
  const unknownKey = await ask({ ...exchange, apiKey: "A".repeat(64) }, "GET", "/api/v3/account")
  expect([unknownKey.status, unknownKey.json().code]).toEqual([401, -2015])
  const oddKey = await ask({ ...exchange, apiKey: "no key!" }, "GET", "/api/v3/account")
  expect([oddKey.status, oddKey.json().code]).toEqual([401, -2014])
  const late = await ask(exchange, "GET", "/api/v3/account", {}, { nowMs: Date.now() - 6_000 })
  expect(late.json()).toEqual({ code: -1021, msg: "Timestamp for this request is outside of the recvWindow." })
  const early = await ask(exchange, "GET", "/api/v3/account", {}, { nowMs: Date.now() + 2_000 })
  expect(early.json()).toEqual({
    code: -1021,
    msg: "Timestamp for this request was 1000ms ahead of the server's time.",
  })
  expect((await ask(exchange, "GET", "/api/v3/account", { recvWindow: 60_001 })).json().code).toBe(-1131)
  expect((await ask(exchange, "GET", "/api/v3/account", {}, { unsigned: true })).json().code).toBe(-1102)
  const readOnly = (await command(exchange.control, "/accounts", { permissions: { trading: false } })).body
  expect((await ask({ ...exchange, ...readOnly }, "POST", "/api/v3/order", limit)).json().code).toBe(-2015)
})

test("an id that is open is refused, and free again once its order is cancelled", async () => {
  const order = { ...limit, newClientOrderId: "same" }
  expect((await ask(exchange, "POST", "/api/v3/order", order)).status).toBe(200)
  expect((await ask(exchange, "POST", "/api/v3/order", order)).json()).toEqual({
    code: -2010,
    msg: "Duplicate order sent.",
  })
  const cancelled = (
    await ask(exchange, "DELETE", "/api/v3/order", { symbol: "BTCUSDT", origClientOrderId: "same" })
  ).json()
  expect([cancelled.origClientOrderId, cancelled.status]).toEqual(["same", "CANCELED"])
  expect(
    (await ask(exchange, "DELETE", "/api/v3/order", { symbol: "BTCUSDT", origClientOrderId: "same" })).json(),
  ).toEqual({ code: -2011, msg: "Unknown order sent." })
  expect((await ask(exchange, "POST", "/api/v3/order", order)).status).toBe(200)
  await ask(exchange, "DELETE", "/api/v3/openOrders", { symbol: "BTCUSDT" })
})

test("meaningless queries, windows and intervals are refused", async () => {
  const get = async (path: string, params: Record<string, string | number>, unsigned = false) =>
    (await ask(exchange, "GET", path, params, { unsigned })).json().code
  expect(await get("/api/v3/order", { symbol: "BTCUSDT", orderId: 999 })).toBe(-2013)
  expect(await get("/api/v3/order", { symbol: "BTCUSDT" })).toBe(-1102)
  expect(await get("/api/v3/myTrades", { symbol: "BTCUSDT", startTime: 0, endTime: 90_000_000 })).toBe(-1127)
  expect(await get("/api/v3/klines", { symbol: "BTCUSDT", interval: "7m" }, true)).toBe(-1120)
  expect(await get("/api/v3/klines", { interval: "1m" }, true)).toBe(-1102)
  expect(await get("/api/v3/exchangeInfo", { symbols: "BTCUSDT" }, true)).toBe(-1100)
  expect(await get("/api/v3/depth", { symbol: "BTCUSDT", limit: "many" }, true)).toBe(-1100)
  const twice = await fetch(`${exchange.rest}/depth?symbol=BTCUSDT&symbol=ETHUSDT`)
  expect(((await twice.json()) as { code: number }).code).toBe(-1101)
})

test("a body of a megabyte, an unknown path and the control plane's paths end in plain pages, not in a crash", async () => {
  expect((await fetch(`${exchange.rest}/order`, { method: "POST", body: "x".repeat(1_000_000) })).status).toBe(413)
  for (const path of ["/api/v3/nothing", "/", "/faults", "/log", "/__sim/log", "/api/v3/../../log"])
    expect((await fetch(exchange.rest.replace("/api/v3", "") + path)).status).toBe(404)
  expect((await fetch(`${exchange.rest}/ping`)).status).toBe(200)
})

test("POST parameters may come in the body, in the query or in both, and the query wins", async () => {
  const body = new URLSearchParams({ ...limit, quantity: "0.02" }).toString()
  const query = `quantity=0.01&timestamp=${Date.now()}`
  const signature = hmacSignature(exchange.secret, query + body)
  const answer = await fetch(`${exchange.rest}/order?${query}&signature=${signature}`, {
    method: "POST",
    body,
    headers: { "x-mbx-apikey": exchange.apiKey, "content-type": "application/x-www-form-urlencoded" },
  })
  expect(((await answer.json()) as { origQty: string }).origQty).toBe("0.01000000")
  await ask(exchange, "DELETE", "/api/v3/openOrders", { symbol: "BTCUSDT" })
})

test("times come in microseconds on request", async () => {
  const answer = await fetch(`${exchange.rest}/time`, { headers: { "x-mbx-time-unit": "MICROSECOND" } })
  expect(((await answer.json()) as { serverTime: number }).serverTime).toBe(exchange.exchange.state.venue.nowMs * 1000)
})

function connect(path: string) {
  const socket = new WebSocket(exchange.stream.replace("/ws", path))
  const heard: string[] = []
  socket.on("message", (data) => heard.push(messageText(data)))
  return {
    socket,
    heard,
    open: new Promise((resolve) => socket.once("open", resolve)),
    closed: new Promise<number>((resolve) => socket.once("close", resolve)),
  }
}

test("nonsense on a market stream is answered, a flood ends the connection, and the exchange keeps running", async () => {
  const { socket, heard, open, closed } = connect("/ws")
  await open
  socket.send("{")
  socket.send(JSON.stringify({ method: "DANCE", id: 1 }))
  socket.send(Buffer.from([0, 255]), { binary: true })
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(3)
  expect(heard.map((text) => JSON.parse(text).error.code)).toEqual([3, 2, 3])
  for (let sent = 0; sent < 10_000; sent++) socket.send("{}")
  expect(await closed).toBe(1008)
  expect((await fetch(`${exchange.rest}/ping`)).status).toBe(200)
})

test("nonsense on the WebSocket API is answered with a status of 400, too large a frame closes it", async () => {
  const { socket, heard, open, closed } = connect("/ws-api/v3")
  await open
  for (const text of [
    "{",
    "[]",
    '{"id":1}',
    '{"id":2,"method":"dance"}',
    '{"id":3,"method":"order.place","params":[]}',
    '{"id":4,"method":"-coins"}',
  ])
    socket.send(text)
  socket.send(Buffer.from([0, 255]), { binary: true })
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(7)
  expect(heard.every((text) => JSON.parse(text).status === 400)).toBe(true)
  for (let sent = 0; sent < 10_000; sent++) socket.send('{"id":5,"method":"ping"}')
  await expect.poll(() => heard.length, { timeout: 60_000 }).toBe(10_007)
  socket.send(`{"id":6,"method":"ping","params":{"a":"${"x".repeat(1_000_000)}"}}`)
  expect(await closed).toBe(1009)
  expect(connect("/nowhere").socket.once("error", () => {}).url).toContain("nowhere")
})
