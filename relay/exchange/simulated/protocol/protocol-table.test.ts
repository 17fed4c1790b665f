import { generateKeyPairSync, sign } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import { WebSocket } from "ws"
import { messageText } from "../../../door/message-text.ts"
import { ask, command } from "../testing/raw-client.ts"
import { webSocketPayload } from "../account/signature.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"
import { realSurroundings } from "../../../surroundings.ts"

// Binance's tables of routes and methods, ticked off one by one.
// https://developers.binance.com/docs/binance-spot-api-docs/rest-api and /websocket-api

let exchange: SimulatedExchange
beforeAll(async () => {
  exchange = await startSimulatedExchange(
    {
      seed: 13,
      speed: "stepped",
      historyDays: 40,
      limits: { ordersPer10Seconds: 1_000 },
    },
    realSurroundings(),
  )
  exchange.advance(120_000)
})
afterAll(() => exchange.stop())

const symbol = "BTCUSDT"
const limit = { symbol, side: "BUY", type: "LIMIT", timeInForce: "GTC", quantity: "0.01", price: "40000" }
const oco = {
  symbol,
  side: "SELL",
  quantity: "0.01",
  aboveType: "LIMIT_MAKER",
  abovePrice: "90000",
  belowType: "STOP_LOSS",
  belowStopPrice: "40000",
}

const publicRoutes: [path: string, params: Record<string, string | number>, weight: number][] = [
  ["ping", {}, 1],
  ["time", {}, 1],
  ["exchangeInfo", {}, 20],
  ["exchangeInfo", { symbols: '["BTCUSDT"]', permissions: "SPOT", symbolStatus: "TRADING" }, 20],
  ["depth", { symbol }, 5],
  ["depth", { symbol, limit: 500 }, 25],
  ["depth", { symbol, limit: 1000 }, 50],
  ["depth", { symbol, limit: 5000 }, 250],
  ["trades", { symbol }, 25],
  ["historicalTrades", { symbol }, 25],
  ["aggTrades", { symbol }, 4],
  ["klines", { symbol, interval: "1m" }, 2],
  ["uiKlines", { symbol, interval: "1M", timeZone: "-3:30" }, 2],
  ["avgPrice", { symbol }, 2],
  ["ticker/24hr", { symbol }, 2],
  ["ticker/24hr", {}, 80],
  ["ticker/tradingDay", { symbol }, 4],
  ["ticker/price", { symbol }, 2],
  ["ticker/price", {}, 4],
  ["ticker/bookTicker", { symbol }, 2],
  ["ticker/bookTicker", {}, 4],
  ["ticker", { symbol, windowSize: "4h" }, 4],
]

const used = () => exchange.exchange.state.rateLimits.weightUsed("127.0.0.1", exchange.exchange.state.nowMs())

test.each(publicRoutes)("GET %s %o weighs %d and is answered", async (path, params, weight) => {
  const before = used()
  const answer = await ask(exchange, "GET", `/api/v3/${path}`, params, { unsigned: true })
  expect([answer.status, Number(answer.headers.get("x-mbx-used-weight-1m")) - before]).toEqual([200, weight])
})

test("signed routes weigh what they should, and orders are counted in their own headers", async () => {
  const weigh = async (method: string, path: string, params: Record<string, string | number>) => {
    const before = used()
    const answer = await ask(exchange, method, `/api/v3/${path}`, params)
    expect([`${method} ${path}`, answer.status, answer.text.slice(0, 80)]).toEqual([
      `${method} ${path}`,
      200,
      expect.any(String),
    ])
    return { weight: used() - before, body: answer.json(), counted: answer.headers.get("x-mbx-order-count-10s") }
  }
  const placed = await weigh("POST", "order", limit)
  expect([placed.weight, placed.counted]).toEqual([1, "1"])
  const { orderId } = placed.body
  const rows: [method: string, path: string, params: Record<string, string | number>, weight: number][] = [
    ["POST", "order/test", limit, 1],
    ["POST", "order/test", { ...limit, computeCommissionRates: "true" }, 20],
    ["GET", "order", { symbol, orderId }, 4],
    ["GET", "openOrders", { symbol }, 6],
    ["GET", "openOrders", {}, 80],
    ["GET", "allOrders", { symbol }, 20],
    ["GET", "order/amendments", { symbol, orderId }, 4],
    ["DELETE", "order", { symbol, orderId }, 1],
    ["GET", "account", { omitZeroBalances: "true" }, 20],
    ["GET", "myTrades", { symbol }, 20],
    ["GET", "myTrades", { symbol, orderId }, 5],
    ["GET", "account/commission", { symbol }, 20],
    ["GET", "rateLimit/order", {}, 40],
    ["GET", "myFilters", { symbol }, 40],
    ["GET", "allOrderList", {}, 20],
    ["GET", "openOrderList", {}, 6],
  ]
  for (const [method, path, params, weight] of rows)
    expect([path, (await weigh(method, path, params)).weight]).toEqual([path, weight])
  const list = await weigh("POST", "orderList/oco", oco)
  expect([list.weight, list.counted]).toEqual([1, "3"])
  expect((await weigh("GET", "orderList", { orderListId: list.body.orderListId })).weight).toBe(4)
  expect((await weigh("DELETE", "orderList", { symbol, orderListId: list.body.orderListId })).weight).toBe(1)
  const again = await weigh("POST", "order", limit)
  expect(
    (
      await weigh("POST", "order/cancelReplace", {
        ...limit,
        cancelReplaceMode: "STOP_ON_FAILURE",
        cancelOrderId: again.body.orderId,
      })
    ).weight,
  ).toBe(1)
  expect((await weigh("DELETE", "openOrders", { symbol })).weight).toBe(1)
})

