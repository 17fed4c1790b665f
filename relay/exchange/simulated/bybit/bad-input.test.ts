import { generateKeyPairSync, sign } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import { realSurroundings } from "../../../surroundings.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"
import { command } from "../testing/raw-client.ts"
import { askBybit, type Changed } from "./testing/bybit-raw.ts"
import { bybitSocket } from "./testing/bybit-socket-client.ts"

// Whatever is sent, Bybit's shape answers, and nothing is placed.
const soon = { timeout: 20_000 }
let exchange: SimulatedExchange
beforeAll(async () => {
  const limits = { ordersPer10Seconds: 10_000, privatePerSecond: 1_000, publicPerSecond: 1_000 }
  exchange = await startSimulatedExchange({ seed: 5, speed: "stepped", speak: "bybit", limits }, realSurroundings())
})
afterAll(() => exchange?.stop())

const good = { category: "spot", symbol: "BTCUSDT", side: "Buy", orderType: "Limit", qty: "0.01", price: "50000" }
const stop = { ...good, orderType: "Market", side: "Sell", orderFilter: "tpslOrder" }

const orders: [what: string, change: Record<string, unknown>, retCode: number][] = [
  ["no category", { category: undefined }, 10001],
  ["another category", { category: "linear" }, 10001],
  ["no symbol", { symbol: undefined }, 10001],
  ["an unknown symbol", { symbol: "NOPEUSDT" }, 170121],
  ["a symbol in small letters", { symbol: "btcusdt" }, 170121],
  ["an unknown side", { side: "BUY" }, 170117],
  ["an unknown type", { orderType: "limit" }, 170116],
  ["an unknown time in force", { timeInForce: "DAY" }, 170115],
  ["an unknown filter", { orderFilter: "Stop" }, 170202],
  ["no quantity", { qty: "" }, 10001],
  ["a negative quantity", { qty: "-1" }, 10001],
  ["a quantity of nothing", { qty: "0" }, 170136],
  ["a quantity in words", { qty: "all" }, 10001],
  ["a quantity with an exponent", { qty: "1e-2" }, 10001],
  ["a quantity too fine", { qty: "0.000001" }, 170137],
  ["a quantity finer than anything", { qty: "0.0123456789123" }, 170137],
  ["too much", { qty: "100000" }, 170135],
  ["no price", { price: null }, 10001],
  ["a price too fine", { price: "50000.001" }, 170134],
  ["a price of nothing", { price: "0" }, 170133],
  ["a price beyond all bounds", { price: "99999999999" }, 170132],
  ["a purchase far above the market", { price: "900000" }, 170193],
  ["a sale far below it", { side: "Sell", price: "1000" }, 170194],
  ["a value too small", { qty: "0.00001" }, 170140],
  ["more money than there is", { qty: "50" }, 170131],
  ["an id too long", { orderLinkId: "x".repeat(37) }, 10001],
  ["an id with a space", { orderLinkId: "a b" }, 10001],
  ["a stop without a price", { ...stop }, 170203],
  ["exits on a sale", { side: "Sell", price: "70000", stopLoss: "80000" }, 10001],
  ["exits on a market order", { orderType: "Market", qty: "100", stopLoss: "50000" }, 10001],
  ["a stop loss above the entry", { stopLoss: "51000" }, 10001],
  ["a limit exit without its limit", { stopLoss: "40000", slOrderType: "Limit" }, 10001],
  ["an unknown unit", { orderType: "Market", marketUnit: "coins" }, 10001],
  ["an object for a quantity", { qty: { much: true } }, 10001],
]
test.each(orders)("a new order with %s is refused with its own code", async (_what, change, retCode) => {
  const answer = await askBybit(exchange, "POST", "/v5/order/create", { ...good, ...change })
  expect([answer.status, answer.retCode, answer.result]).toEqual([200, retCode, {}])
  expect(Object.keys(JSON.parse(answer.text))).toEqual(["retCode", "retMsg", "result", "retExtInfo", "time"])
  expect(exchange.exchange.state.venue.orders.size).toBe(0)
})

const bodies: [what: string, body: string][] = [
  ["half a JSON", '{"category":"spot"'],
  ["a list", "[]"],
  ["a word", '"buy"'],
  ["nothing", ""],
  ["a form", "category=spot&symbol=BTCUSDT"],
]
test.each(bodies)("a body that is %s is refused with 10001", async (_what, body) => {
  expect((await askBybit(exchange, "POST", "/v5/order/create", {}, { body })).retCode).toBe(10001)
})

const senders: [what: string, changed: Changed, retCode: number][] = [
  ["a key nobody has", { apiKey: "nobody" }, 10003],
  ["no key", { apiKey: "" }, 10003],
  ["a wrong signature", { signature: "00" }, 10004],
  ["no signature", { signature: "" }, 10004],
  ["an old timestamp", { atMs: Date.now() - 6_000 }, 10002],
  ["a timestamp ahead", { atMs: Date.now() + 60_000 }, 10002],
  ["no timestamp", { atMs: NaN }, 10002],
  ["a window in words", { window: "long" }, 10002],
  ["a window of nothing", { window: "0" }, 10002],
  ["a window below nothing", { window: "-5000" }, 10002],
  ["a window in parts", { window: "5000.5" }, 10002],
]
test.each(senders)("%s is refused", async (_what, changed, retCode) => {
  expect((await askBybit(exchange, "GET", "/v5/account/info", {}, changed)).retCode).toBe(retCode)
})

