import { afterAll, beforeAll, expect, test } from "vitest"
import { realSurroundings } from "../../../surroundings.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"
import { command } from "../testing/raw-client.ts"
import { askBybit } from "./testing/bybit-raw.ts"
import { type Heard, privateSocket } from "./testing/bybit-socket-client.ts"

// What goes wrong at Bybit and nowhere else, made to happen from the control plane.
const soon = { timeout: 20_000 }
let exchange: SimulatedExchange
let heard: Heard
beforeAll(async () => {
  exchange = await startSimulatedExchange({ seed: 5, speed: "stepped", speak: "bybit" }, realSurroundings())
  heard = await privateSocket(exchange, ["order", "execution", "wallet"])
})
afterAll(async () => {
  heard?.close()
  await exchange?.stop()
})

const limit = { category: "spot", symbol: "BTCUSDT", side: "Buy", orderType: "Limit", qty: "0.01", price: "50000" }
const create = (more: Record<string, unknown> = {}) =>
  askBybit(exchange, "POST", "/v5/order/create", { ...limit, ...more })
const realtime = (more: Record<string, string>) =>
  askBybit(exchange, "GET", "/v5/order/realtime", { category: "spot", ...more }).then(
    ({ result }) => result.list as any[],
  )

test("an order is acknowledged and then rejected on the stream; its money is free again (F90)", async () => {
  await command(exchange.control, "/faults", { fault: "F90" })
  const { retCode, result } = await create({ orderLinkId: "later-no" })
  expect(retCode).toBe(0)
  await expect
    .poll(() => heard.orders().at(-1), soon)
    .toMatchObject({
      orderId: result.orderId,
      orderStatus: "Rejected",
      rejectReason: "EC_Others",
    })
  expect((await realtime({ orderLinkId: "later-no" }))[0].orderStatus).toBe("Rejected")
  const { result: wallet } = await askBybit(exchange, "GET", "/v5/account/wallet-balance", { accountType: "UNIFIED" })
  expect(wallet.list[0].coin.map((one: any) => one.locked)).toEqual(wallet.list[0].coin.map(() => "0"))
})

test("a creation timeout (170146) proves nothing: with F02 the order is there, with F04 it is not", async () => {
  for (const [fault, isThere] of [
    ["F02", true],
    ["F04", false],
  ] as const) {
    await command(exchange.control, "/faults", { fault })
    expect((await create({ orderLinkId: `unknown-${fault}` })).retCode).toBe(170146)
    expect(await realtime({ orderLinkId: `unknown-${fault}` })).toHaveLength(isThere ? 1 : 0)
  }
  await command(exchange.control, "/faults", { fault: "F02", on: "order.cancel" })
  const named = { category: "spot", symbol: "BTCUSDT", orderLinkId: "unknown-F02" }
  expect((await askBybit(exchange, "POST", "/v5/order/cancel", named)).retCode).toBe(170147)
  expect((await realtime({ orderLinkId: "unknown-F02" }))[0].orderStatus).toBe("Cancelled")
})

test("an order that was acknowledged cannot be read at first (F14)", async () => {
  await command(exchange.control, "/faults", { fault: "F14", delayMs: 3_000 })
  await create({ orderLinkId: "late" })
  expect([await realtime({ orderLinkId: "late" }), await realtime({ symbol: "BTCUSDT" })]).toEqual([[], []])
  exchange.advance(3_000)
  expect(await realtime({ orderLinkId: "late" })).toHaveLength(1)
})

test("a request done twice places one order: its own id is taken (F13)", async () => {
  await command(exchange.control, "/faults", { fault: "F13" })
  expect((await create({ orderLinkId: "twice" })).retCode).toBe(170141)
  expect(await realtime({ orderLinkId: "twice" })).toHaveLength(1)
})

test("a cancel that comes too late finds the order filled (F16)", async () => {
  await create({ orderLinkId: "filled-first" })
  await command(exchange.control, "/faults", { fault: "F16", on: "order.cancel" })
  const named = { category: "spot", symbol: "BTCUSDT", orderLinkId: "filled-first" }
  expect((await askBybit(exchange, "POST", "/v5/order/cancel", named)).retCode).toBe(170213)
  expect((await askBybit(exchange, "POST", "/v5/order/cancel", named)).retCode).toBe(170139)
})

test("after a restart sockets are cut and the real-time list knows open orders only", async () => {
  await create({ orderLinkId: "stays-open" })
  await command(exchange.control, "/restart", {})
  await heard.closed
  expect(await realtime({ orderLinkId: "filled-first" })).toEqual([])
  expect(await realtime({ orderLinkId: "stays-open" })).toHaveLength(1)
  expect(await realtime({ openOnly: "1" })).toEqual([])
  const { result } = await askBybit(exchange, "GET", "/v5/order/history", {
    category: "spot",
    orderLinkId: "filled-first",
  })
  expect(result.list).toHaveLength(1)
})

test("the private stream falls silent while REST goes on, loses, doubles and reverses what it says", async () => {
  const again = await privateSocket(exchange, ["order"])
  await command(exchange.control, "/streams/user", { isFrozen: true })
  const { result } = await create()
  expect(await realtime({ orderId: result.orderId })).toHaveLength(1)
  await command(exchange.control, "/streams/user", { isFrozen: false, duplicate: 1 })
  const doubled = await create()
  await expect
    .poll(() => again.orders().map((one) => one.orderId), soon)
    .toEqual([doubled.result.orderId, doubled.result.orderId])
  await command(exchange.control, "/streams/user", { reverse: 2 })
  const [first, second] = [await create(), await create()]
  await expect
    .poll(
      () =>
        again
          .orders()
          .slice(2)
          .map((one) => one.orderId),
      soon,
    )
    .toEqual([second.result.orderId, first.result.orderId])
  await command(exchange.control, "/accounts/1/terminate", {})
  await create()
  again.send({ op: "ping" })
  await expect.poll(() => again.messages.at(-1), soon).toMatchObject({ op: "pong" })
  await command(exchange.control, "/streams/user", { refuseSubscription: 10404 })
  again.send({ op: "subscribe", args: ["order"], req_id: "7" })
  await expect.poll(() => again.messages.at(-1), soon).toMatchObject({ success: false, req_id: "7", op: "subscribe" })
  again.close()
})
