import { afterAll, beforeAll, expect, test } from "vitest"
import { HOUR_MS } from "#engine/candles"
import { realSurroundings } from "../../../surroundings.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"
import { command } from "../testing/raw-client.ts"
import { askBybit } from "./testing/bybit-raw.ts"

// Orders as only Bybit has them.
let exchange: SimulatedExchange
beforeAll(async () => {
  const limits = { ordersPer10Seconds: 10_000, privatePerSecond: 10_000, publicPerSecond: 10_000 }
  exchange = await startSimulatedExchange({ seed: 6, speed: "stepped", speak: "bybit", limits }, realSurroundings())
})
afterAll(() => exchange?.stop())

const spot = { category: "spot", symbol: "BTCUSDT" }
const post = (path: string, params: Record<string, unknown>) => askBybit(exchange, "POST", path, { ...spot, ...params })
const get = (path: string, params: Record<string, string>) => askBybit(exchange, "GET", path, { ...spot, ...params })
const create = (params: Record<string, unknown>) => post("/v5/order/create", params)
const orderOf = async (orderId: string) => (await get("/v5/order/realtime", { orderId })).result.list[0]
const locked = async (coin: string) => {
  const { result } = await askBybit(exchange, "GET", "/v5/account/wallet-balance", { accountType: "UNIFIED", coin })
  return result.list[0].coin[0].locked as string
}
const last = () => Number(exchange.exchange.state.venue.market("BTCUSDT").lastPrice) / 1e8
const crash = () =>
  command(exchange.control, "/scenario", { kind: "crash", symbol: "BTCUSDT", lastsMs: 5_000, size: 0.05 })

test("a conditional order locks nothing, and is cancelled when there is no money once it triggers", async () => {
  const wanted = {
    side: "Sell",
    orderType: "Market",
    orderFilter: "StopOrder",
    triggerPrice: Math.round(last() * 0.98).toFixed(0),
  }
  const { result: good } = await create({ ...wanted, qty: "0.1" })
  const { result: poor } = await create({ ...wanted, qty: "5" })
  expect([await locked("BTC"), (await orderOf(good.orderId)).orderStatus]).toEqual(["0", "Untriggered"])
  expect((await post("/v5/order/cancel", { orderId: good.orderId, orderFilter: "tpslOrder" })).retCode).toBe(170213)
  await crash()
  exchange.advance(10_000)
  expect(await orderOf(good.orderId)).toMatchObject({ orderStatus: "Filled", stopOrderType: "Stop" })
  expect(await orderOf(poor.orderId)).toMatchObject({
    orderStatus: "Cancelled",
    rejectReason: "EC_Others",
    cumExecQty: "0",
  })
})

test("a post-only order that would take is acknowledged, then cancelled with its reason", async () => {
  const { retCode, result } = await create({
    side: "Buy",
    orderType: "Limit",
    timeInForce: "PostOnly",
    qty: "0.01",
    price: Math.round(last() * 1.01).toFixed(0),
  })
  expect(retCode).toBe(0)
  expect(await orderOf(result.orderId)).toMatchObject({
    orderStatus: "Cancelled",
    rejectReason: "EC_PostOnlyWillTakeLiquidity",
  })
})

test("exits of an entry that is filled in part do not exist yet, and never do when its rest is cancelled", async () => {
  const price = Math.round(last() * 0.97)
  const { result } = await create({
    side: "Buy",
    orderType: "Limit",
    qty: "0.02",
    price: String(price),
    stopLoss: String(price - 1_000),
  })
  await command(exchange.control, `/orders/${result.orderId}/fill`, { quantity: "0.01" })
  expect(await orderOf(result.orderId)).toMatchObject({
    orderStatus: "PartiallyFilled",
    stopLoss: String(price - 1_000),
  })
  expect((await get("/v5/order/realtime", {})).result.list).toHaveLength(1)
  await post("/v5/order/cancel", { orderId: result.orderId })
  expect((await orderOf(result.orderId)).orderStatus).toBe("PartiallyFilledCanceled")
  expect((await get("/v5/order/realtime", {})).result.list).toEqual([])
  expect(await locked("BTC")).toBe("0")
})

test("once filled, the exits sell what was received, and the first to trigger ends the other", async () => {
  const price = Math.round(last() * 1.05)
  const exits = { stopLoss: String(Math.round(last() * 0.98)), takeProfit: String(Math.round(last() * 1.2)) }
  const { result } = await create({ side: "Buy", orderType: "Limit", qty: "0.02", price: String(price), ...exits })
  expect((await orderOf(result.orderId)).orderStatus).toBe("Filled")
  const { result: open } = await get("/v5/order/realtime", {})
  expect(open.list.map((one: any) => [one.qty, one.triggerDirection, one.orderLinkId])).toEqual([
    ["0.01998", 2, ""],
    ["0.01998", 1, ""],
  ])
  await crash()
  exchange.advance(10_000)
  const [loss, gain] = await Promise.all(open.list.map((one: any) => orderOf(one.orderId)))
  expect(loss).toMatchObject({ orderStatus: "Filled", side: "Sell" })
  expect(gain).toMatchObject({ orderStatus: "Deactivated", cancelType: "CancelByOCOTpCanceledBySlTriggered" })
})

