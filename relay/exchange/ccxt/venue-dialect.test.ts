import { generateKeyPairSync } from "node:crypto"
import { expect, test } from "vitest"
import type { RealVenueId } from "#venues"
import { type CcxtClient, openClient } from "./ccxt-client.ts"
import { openExchange } from "./ccxt-exchange.ts"
import { dialects } from "./venue-dialect.ts"
import { realSurroundings } from "../../surroundings.ts"

const usual = { clock: realSurroundings(), gate: () => {} }

const spotMarket = (id: string) => ({
  id,
  symbol: "BTC/USDT",
  base: "BTC",
  quote: "USDT",
  spot: true,
  type: "spot",
  active: true,
  precision: { amount: 0.00001, price: 0.01 },
  limits: {},
  info: { orderTypes: ["LIMIT"] },
})

/** Requests a client would send, caught before the network. */
async function sent(venue: RealVenueId, act: (client: CcxtClient) => Promise<unknown>) {
  const { client } = await openClient({
    ...usual,
    venue,
    apiKey: "organizations/a/apiKeys/b",
    secret: venue === "coinbase" ? ecKey : "secret",
  })
  const requests: { url: string; body: string }[] = []
  client.setMarkets([spotMarket(venue === "coinbase" ? "BTC-USDT" : "BTCUSDT")] as never)
  Object.assign(client.options, { enableUnifiedAccount: true, enableUnifiedMargin: false, unifiedMarginStatus: 6 })
  client.fetch = (async (url: string, _method: string, _headers: unknown, body: string) => {
    requests.push({ url, body })
    throw new Error("caught")
  }) as never
  await act(client).catch((error: Error) => {
    if (error.message !== "caught") throw error
  })
  return requests.at(-1)!
}

const ecKey = generateKeyPairSync("ec", { namedCurve: "P-256" })
  .privateKey.export({ type: "sec1", format: "pem" })
  .toString()

test("our order id reaches every exchange in the field it reads", async () => {
  const place = (venue: RealVenueId) =>
    sent(venue, (client) =>
      client.createOrder("BTC/USDT", "limit", "buy", 0.01, 50_000, dialects[venue].idParams("cw1-bot-1")),
    )
  expect((await place("binance")).body).toContain("newClientOrderId=cw1-bot-1")
  expect(JSON.parse((await place("bybit")).body)).toMatchObject({ category: "spot", orderLinkId: "cw1-bot-1" })
  expect(JSON.parse((await place("coinbase")).body)).toMatchObject({ client_order_id: "cw1-bot-1" })
})

test("a Bybit order is cancelled by our id, not by an empty number", async () => {
  const { body } = await sent("bybit", (client) =>
    client.cancelOrder("", "BTC/USDT", dialects.bybit.nameParams({ market: "BTC/USDT", clientOrderId: "cw1-bot-1" })),
  )
  expect(JSON.parse(body)).toMatchObject({ orderLinkId: "cw1-bot-1" })
})

test("no client retries, and every number stays a text", async () => {
  for (const venue of ["binance", "bybit", "coinbase"] as const) {
    const { client } = await openClient({ ...usual, venue })
    expect([client.options.maxRetriesOnFailure, client.parseNumber("0.1000000000000000055")]).toEqual([
      0,
      "0.1000000000000000055",
    ])
  }
})

test("testnets are used where they exist, and refused with a sentence elsewhere", async () => {
  expect(JSON.stringify((await openClient({ ...usual, venue: "binance", isTestnet: true })).client.urls.api)).toContain(
    "testnet.binance.vision",
  )
  expect(JSON.stringify((await openClient({ ...usual, venue: "bybit", isTestnet: true })).client.urls.api)).toContain(
    "testnet",
  )
  await expect(openClient({ ...usual, venue: "coinbase", isTestnet: true })).rejects.toThrow(
    "Coinbase has no test network",
  )
})

/** Bybit, answering each request with the result of `answer`. */
async function bybit(answer: (url: URL, body: Record<string, string>) => object) {
  const exchange = await openExchange({ ...usual, hasOwnPace: true, venue: "bybit", apiKey: "a", secret: "b" })
  const { client } = exchange as unknown as { client: CcxtClient }
  client.setMarkets([spotMarket("BTCUSDT")] as never)
  Object.assign(client.options, { enableUnifiedAccount: true, enableUnifiedMargin: false, unifiedMarginStatus: 6 })
  client.fetch = (async (url: string, _method: string, _headers: unknown, body: string | undefined) => {
    const result = answer(new URL(url), JSON.parse(body ?? "{}") as Record<string, string>)
    if ("retCode" in result) throw new Error(`bybit ${JSON.stringify(result)}`)
    return { retCode: 0, result }
  }) as never
  return exchange
}

test("a stop at Bybit is cancelled although the exchange looks for one kind of order at a time", async () => {
  const asked: string[] = []
  const exchange = await bybit((_url, { orderFilter, orderId }) => {
    asked.push(orderFilter)
    return orderFilter === "tpslOrder" ? { orderId } : { retCode: 170213, retMsg: "Order does not exist." }
  })
  expect(await exchange.cancel({ market: "BTC/USDT", exchangeOrderId: "7" })).toEqual({ ok: true })
  expect(asked).toEqual(["Order", "tpslOrder"])
})

