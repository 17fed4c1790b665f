// @ts-expect-error the package ships no types
import { Spot as SpotConnector, WebsocketAPI as ConnectorApi, WebsocketStream } from "@binance/connector"
import { Spot } from "@binance/spot"
import { MainClient, WebsocketAPIClient, WebsocketClient } from "binance"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"
import { realSurroundings } from "../../../surroundings.ts"

// Three more third-party clients, unmodified.
let exchange: SimulatedExchange
let base: string
let socketBase: string
let ticking: NodeJS.Timeout

beforeAll(async () => {
  exchange = await startSimulatedExchange(
    {
      seed: 9,
      speed: "stepped",
      limits: { ordersPer10Seconds: 1_000, weightPerMinute: 60_000 },
    },
    realSurroundings(),
  )
  base = exchange.rest.replace("/api/v3", "")
  socketBase = exchange.stream.replace("/ws", "")
  ticking = setInterval(() => exchange.advance(1_000), 20)
})
afterAll(async () => {
  clearInterval(ticking)
  await exchange.stop()
})

const quiet = { trace: () => {}, info: () => {}, error: () => {}, debug: () => {}, log: () => {}, warn: () => {} }

function farPrice(share: number) {
  return Math.round((Number(exchange.exchange.state.venue.market("BTCUSDT").lastPrice) / 1e8) * share)
}

test("binance: REST from ping to order list", async () => {
  const client = new MainClient({
    api_key: exchange.apiKey,
    api_secret: exchange.secret,
    baseUrl: base,
    disableTimeSync: true,
  })
  await client.testConnectivity()
  expect((await client.getExchangeInfo()).symbols.length).toBe(5)
  expect((await client.getKlines({ symbol: "BTCUSDT", interval: "15m", limit: 10 })).length).toBe(10)
  expect((await client.getOrderBook({ symbol: "BTCUSDT", limit: 10 })).bids.length).toBe(10)
  expect((await client.get24hrChangeStatistics({ symbol: "BTCUSDT" })).symbol).toBe("BTCUSDT")
  expect(Number((await client.getAvgPrice({ symbol: "BTCUSDT" })).price)).toBeGreaterThan(0)
  const placed = await client.submitNewOrder({
    symbol: "BTCUSDT",
    side: "BUY",
    type: "LIMIT",
    timeInForce: "GTC",
    quantity: 0.01,
    price: farPrice(0.9),
  })
  expect(await client.getOrder({ symbol: "BTCUSDT", orderId: placed.orderId })).toMatchObject({
    status: "NEW",
    origQty: "0.01000000",
  })
  expect((await client.getOpenOrders({ symbol: "BTCUSDT" })).length).toBe(1)
  expect(await client.cancelOrder({ symbol: "BTCUSDT", orderId: placed.orderId })).toMatchObject({ status: "CANCELED" })
  expect(
    await client.submitNewOrder({
      symbol: "BTCUSDT",
      side: "BUY",
      type: "MARKET",
      quantity: 0.01,
      newOrderRespType: "FULL",
    }),
  ).toMatchObject({ status: "FILLED" })
  const oco = await client.submitNewOrderList({
    symbol: "BTCUSDT",
    side: "SELL",
    quantity: 0.01,
    aboveType: "LIMIT_MAKER",
    abovePrice: farPrice(1.1),
    belowType: "STOP_LOSS",
    belowStopPrice: farPrice(0.9),
  } as never)
  expect(oco.orders.length).toBe(2)
  expect(await client.cancelAllSymbolOrders({ symbol: "BTCUSDT" })).toMatchObject([
    { contingencyType: "OCO", orderReports: [{ status: "CANCELED" }, { status: "CANCELED" }] },
  ])
  expect((await client.getAccountTradeList({ symbol: "BTCUSDT" })).length).toBeGreaterThan(0)
  expect((await client.getAccountInformation()).balances.length).toBeGreaterThan(3)
})

test("binance: streams and the WebSocket API", async () => {
  const streams = new WebsocketClient({ wsUrl: socketBase }, quiet as never)
  const heard = new Promise<{ stream?: string; data?: { e: string }; e?: string }>((resolve) =>
    streams.on("message", resolve as never),
  )
  await streams.subscribe("btcusdt@kline_1m", "main")
  expect(JSON.stringify(await heard)).toContain("kline")
  streams.closeAll(true)
  const api = new WebsocketAPIClient(
    { api_key: exchange.apiKey, api_secret: exchange.secret, wsUrl: socketBase },
    quiet as never,
  )
  const placed = await api.submitNewSpotOrder({
    symbol: "BTCUSDT",
    side: "BUY",
    type: "LIMIT",
    timeInForce: "GTC",
    quantity: 0.01,
    price: farPrice(0.9),
    timestamp: Date.now(),
  } as never)
  expect(placed.result).toMatchObject({ status: "NEW" })
  expect(
    (
      await api.getSpotOrderStatus({
        symbol: "BTCUSDT",
        orderId: (placed.result as { orderId: number }).orderId,
        timestamp: Date.now(),
      } as never)
    ).result,
  ).toMatchObject({
    status: "NEW",
  })
  expect(
    (await api.cancelAllSpotOpenOrders({ symbol: "BTCUSDT", timestamp: Date.now() } as never)).result,
  ).toHaveLength(1)
  api.getWSClient().closeAll(true)
})

