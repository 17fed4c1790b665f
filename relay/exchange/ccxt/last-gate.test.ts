import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import type { RealVenueId } from "#venues"
import type { WantedOrder } from "../exchange.ts"
import type { LeavingRequest } from "../gate.ts"
import { askedOf } from "./leaving-request.ts"
import { WeightBudget } from "./weight-budget.ts"
import { limitOrder } from "./testing/limit-order.ts"
import { venueInside } from "./testing/venue-inside.ts"

test("an order that waits for its turn is not sent once the gate has closed meanwhile; reads go on", async () => {
  let isClosed = false
  const { exchange, time, until, heard } = await venueInside({}, (clock) => ({
    budget: new WeightBudget(clock, { windowMs: MINUTE_MS, mostWeight: 100 }),
    gate: ({ kind }) => {
      if (isClosed && kind !== "read") throw new Error("the kill switch is on")
    },
  }))
  await until(exchange.markets())
  const reads = [1, 2, 3, 4, 5].map(() => exchange.balances())
  const placing = exchange.place(limitOrder("held"))
  await time.advance(1_000)
  isClosed = true
  const refusal = { ok: false, because: "refused", reason: "gate", message: "the kill switch is on" }
  expect(await until(placing)).toMatchObject(refusal)
  expect(await until(Promise.all(reads))).toHaveLength(5)
  expect(heard("account.status")).toHaveLength(5)
  expect(heard("order.place")).toEqual([])
})

test("the gate hears what is about to be sent, in the market's usual name, and until when the exchange takes it", async () => {
  const heard: LeavingRequest[] = []
  const { exchange, time, until, bugs } = await venueInside({}, () => ({ gate: (request) => heard.push(request) }))
  await until(exchange.markets())
  await until(exchange.place(limitOrder("a")))
  await until(exchange.place({ ...limitOrder("b"), kind: "market" } as WantedOrder))
  await until(exchange.place({ ...limitOrder("c"), side: "sell", kind: "stop", stopPrice: "50000" } as WantedOrder))
  await until(exchange.replace({ market: "BTC/USDT", clientOrderId: "a" }, limitOrder("d", "54000")))
  await until(exchange.cancel({ market: "BTC/USDT", clientOrderId: "d" }))
  await until(exchange.openOrders("BTC/USDT"))
  const usual = { market: "BTC/USDT", side: "buy", quantity: "0.01" }
  expect(heard.filter(({ kind }) => kind !== "read")).toMatchObject([
    { ...usual, kind: "create", clientOrderId: "a", notional: "550" },
    { ...usual, kind: "create", clientOrderId: "b", notional: undefined },
    { ...usual, kind: "create", clientOrderId: "c", side: "sell", notional: "500" },
    { ...usual, kind: "replace", clientOrderId: "d", notional: "540" },
    { kind: "cancel", market: "BTC/USDT" },
  ])
  expect(heard.at(-1)).toMatchObject({ kind: "read", windowMs: 5_000 })
  expect(heard.at(-1)!.deadlineMs).toBeLessThanOrEqual(time.nowMs() + 5_000)
  expect(bugs).toEqual([])
})

test.each([
  ["binance", "POST", "capital/withdraw/apply"],
  ["binance", "POST", "asset/transfer"],
  ["binance", "PUT", "order/amend/keepPriority"],
  ["bybit", "POST", "v5/asset/withdraw/create"],
  ["bybit", "POST", "v5/asset/transfer/inter-transfer"],
  ["coinbase", "POST", "accounts/{account_id}/transactions"],
] as [RealVenueId, string, string][])(
  "at %s no %s %s is ever signed: the gate is not even asked",
  (venue, method, path) => expect(askedOf(venue, { path, method, params: {} })).toBeUndefined(),
)

test("orders of Bybit and Coinbase are read in those exchanges' own words", () => {
  const bybit = { symbol: "BTCUSDT", side: "Buy", orderType: "Market", qty: "100", orderLinkId: "x" }
  const create = (params: Record<string, unknown>) =>
    askedOf("bybit", { path: "v5/order/create", method: "POST", params })
  expect(create(bybit)).toMatchObject({ kind: "create", side: "buy", quantity: undefined, notional: "100" })
  expect(create({ ...bybit, marketUnit: "baseCoin" })).toMatchObject({ quantity: "100", notional: undefined })
  expect(create({ ...bybit, orderType: "Limit", qty: "2", price: "3.5" })).toMatchObject({
    quantity: "2",
    notional: "7",
  })
  const params = {
    product_id: "BTC-USD",
    side: "SELL",
    client_order_id: "y",
    order_configuration: { stop_limit_stop_limit_gtc: { base_size: "2", limit_price: "10", stop_price: "11" } },
  }
  expect(askedOf("coinbase", { path: "brokerage/orders", method: "POST", params })).toEqual({
    kind: "create",
    market: "BTC-USD",
    side: "sell",
    clientOrderId: "y",
    quantity: "2",
    notional: "20",
  })
})

test("one listener's end leaves the others listening", async () => {
  const { exchange, time, until } = await venueInside()
  const heard: string[] = []
  const first = exchange.watchAccount(["BTC/USDT"], () => {})
  exchange.watchAccount(["BTC/USDT"], (news) => heard.push(news.kind))
  await time.advance(2_000)
  await first()
  await until(exchange.place({ ...limitOrder("x"), kind: "market" } as WantedOrder))
  await time.advance(1_000)
  expect(heard).toContain("fill")
  expect(heard).not.toContain("gap")
  await exchange.close()
})