test("listen keys are gone: the answer is a page", async () => {
  for (const method of ["POST", "PUT", "DELETE"]) {
    const answer = await ask(exchange, method, "/api/v3/userDataStream", {}, { unsigned: true })
    expect([answer.status, answer.headers.get("content-type")]).toEqual([410, expect.stringContaining("text/html")])
  }
})

test("every method of the WebSocket API answers 200 under the name the documents give it", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519")
  const { apiKey } = (
    await command(exchange.control, "/accounts/1/keys", {
      scheme: "ED25519",
      publicKey: publicKey.export({ type: "spki", format: "pem" }),
    })
  ).body
  const socket = new WebSocket(exchange.wsApi)
  const answers = new Map<string, Record<string, any>>()
  socket.on("message", (data) => {
    const message = JSON.parse(messageText(data))
    if (message.id !== undefined) answers.set(message.id, message)
  })
  await new Promise((resolve) => socket.once("open", resolve))
  const statuses: Record<string, number> = {}
  const call = async (
    method: string,
    params: Record<string, unknown> = {},
    needs: "nothing" | "signature" | "time" = "nothing",
  ) => {
    const id = `${method} ${answers.size}`
    const texts = Object.fromEntries(
      Object.entries({ ...params, ...(needs === "nothing" ? {} : { timestamp: Date.now() }) }).map(([name, value]) => [
        name,
        String(value),
      ]),
    )
    const all = needs === "signature" ? { ...texts, apiKey } : texts
    const signature =
      needs === "signature"
        ? { signature: sign(null, Buffer.from(webSocketPayload(all)), privateKey).toString("base64") }
        : {}
    socket.send(JSON.stringify({ id, method, params: { ...all, ...signature } }))
    await expect.poll(() => answers.has(id), { timeout: 10_000 }).toBe(true)
    statuses[method] = answers.get(id)!.status
    return answers.get(id)!.result
  }
  for (const method of ["ping", "time", "exchangeInfo", "session.status"]) await call(method)
  for (const method of [
    "depth",
    "trades.recent",
    "trades.historical",
    "trades.aggregate",
    "avgPrice",
    "ticker.24hr",
    "ticker.tradingDay",
    "ticker",
    "ticker.price",
    "ticker.book",
  ])
    await call(method, { symbol })
  for (const method of ["klines", "uiKlines"]) await call(method, { symbol, interval: "1h" })
  expect(await call("userDataStream.subscribe.signature", {}, "signature")).toEqual({ subscriptionId: 0 })
  await call("userDataStream.unsubscribe", { subscriptionId: 0 })
  await call("session.logon", {}, "signature")
  await call("userDataStream.subscribe")
  await call("session.subscriptions")
  const { orderId } = await call("order.place", limit, "time")
  await call("order.test", limit, "time")
  await call("order.status", { symbol, orderId }, "time")
  const replaced = await call(
    "order.cancelReplace",
    { ...limit, cancelReplaceMode: "STOP_ON_FAILURE", cancelOrderId: orderId },
    "time",
  )
  await call("order.cancel", { symbol, orderId: replaced.newOrderResponse.orderId }, "time")
  const { orderListId } = await call("orderList.place.oco", oco, "time")
  await call("orderList.status", { orderListId }, "time")
  await call("orderList.cancel", { symbol, orderListId }, "time")
  await call(
    "orderList.place.oto",
    {
      symbol,
      workingType: "LIMIT",
      workingSide: "BUY",
      workingPrice: "40000",
      workingQuantity: "0.01",
      workingTimeInForce: "GTC",
      pendingType: "MARKET",
      pendingSide: "SELL",
      pendingQuantity: "0.009",
    },
    "time",
  )
  await call(
    "orderList.place.otoco",
    {
      symbol,
      workingType: "LIMIT",
      workingSide: "BUY",
      workingPrice: "40000",
      workingQuantity: "0.01",
      workingTimeInForce: "GTC",
      pendingSide: "SELL",
      pendingQuantity: "0.009",
      pendingAboveType: "LIMIT_MAKER",
      pendingAbovePrice: "90000",
      pendingBelowType: "STOP_LOSS",
      pendingBelowStopPrice: "39000",
    },
    "time",
  )
  const paid = {
    symbol,
    workingType: "LIMIT",
    workingSide: "BUY",
    workingPrice: "40000",
    workingQuantity: "0.01",
    workingTimeInForce: "GTC",
    pendingSide: "SELL",
  }
  await call("orderList.place.opo", { ...paid, pendingType: "MARKET" }, "time")
  const rivals = { pendingAboveType: "LIMIT_MAKER", pendingAbovePrice: "90000", pendingBelowType: "STOP_LOSS" }
  await call("orderList.place.opoco", { ...paid, ...rivals, pendingBelowStopPrice: "39000" }, "time")
  for (const method of [
    "openOrders.status",
    "openOrderLists.status",
    "account.status",
    "account.rateLimits.orders",
    "allOrderLists",
  ])
    await call(method, {}, "time")
  for (const method of ["allOrders", "myTrades", "account.commission", "myFilters", "openOrders.cancelAll"])
    await call(method, { symbol }, "time")
  await call("session.logout")
  expect(Object.entries(statuses).filter(([, status]) => status !== 200)).toEqual([])
  expect(Object.keys(statuses).length).toBeGreaterThanOrEqual(40)
  socket.terminate()
})
