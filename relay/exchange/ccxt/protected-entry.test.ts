import { expect, test } from "vitest"
import type { ProtectedEntry } from "../exchange.ts"
import { obey } from "../simulated/control/command.ts"
import { venueInside } from "./testing/venue-inside.ts"

const market = "BTC/USDT"

/** 0.02 BTC at a price the market takes at once, with a stop and a target far away. */
function entryOf(id: string, price = "90000"): ProtectedEntry {
  return {
    clientListId: `${id}-list`,
    entry: { clientOrderId: `${id}-entry`, market, side: "buy", quantity: "0.02", kind: "fill-or-kill", price },
    exitQuantity: "0.01998",
    stop: { clientOrderId: `${id}-stop`, stopPrice: "30000" },
    target: { clientOrderId: `${id}-target`, price: "200000" },
  }
}

async function inside() {
  const balances = { USDT: "100000" }
  const parts = await venueInside({ balances })
  await parts.until(parts.exchange.markets())
  const btc = () => parts.venue.account(1).balances.get("BTC")
  return { ...parts, btc }
}

test("an entry that fills at once comes back with its exits at work, for all that was received, and none of it is free", async () => {
  const { exchange, until, btc, heard } = await inside()
  const answer = await until(exchange.placeProtected(entryOf("a")))
  const orders = answer.ok ? answer.orders : []
  expect(orders.map(({ clientOrderId, status, quantity }) => [clientOrderId, status, quantity])).toEqual([
    ["a-entry", "filled", "0.02"],
    ["a-target", "open", "0.01998"],
    ["a-stop", "open", "0.01998"],
  ])
  expect(btc()).toEqual({ free: 0n, locked: 1_998_000n })
  expect(heard("orderList.place.opoco").map((entry) => "status" in entry && entry.status)).toEqual([200])
})

test("an entry that cannot fill completely at once buys nothing, and its exits end with it", async () => {
  const { exchange, until, btc } = await inside()
  const { target: _, ...onlyStop } = entryOf("a", "40000")
  const answer = await until(exchange.placeProtected(onlyStop))
  expect(answer.ok && answer.orders.map(({ status }) => status)).toEqual(["expired", "expired"])
  expect(btc()?.free ?? 0n).toBe(0n)
})

test("where a market does not pay exits from the entry, they have the wanted quantity", async () => {
  const { exchange, opened, until, heard } = await inside()
  obey(opened.exchange, { do: "set-rules", symbol: "BTCUSDT", rules: { forbidsOpo: true } })
  const found = (await until(exchange.markets())).find(({ name }) => name === market)
  expect(found?.can.protect).toBe("fixed")
  const answer = await until(exchange.placeProtected(entryOf("a")))
  expect(answer.ok && answer.orders.map(({ status, quantity }) => [status, quantity])).toEqual([
    ["filled", "0.02"],
    ["open", "0.01998"],
    ["open", "0.01998"],
  ])
  expect(heard("orderList.place.otoco")).toHaveLength(1)
})

test("a lost answer leaves the entry unknown, and asking for each order by our name settles it", async () => {
  const { exchange, opened, until } = await inside()
  opened.exchange.faults.add({ fault: "F06", on: "orderList.place.opoco" })
  expect(await until(exchange.placeProtected(entryOf("a")))).toMatchObject({ ok: false, because: "unknown" })
  const names = ["a-entry", "a-target", "a-stop"]
  const orders = await Promise.all(names.map((clientOrderId) => until(exchange.order({ market, clientOrderId }))))
  expect(orders.map((order) => [order?.clientOrderId, order?.status])).toEqual([
    ["a-entry", "filled"],
    ["a-target", "open"],
    ["a-stop", "open"],
  ])
})

test("an exit off the exchange's grid is refused here, and nothing is sent", async () => {
  const { exchange, until, heard } = await inside()
  const wanted = entryOf("a")
  const answer = await until(exchange.placeProtected({ ...wanted, stop: { ...wanted.stop, stopPrice: "30000.001" } }))
  expect(answer).toMatchObject({ ok: false, reason: "rule" })
  expect(heard("orderList.place.opoco")).toEqual([])
})

test("a move of the stop tells what became of both halves", async () => {
  const { exchange, opened, until } = await inside()
  const { target: _, ...onlyStop } = entryOf("a")
  await until(exchange.placeProtected(onlyStop))
  const stop = (id: string, stopPrice: string) =>
    ({ clientOrderId: id, market, side: "sell", quantity: "0.01998", kind: "stop", stopPrice }) as const
  const move = (from: string, to: string, stopPrice: string) =>
    until(exchange.replace({ market, clientOrderId: from }, stop(to, stopPrice)))
  expect(await move("a-stop", "b", "31000")).toMatchObject({ cancelled: "yes", placed: { ok: true } })
  expect(await move("b", "c", "150000")).toMatchObject({
    cancelled: "yes",
    placed: { ok: false, because: "refused", reason: "would-trigger-at-once", code: -2010 },
  })
  expect(await move("b", "d", "32000")).toMatchObject({
    cancelled: "no",
    placed: { ok: false, because: "refused", reason: "not-tried" },
  })
  await until(exchange.place(stop("e", "30000")))
  opened.exchange.faults.add({ fault: "F06", on: "order.cancelReplace" })
  expect(await move("e", "f", "31000")).toMatchObject({ cancelled: "unknown", placed: { because: "unknown" } })
  opened.exchange.faults.add({ fault: "F22", on: "order.cancelReplace" })
  expect(await move("f", "g", "31000")).toMatchObject({
    cancelled: "no",
    placed: { because: "refused", reason: "clock" },
  })
})
