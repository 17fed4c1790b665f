import { afterEach, beforeEach, expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { obey } from "../control/command.ts"
import { answersOf } from "./testing/answers.ts"
import { KeptStory, operation, pass, place, priced, trader } from "./testing/kept-story.ts"

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