test("at Bybit every open order is read, page after page", async () => {
  const row = (id: number) => ({
    orderId: String(id),
    orderLinkId: `cw1-${id}`,
    symbol: "BTCUSDT",
    orderStatus: "New",
    side: "Buy",
  })
  const limits: (string | null)[] = []
  const exchange = await bybit(({ searchParams }) => {
    limits.push(searchParams.get("limit"))
    const from = Number(searchParams.get("cursor") ?? 0)
    const list = Array.from({ length: from === 0 ? 50 : 3 }, (_, index) => row(from + index))
    return { list, category: "spot", nextPageCursor: from === 0 ? "50" : "" }
  })
  expect(await exchange.openOrders("BTC/USDT")).toHaveLength(53)
  expect(limits).toEqual(["50", "50"])
})

test("a key that may move money, and whose account it opens, is known at Bybit and Coinbase too", async () => {
  const rights = {
    readOnly: 0,
    permissions: { Spot: ["SpotTrade"], Wallet: ["AccountTransfer"] },
    ips: ["*"],
    userID: 24617703,
  }
  const own = { reading: true, trading: true, withdrawing: true, isBoundToAddress: false, ofAccount: "24617703" }
  expect(await (await bybit(() => rights)).keyPermissions()).toEqual(own)
  const bound = { ...rights, permissions: { Spot: ["SpotTrade"], Wallet: [] }, ips: ["1.2.3.4"], userID: 24617703 }
  const safe = { ...own, withdrawing: false, isBoundToAddress: true }
  expect(await (await bybit(() => bound)).keyPermissions()).toEqual(safe)
  const atCoinbase = await coinbase(() => ({
    can_view: true,
    can_trade: true,
    can_transfer: false,
    portfolio_uuid: "1bb9",
  }))
  const said = { reading: true, trading: true, withdrawing: false, ofAccount: "1bb9" }
  expect(await atCoinbase.keyPermissions()).toMatchObject(said)
})

/** Coinbase, answering each request with `answer`. */
async function coinbase(answer: (url: URL, body: string | undefined) => unknown) {
  const exchange = await openExchange({
    ...usual,
    venue: "coinbase",
    apiKey: "organizations/a/apiKeys/b",
    secret: ecKey,
  })
  const { client } = exchange as unknown as { client: CcxtClient }
  client.setMarkets([spotMarket("BTC-USDT")] as never)
  client.fetch = (async (url: string, _method: string, _headers: unknown, body: string | undefined) =>
    answer(new URL(url), body)) as never
  return exchange
}

const coinbaseOrder = (id: string, status: string) => ({
  order_id: `number-${id}`,
  client_order_id: id,
  product_id: "BTC-USDT",
  side: "BUY",
  status,
  order_type: "LIMIT",
  created_time: "2026-01-01T00:00:00Z",
  filled_size: "0",
  average_filled_price: "0",
  filled_value: "0",
  total_fees: "0",
  order_configuration: { limit_limit_gtc: { base_size: "0.01", limit_price: "50000", post_only: false } },
})

test("at Coinbase an order of ours is found and cancelled although the exchange does not look orders up by our id", async () => {
  const cancelled: string[] = []
  const exchange = await coinbase(({ pathname }, body) => {
    if (pathname.endsWith("/historical/batch"))
      return { orders: [coinbaseOrder("other", "FILLED"), coinbaseOrder("cw1-a", "PENDING")] }
    if (pathname.endsWith("/historical/number-cw1-a")) return { order: coinbaseOrder("cw1-a", "PENDING") }
    cancelled.push(...(JSON.parse(body!) as { order_ids: string[] }).order_ids)
    return { results: [{ success: true, order_id: "number-cw1-a" }] }
  })
  expect(await exchange.order({ market: "BTC/USDT", clientOrderId: "cw1-a" })).toMatchObject({
    exchangeOrderId: "number-cw1-a",
    clientOrderId: "cw1-a",
    status: "open",
  })
  expect(await exchange.order({ market: "BTC/USDT", clientOrderId: "cw1-b" })).toBeUndefined()
  expect(await exchange.cancel({ market: "BTC/USDT", clientOrderId: "cw1-a" })).toEqual({ ok: true })
  expect(await exchange.cancel({ market: "BTC/USDT", clientOrderId: "cw1-b" })).toEqual({
    ok: false,
    because: "not-open",
  })
  expect(cancelled).toEqual(["number-cw1-a"])
})

test("at Coinbase orders that wait in a queue count as open", async () => {
  const exchange = await coinbase(({ searchParams }) => {
    const status = searchParams.get("order_status")!
    return { orders: status === "CANCEL_QUEUED" ? [] : [coinbaseOrder(`cw1-${status}`, status)] }
  })
  expect((await exchange.openOrders("BTC/USDT")).map(({ clientOrderId, status }) => [clientOrderId, status])).toEqual([
    ["cw1-OPEN", "open"],
    ["cw1-PENDING", "open"],
    ["cw1-QUEUED", "open"],
  ])
})

test("at Coinbase an order of ours is found behind hundreds of newer ones", async () => {
  const exchange = await coinbase(({ pathname, searchParams }) => {
    if (pathname.endsWith("/historical/number-cw1-a")) return { order: coinbaseOrder("cw1-a", "FILLED") }
    const page = Number(searchParams.get("cursor") ?? 0)
    const orders = [coinbaseOrder(page === 3 ? "cw1-a" : `newer-${page}`, "FILLED")]
    return { orders, has_next: page < 5, cursor: page < 5 ? String(page + 1) : "" }
  })
  expect(await exchange.order({ market: "BTC/USDT", clientOrderId: "cw1-a" })).toMatchObject({ status: "expired" })
  expect(await exchange.order({ market: "BTC/USDT", clientOrderId: "cw1-b" })).toBeUndefined()
})