test("@binance/connector: REST, streams and the WebSocket API", async () => {
  const client = new SpotConnector(exchange.apiKey, exchange.secret, { baseURL: base })
  expect((await client.time()).data.serverTime).toBeGreaterThan(0)
  expect((await client.exchangeInfo({ symbol: "BTCUSDT" })).data.symbols.length).toBe(1)
  expect((await client.klines("BTCUSDT", "1h", { limit: 5 })).data.length).toBe(5)
  expect((await client.account()).data.accountType).toBe("SPOT")
  const placed = (
    await client.newOrder("BTCUSDT", "BUY", "LIMIT", { price: farPrice(0.9), quantity: 0.01, timeInForce: "GTC" })
  ).data
  expect((await client.getOrder("BTCUSDT", { orderId: placed.orderId })).data.status).toBe("NEW")
  expect((await client.cancelOrder("BTCUSDT", { orderId: placed.orderId })).data.status).toBe("CANCELED")
  await expect(client.createListenKey()).rejects.toMatchObject({ response: { status: 410 } })
  const kline = await new Promise<string>((resolve) => {
    const stream = new WebsocketStream({
      wsURL: socketBase,
      logger: quiet,
      callbacks: { message: (text: string) => (stream.disconnect(), resolve(text)) },
    })
    stream.kline("btcusdt", "1m")
  })
  expect(JSON.parse(kline)).toMatchObject({ e: "kline", s: "BTCUSDT" })
  const account = await new Promise<string>((resolve) => {
    const api = new ConnectorApi(exchange.apiKey, exchange.secret, {
      wsURL: `${socketBase}/ws-api/v3`,
      logger: quiet,
      callbacks: { open: () => api.account(), message: (text: string) => (api.disconnect(), resolve(text)) },
    })
  })
  expect(JSON.parse(account)).toMatchObject({ status: 200, result: { canTrade: true } })
})

test("@binance/spot: REST, streams, and its own orders on the user stream", async () => {
  const client = new Spot({
    configurationRestAPI: { apiKey: exchange.apiKey, apiSecret: exchange.secret, basePath: base },
    configurationWebsocketAPI: {
      apiKey: exchange.apiKey,
      apiSecret: exchange.secret,
      wsURL: `${socketBase}/ws-api/v3`,
    },
    configurationWebsocketStreams: { wsURL: socketBase },
  })
  const { restAPI } = client
  expect(Number((await (await restAPI.time()).data()).serverTime)).toBeGreaterThan(0)
  expect((await (await restAPI.exchangeInfo({ symbols: ["BTCUSDT", "ETHUSDT"] })).data()).symbols!.length).toBe(2)
  expect((await (await restAPI.klines({ symbol: "BTCUSDT", interval: "1d" as never, limit: 30 })).data()).length).toBe(
    30,
  )
  const streams = await client.websocketStreams.connect()
  const kline = await new Promise((resolve) =>
    streams.kline({ symbol: "btcusdt", interval: "1m" as never }).on("message", resolve),
  )
  expect(kline).toMatchObject({ e: "kline" })
  await streams.disconnect()
  const api = await client.websocketAPI.connect()
  const users = await api.userDataStreamSubscribeSignature()
  const heard: { e: string; x?: string }[] = []
  users.stream.on("message", (event) => void heard.push(event as never))
  const placed = await (
    await restAPI.newOrder({ symbol: "BTCUSDT", side: "BUY" as never, type: "MARKET" as never, quantity: 0.01 })
  ).data()
  expect(placed.status).toBe("FILLED")
  await expect
    .poll(() => heard.map(({ e, x }) => x ?? e), { timeout: 10_000 })
    .toEqual(expect.arrayContaining(["NEW", "TRADE", "outboundAccountPosition"]))
  expect((await api.orderStatus({ symbol: "BTCUSDT", orderId: placed.orderId })).data).toMatchObject({
    status: "FILLED",
  })
  await api.disconnect()
})
