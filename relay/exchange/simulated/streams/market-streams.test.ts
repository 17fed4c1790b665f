import { afterAll, beforeAll, expect, test } from "vitest"
import { WebSocket } from "ws"
import { messageText } from "../../../door/message-text.ts"
import { operations } from "../protocol/operations.ts"
import { ask, command } from "../testing/raw-client.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"
import { realSurroundings } from "../../../surroundings.ts"

let exchange: SimulatedExchange
beforeAll(async () => {
  exchange = await startSimulatedExchange(
    {
      seed: 12,
      speed: "stepped",
      historyDays: 40,
      limits: { weightPerMinute: 100_000 },
    },
    realSurroundings(),
  )
})
afterAll(() => exchange.stop())

async function opened(path: string) {
  const socket = new WebSocket(exchange.stream.replace("/ws", path))
  const heard: Record<string, any>[] = []
  socket.on("message", (data) => heard.push(JSON.parse(messageText(data))))
  await new Promise((resolve) => socket.once("open", resolve))
  return { socket, heard }
}

const streams: [name: string, marks: Record<string, unknown>][] = [
  ["btcusdt@trade", { e: "trade", s: "BTCUSDT" }],
  ["btcusdt@aggTrade", { e: "aggTrade", s: "BTCUSDT" }],
  ["btcusdt@kline_1s", { e: "kline", k: { i: "1s" } }],
  ["btcusdt@kline_1M", { e: "kline", k: { i: "1M" } }],
  ["btcusdt@kline_1d@+08:00", { e: "kline", k: { i: "1d" } }],
  ["btcusdt@miniTicker", { e: "24hrMiniTicker" }],
  ["btcusdt@ticker", { e: "24hrTicker" }],
  ["btcusdt@ticker_4h", { e: "4hTicker" }],
  ["btcusdt@bookTicker", { s: "BTCUSDT" }],
  ["btcusdt@avgPrice", { e: "avgPrice", i: "5m" }],
  ["btcusdt@depth5", { lastUpdateId: expect.any(Number) }],
  ["btcusdt@depth20@100ms", { lastUpdateId: expect.any(Number) }],
  ["btcusdt@depth", { e: "depthUpdate" }],
  ["!miniTicker@arr", [{ e: "24hrMiniTicker" }, {}, {}, {}, {}] as never],
  ["!ticker_1h@arr", [{ e: "1hTicker" }, {}, {}, {}, {}] as never],
]

test.each(streams)("%s sends, bare on /ws and wrapped on /stream", async (name, marks) => {
  const [bare, wrapped] = [await opened(`/ws/${name}`), await opened(`/stream?streams=${encodeURIComponent(name)}`)]
  exchange.advance(3_000)
  await expect.poll(() => Math.min(bare.heard.length, wrapped.heard.length), { timeout: 10_000 }).toBeGreaterThan(0)
  expect(bare.heard[0]).toMatchObject(marks)
  expect(wrapped.heard[0]).toMatchObject({ stream: name, data: marks })
  bare.socket.terminate()
  wrapped.socket.terminate()
})

test("a client subscribes, lists, switches wrapping on, and unsubscribes on an open socket; unknown streams stay silent", async () => {
  const { socket, heard } = await opened("/ws")
  const say = (method: string, params: unknown[] = [], id = 1) => socket.send(JSON.stringify({ method, params, id }))
  say("SUBSCRIBE", ["ethusdt@trade", "!ticker@arr", "nope@trade"])
  say("LIST_SUBSCRIPTIONS", [], 2)
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(2)
  expect(heard).toEqual([
    { result: null, id: 1 },
    { result: ["ethusdt@trade", "!ticker@arr", "nope@trade"], id: 2 },
  ])
  exchange.advance(2_000)
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(4)
  say("SET_PROPERTY", ["combined", true], 3)
  await expect.poll(() => heard.at(-1)?.id, { timeout: 10_000 }).toBe(3)
  exchange.advance(1_000)
  await expect.poll(() => heard.at(-1)?.stream, { timeout: 10_000 }).toBe("ethusdt@trade")
  say("UNSUBSCRIBE", ["ethusdt@trade"], 4)
  await expect.poll(() => heard.at(-1)?.id, { timeout: 10_000 }).toBe(4)
  exchange.advance(2_000)
  expect(heard.at(-1)?.id).toBe(4)
  socket.terminate()
})

test("one connection more than allowed in five minutes is refused", async () => {
  await command(exchange.control, "/limits", { connectionsPer5Minutes: 0 })
  const socket = new WebSocket(exchange.stream)
  const message = await new Promise<string>((resolve) => socket.once("error", (error) => resolve(error.message)))
  expect(message).toContain("429")
})

test("everything that may be read without an order is answered on its REST path", async () => {
  const values: Record<string, string> = { symbol: "BTCUSDT", interval: "1h" }
  const wanted: Record<string, string[]> = {
    klines: ["symbol", "interval"],
    uiKlines: ["symbol", "interval"],
    ping: [],
    time: [],
    exchangeInfo: [],
    ticker: ["symbol"],
    "ticker.tradingDay": ["symbol"],
    "account.status": [],
    "account.rateLimits.orders": [],
    allOrderLists: [],
    "openOrderLists.status": [],
  }
  const bySymbol = ["openOrders.status", "allOrders", "account.commission", "myTrades", "myFilters", "-tradeFee"]
  for (const { name, rest, security } of operations) {
    if (!rest?.startsWith("GET") || ["order.status", "order.amendments", "orderList.status"].includes(name)) continue
    const isPublic = security === "none" && name !== "-systemStatus"
    const names = wanted[name] ?? (isPublic || bySymbol.includes(name) ? ["symbol"] : [])
    const answer = await ask(
      exchange,
      "GET",
      rest.slice(4),
      Object.fromEntries(names.map((one) => [one, values[one]])),
      { unsigned: security === "none" },
    )
    expect([name, answer.status]).toEqual([name, 200])
    expect(answer.headers.get("x-mbx-used-weight-1m")).toMatch(/^\d+$/)
  }
})
