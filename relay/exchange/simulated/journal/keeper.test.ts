import { appendFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { obey } from "../control/command.ts"
import { copyKept } from "./copy-kept.ts"
import { answersOf } from "./testing/answers.ts"
import { KeptStory, operation, pass, place, priced, storyOptions, trader } from "./testing/kept-story.ts"

let story: KeptStory
beforeEach(() => void (story = new KeptStory()))
afterEach(() => story.end())

test("an exchange that was killed goes on with every account, key, order, list, fill, balance, candle and trade", () => {
  const first = trader(story.open())
  place(first, { type: "LIMIT", timeInForce: "GTC", price: priced(first, 0.9), newClientOrderId: "resting" })
  place(first, { type: "STOP_LOSS", side: "SELL", stopPrice: priced(first, 0.95) })
  place(first, { type: "MARKET" })
  operation(first, "orderList.place.oco", {
    side: "SELL",
    quantity: "0.02",
    aboveType: "LIMIT_MAKER",
    abovePrice: priced(first, 1.05),
    belowType: "STOP_LOSS",
    belowStopPrice: priced(first, 0.96),
  })
  pass(first, 90 * MINUTE_MS)
  operation(first, "order.cancel", { origClientOrderId: "resting", newClientOrderId: "cancelled" })
  place(first, { type: "MARKET", side: "SELL" })
  obey(first, { do: "scenario", kind: "crash", symbol: "ETHUSDT", lastsMs: 200_000, size: 0.1 })
  pass(first, 3 * MINUTE_MS)
  expect(answersOf(story.open(story.afterKill()))).toEqual(answersOf(first))
  expect(story.told).toEqual([])
})

test("what happens afterwards is the same as if it had never been away, numbers of orders and trades included", () => {
  const first = trader(story.open())
  place(first, { type: "MARKET" })
  place(first, { type: "LIMIT", timeInForce: "GTC", price: priced(first, 0.999) })
  const again = story.open(story.afterKill())
  for (const one of [first, again]) {
    pass(one, 20 * MINUTE_MS)
    place(one, { type: "MARKET" })
  }
  expect(answersOf(again)).toEqual(answersOf(first))
})

test("files copied while it runs are the exchange of one moment, an entry that is being written left out", async () => {
  const first = trader(story.open())
  place(first, { type: "MARKET" })
  pass(first, 20 * MINUTE_MS)
  place(first, { type: "LIMIT", timeInForce: "GTC", price: priced(first, 0.9) })
  appendFileSync(story.journal().path, "half an entry")
  const copy = join(story.home, "copy")
  expect(await copyKept(story.folder, copy)).toEqual(["snapshot", expect.stringMatching(/^journal-/), "ended-1"])
  expect(answersOf(story.open(copy))).toEqual(answersOf(first))
  expect(story.told).toEqual([])
  expect(await copyKept(join(story.home, "none"), join(story.home, "nothing"))).toEqual([])
})

test("restarts upon restarts lose nothing", () => {
  let exchange = trader(story.open())
  for (let round = 0; round < 5; round++) {
    place(exchange, { type: "MARKET" })
    place(exchange, { type: "LIMIT", timeInForce: "GTC", price: priced(exchange, 0.98) })
    pass(exchange, (round + 1) * 7 * MINUTE_MS)
    const before = answersOf(exchange)
    exchange.keeper!.close()
    exchange = story.open()
    expect(answersOf(exchange)).toEqual(before)
  }
})

test("a client id that a cancel gave to an older order still leads to it", () => {
  const first = trader(story.open())
  const rest = { type: "LIMIT", timeInForce: "GTC", price: priced(first, 0.9) }
  place(first, { ...rest, newClientOrderId: "older" })
  place(first, { ...rest, newClientOrderId: "newer" })
  operation(first, "order.cancel", { origClientOrderId: "older", newClientOrderId: "newer" })
  first.keeper!.snapshot()
  const again = story.open(story.afterKill())
  expect(again.state.venue.orderByClientId(1, "BTCUSDT", "newer")?.orderId).toBe(1)
  expect(answersOf(again)).toEqual(answersOf(first))
})

test("a wiped account stays wiped, a delisted market gone, and a revoked key refused", () => {
  const first = trader(story.open())
  place(first, { type: "MARKET" })
  pass(first, 20 * MINUTE_MS)
  obey(first, { do: "reset-account", accountId: 1 })
  obey(first, { do: "delist", symbol: "BNBUSDT" })
  obey(first, { do: "set-rules", symbol: "ETHUSDT", rules: { tickSize: "0.1" } })
  obey(first, { do: "deposit", accountId: 1, asset: "USDT", delta: "5000" })
  place(first, { type: "MARKET" })
  pass(first, 20 * MINUTE_MS)
  const again = story.open(story.afterKill())
  expect(answersOf(again)).toEqual(answersOf(first))
  expect([...again.state.venue.orders.keys()]).toEqual([2])
})

test("orders and lists that ended are written once, however many snapshots follow", () => {
  const first = trader(story.open())
  for (let round = 0; round < 50; round++) place(first, { type: "MARKET", quantity: "0.001" })
  first.keeper!.snapshot()
  const bytes = () => story.endedBytes()
  const written = bytes()
  for (let round = 0; round < 3; round++) first.keeper!.snapshot()
  expect(bytes()).toBe(written)
  place(first, { type: "MARKET" })
  first.keeper!.snapshot()
  expect(bytes()).toBeGreaterThan(written)
  expect(bytes()).toBeLessThan(written * 1.1)
})

test("of ended orders the newest are remembered, lists at work keep theirs, and the file does not grow for ever", () => {
  const few = { ...storyOptions, mostEnded: 40 }
  const first = trader(story.open(story.folder, few))
  operation(first, "orderList.place.oto", {
    workingType: "LIMIT",
    workingSide: "BUY",
    workingTimeInForce: "GTC",
    workingPrice: priced(first, 1.01),
    workingQuantity: "0.001",
    pendingSide: "SELL",
    pendingType: "STOP_LOSS",
    pendingStopPrice: priced(first, 0.5),
    pendingQuantity: "0.0009",
  })
  const sizes: number[] = []
  for (let round = 0; round < 8; round++) {
    for (let order = 0; order < 20; order++)
      place(first, { type: "MARKET", quantity: "0.001", newClientOrderId: `o${round}-${order}` })
    pass(first, 1_000)
    first.keeper!.snapshot()
    sizes.push(story.endedBytes())
  }
  const { orders, ordersOf } = first.state.venue
  expect([...orders.keys()].slice(0, 2)).toEqual([1, 2])
  expect(orders.size).toBeLessThan(2 + 44)
  expect(ordersOf.get(1)).toEqual([...orders.values()])
  expect(Math.max(...sizes)).toBeLessThan(sizes[0] * 5)
  expect(answersOf(story.open(story.afterKill(), few))).toEqual(answersOf(first))
  operation(first, "orderList.cancel", { orderListId: "0" })
})

test("an exchange that is kept goes on with its own seed, and says so when another was asked for", () => {
  const first = trader(story.open())
  const again = story.open(story.afterKill(), { ...storyOptions, seed: "another" })
  expect(story.told).toEqual(['The exchange that is kept here was made with the seed "kept" and goes on with it.'])
  pass(first, MINUTE_MS)
  pass(again, MINUTE_MS)
  expect(answersOf(again)).toEqual(answersOf(first))
})