test("amending moves what is locked with it, keeps number and name, and is refused when it cannot be", async () => {
  const price = Math.round(last() * 0.9)
  const { result } = await create({
    side: "Buy",
    orderType: "Limit",
    qty: "0.1",
    price: String(price),
    orderLinkId: "moved",
  })
  await post("/v5/order/amend", { orderLinkId: "moved", qty: "0.2" })
  expect(Number(await locked("USDT"))).toBeCloseTo(price * 0.2, 6)
  expect((await post("/v5/order/amend", { orderLinkId: "moved", qty: "5" })).retCode).toBe(170131)
  expect((await post("/v5/order/amend", { orderLinkId: "moved", qty: "900" })).retCode).toBe(170124)
  expect((await post("/v5/order/amend", { orderLinkId: "moved", price: "1.001" })).retCode).toBe(170134)
  expect((await post("/v5/order/amend", { orderLinkId: "moved" })).retCode).toBe(10001)
  expect(Number(await locked("USDT"))).toBeCloseTo(price * 0.2, 6)
  await post("/v5/order/amend", { orderId: result.orderId, qty: "0.01", price: String(Math.round(last() * 1.05)) })
  expect(await orderOf(result.orderId)).toMatchObject({
    orderStatus: "Filled",
    orderLinkId: "moved",
    cumExecQty: "0.01",
  })
  expect(await locked("USDT")).toBe("0")
})

test("pages are newest first, twenty unless more are wanted and fifty at most, and a cursor leads through all", async () => {
  const ids: string[] = []
  for (let made = 0; made < 60; made++) {
    const { result } = await create({ side: "Buy", orderType: "Limit", qty: "0.001", price: String(20_000 + made) })
    ids.unshift(result.orderId)
    exchange.advance(10)
  }
  expect((await get("/v5/order/realtime", {})).result.list).toHaveLength(20)
  const first = (await get("/v5/order/realtime", { limit: "500" })).result
  const second = (await get("/v5/order/realtime", { limit: "50", cursor: first.nextPageCursor })).result
  expect([...first.list, ...second.list].map((one: any) => one.orderId)).toEqual(ids)
  expect([first.list.length, second.nextPageCursor]).toEqual([50, ""])
  const { result } = await post("/v5/order/cancel-all", {})
  expect(result.list).toHaveLength(60)
  expect((await get("/v5/order/realtime", { openOnly: "1", limit: "50" })).result.list).toHaveLength(50)
})

test("fills are paged too, and a full last page has a cursor to an empty one", async () => {
  const all = (await get("/v5/execution/list", { limit: "100" })).result.list.map((one: any) => one.execId as string)
  const paged: string[] = []
  for (let cursor = "", empty = false; !empty;) {
    const { result } = await get("/v5/execution/list", { limit: "1", cursor })
    paged.push(...result.list.map((one: any) => one.execId))
    empty = result.list.length === 0
    cursor = result.nextPageCursor
  }
  expect(paged).toEqual(all)
  expect(new Set(all).size).toBe(all.length)
})

test("an order that ended without a fill is in the history for a day; one with a fill stays", async () => {
  const options = { seed: 6, speed: "stepped", speak: "bybit", tickMs: 15_000 } as const
  const slow = await startSimulatedExchange(options, realSurroundings())
  const ask = (method: "GET" | "POST", path: string, more: Record<string, unknown>) =>
    askBybit(slow, method, `/v5/order/${path}`, { ...spot, ...more })
  const known = async (orderId: string) => (await ask("GET", "history", { orderId })).result.list.length as number
  try {
    const { result: ended } = await ask("POST", "create", {
      side: "Buy",
      orderType: "Limit",
      qty: "0.001",
      price: "20000",
    })
    await ask("POST", "cancel", { orderId: ended.orderId })
    const { result: filled } = await ask("POST", "create", { side: "Buy", orderType: "Market", qty: "100" })
    expect([await known(ended.orderId), await known(filled.orderId)]).toEqual([1, 1])
    slow.advance(25 * HOUR_MS)
    expect([await known(ended.orderId), await known(filled.orderId)]).toEqual([0, 1])
  } finally {
    await slow.stop()
  }
})