test("a wide window lets an older request in", async () => {
  const atMs = Date.now() - 20_000
  expect((await askBybit(exchange, "GET", "/v5/account/info", {}, { atMs, window: "30000" })).retCode).toBe(0)
})

const questions: [path: string, params: Record<string, string>, retCode: number][] = [
  ["/v5/market/kline", { category: "spot", symbol: "BTCUSDT", interval: "2" }, 10001],
  ["/v5/market/kline", { category: "spot", symbol: "NOPE", interval: "1" }, 10001],
  ["/v5/market/orderbook", { category: "option", symbol: "BTCUSDT" }, 10001],
  ["/v5/market/instruments-info", { category: "stocks" }, 10001],
  ["/v5/market/tickers", { symbol: "BTCUSDT" }, 10001],
  ["/v5/order/realtime", { category: "spot", cursor: "nonsense" }, 10001],
  ["/v5/order/realtime", { category: "spot", limit: "many" }, 10001],
  ["/v5/order/realtime", { category: "spot", symbol: "NOPE" }, 170121],
  ["/v5/order/history", { category: "spot", startTime: "1", endTime: "99999999999" }, 10001],
  ["/v5/execution/list", { category: "spot", startTime: "5", endTime: "1" }, 10001],
  ["/v5/execution/list", {}, 10001],
  ["/v5/account/wallet-balance", {}, 10001],
  ["/v5/account/wallet-balance", { accountType: "SPOT" }, 10001],
  ["/v5/account/fee-rate", { category: "spot", symbol: "NOPE" }, 170121],
]
test.each(questions)("GET %s with %j is answered %i", async (path, params, retCode) => {
  expect((await askBybit(exchange, "GET", path, params)).retCode).toBe(retCode)
})

const changes: [path: string, params: Record<string, string>, retCode: number][] = [
  ["/v5/order/cancel", {}, 10001],
  ["/v5/order/cancel", { symbol: "BTCUSDT" }, 10001],
  ["/v5/order/cancel", { symbol: "BTCUSDT", orderId: "12345" }, 170213],
  ["/v5/order/cancel", { symbol: "BTCUSDT", orderId: "what" }, 170213],
  ["/v5/order/amend", { symbol: "BTCUSDT", orderLinkId: "nobody", qty: "1" }, 170213],
  ["/v5/order/cancel-all", { symbol: "NOPE" }, 170121],
]
test.each(changes)("POST %s with %j is answered %i", async (path, params, retCode) => {
  expect((await askBybit(exchange, "POST", path, { category: "spot", ...params })).retCode).toBe(retCode)
})

test("a path or a method that does not exist is a page", async () => {
  expect((await askBybit(exchange, "GET", "/v5/order/create")).status).toBe(404)
  expect((await askBybit(exchange, "POST", "/v5/nothing")).status).toBe(404)
  expect((await fetch(`${exchange.addresses.rest}/api/v3/time`)).status).toBe(404)
})

test("numbers are read like texts, and how much is left is said in the headers", async () => {
  const { retCode, headers } = await askBybit(exchange, "POST", "/v5/order/create", {
    ...good,
    qty: 0.01,
    price: 50_000,
    isLeverage: 0,
  })
  expect([retCode, headers.get("x-bapi-limit"), headers.get("x-bapi-limit-status")]).toEqual([
    0,
    "1000",
    expect.any(String),
  ])
  expect(Number(headers.get("x-bapi-limit-reset-timestamp"))).toBeGreaterThan(exchange.exchange.state.venue.nowMs)
})

test("a key pair signs too: the exchange has the public half", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 })
  const pem = publicKey.export({ type: "spki", format: "pem" }) as string
  const { body } = await command(exchange.control, "/accounts/1/keys", { scheme: "RSA", publicKey: pem })
  const atMs = Date.now()
  const signature = sign("RSA-SHA256", Buffer.from(`${atMs}${body.apiKey}5000`), privateKey).toString("base64")
  const mine = { ...exchange, apiKey: body.apiKey }
  expect((await askBybit(mine, "GET", "/v5/account/info", {}, { atMs, signature })).retCode).toBe(0)
  expect((await askBybit(mine, "GET", "/v5/account/info")).retCode).toBe(10004)
})

test("sockets refuse what they do not know, and pages never reach the private one", async () => {
  const [open, own] = [
    await bybitSocket(exchange.addresses.publicStream),
    await bybitSocket(exchange.addresses.privateStream),
  ]
  const asked: [typeof open, unknown][] = [
    [open, "no json"],
    [open, { op: "dance" }],
    [open, { op: "subscribe", args: ["kline.7.BTCUSDT"] }],
    [open, { op: "subscribe", args: ["tickers.NOPE"] }],
    [open, { op: "subscribe", args: [{ deep: 1 }] }],
    [open, { op: "subscribe", args: Array.from({ length: 11 }, () => "tickers.BTCUSDT") }],
    [own, { op: "subscribe", args: ["order"] }],
    [own, { op: "auth", args: ["nobody", Date.now() + 9_000, "00"] }],
    [own, { op: "auth", args: [exchange.apiKey, Date.now() + 9_000, "00"] }],
    [own, { op: "auth", args: [exchange.apiKey, 1, "00"] }],
    [own, { op: "auth" }],
  ]
  for (const [socket, message] of asked) {
    const before = socket.messages.length
    socket.send(message)
    await expect.poll(() => socket.messages.slice(before), soon).toEqual([expect.objectContaining({ success: false })])
  }
  open.close()
  own.close()
})
