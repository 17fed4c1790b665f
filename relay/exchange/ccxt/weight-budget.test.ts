import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { VirtualTime } from "../simulated/virtual-time.ts"
import { venueInside } from "./testing/venue-inside.ts"
import { priorityOf } from "./request-turn.ts"
import { budgetRules, WeightBudget } from "./weight-budget.ts"

const startMs = Date.UTC(2026, 0, 1)

test("when the budget is used up, what is urgent still goes, and of what waits the most urgent goes first", async () => {
  const time = new VirtualTime({ startMs, seed: "budget", onBug: () => {} })
  const budget = new WeightBudget(time, { windowMs: MINUTE_MS, mostWeight: 100 })
  const gone: string[] = []
  const ask = (name: "exit" | "settle" | "protect" | "enter" | "look", weight: number) =>
    void budget.turn(name, weight).then(() => gone.push(`${name} ${time.steadyMs() < MINUTE_MS ? "now" : "later"}`))
  ask("look", 60)
  ask("look", 10)
  ask("enter", 20)
  ask("exit", 20)
  await time.advance(1_000)
  expect(gone).toEqual(["look now", "enter now", "exit now"])
  ask("enter", 10)
  ask("protect", 10)
  await time.advance(2 * MINUTE_MS)
  expect(gone.slice(3)).toEqual(["protect later", "enter later", "look later"])
})

test("what others at this address spend counts too", async () => {
  const time = new VirtualTime({ startMs, seed: "budget", onBug: () => {} })
  const budget = new WeightBudget(time, { windowMs: MINUTE_MS, mostWeight: 100 })
  budget.heard({ status: 200, usedWeight: 99, retryAfterMs: undefined })
  let isGone = false
  void budget.turn("exit", 5).then(() => (isGone = true))
  await time.advance(MINUTE_MS - 1)
  expect(isGone).toBe(false)
  await time.advance(2)
  expect(isGone).toBe(true)
})

test("forty questions at once are never too many for the exchange, and an exit among them does not wait for them", async () => {
  const { exchange, opened, time, until } = await venueInside({ limits: { weightPerMinute: 600 } }, (clock) => ({
    budget: new WeightBudget(clock, { windowMs: MINUTE_MS, mostWeight: 600 }),
  }))
  await until(exchange.markets())
  const questions = Promise.all(Array.from({ length: 40 }, () => exchange.balances()))
  const exit = { clientOrderId: "a", market: "BTC/USDT", side: "sell", quantity: "0.01", kind: "market" } as const
  const askedMs = time.nowMs()
  expect(await until(exchange.place(exit))).toMatchObject({ ok: true })
  expect(time.nowMs() - askedMs).toBeLessThan(1_000)
  expect(await until(questions)).toHaveLength(40)
  expect(time.nowMs() - askedMs).toBeGreaterThan(MINUTE_MS / 2)
  const isRefused = (entry: (typeof opened.exchange.log.entries)[number]) =>
    entry.kind === "request" && entry.status > 200
  expect(opened.exchange.log.entries.filter(isRefused)).toEqual([])
})

test("of Coinbase's public data no more is asked at once than it takes", async () => {
  const { exchange, until } = await venueInside({ speak: "coinbase" }, (clock) => ({
    budget: new WeightBudget(clock, budgetRules.coinbase),
  }))
  await until(exchange.markets())
  const questions = Array.from({ length: 25 }, () => exchange.marketNow("BTC/USD"))
  expect(await until(Promise.all(questions))).toHaveLength(25)
})

test.each([
  ["F10", "busy"],
  ["F10b", "banned"],
] as const)(
  "after %s nothing is sent until the exchange allows it, and everybody is told how long",
  async (fault, reason) => {
    const { exchange, opened, time, until, heard } = await venueInside()
    await until(exchange.markets())
    opened.exchange.faults.add({ fault, on: "account.status", delayMs: 30_000 })
    await expect(until(exchange.balances())).rejects.toMatchObject({ because: reason, retryAfterMs: 30_000 })
    const order = { clientOrderId: "a", market: "BTC/USDT", side: "buy", quantity: "0.01", kind: "market" } as const
    const answer = await until(exchange.place(order))
    expect(answer).toMatchObject({ because: "refused", reason })
    await expect(until(exchange.openOrders("BTC/USDT"))).rejects.toMatchObject({ because: reason })
    expect([heard("order.place").length, heard("openOrders.status").length]).toEqual([0, 0])
    await time.advance(31_000)
    expect(await until(exchange.place(order))).toMatchObject({ ok: true })
  },
)

test("cancels and sales come before unknowns, unknowns before what protects, then entries, then everything else", () => {
  const of = (method: string, path: string, params = {}, api: unknown = "private") =>
    priorityOf("binance", api, { method, path, params })
  expect([of("DELETE", "order"), of("POST", "order", { side: "SELL" })]).toEqual(["exit", "exit"])
  expect([of("GET", "order"), of("GET", "orderList"), of("GET", "time", {}, "public")]).toEqual([
    "settle",
    "settle",
    "settle",
  ])
  expect([of("POST", "order/cancelReplace", { side: "SELL" }), of("GET", "openOrders")]).toEqual(["protect", "protect"])
  expect([of("POST", "orderList/opoco", { workingSide: "BUY" }), of("GET", "klines", {}, "public")]).toEqual([
    "enter",
    "look",
  ])
})

test("a refusal without a length is tried again after a second, then after twice as long each time, until an answer comes", async () => {
  const time = new VirtualTime({ startMs, seed: "budget", onBug: () => {} })
  const budget = new WeightBudget(time, budgetRules.bybit)
  const refused = () => budget.heard({ status: 418, usedWeight: undefined, retryAfterMs: undefined, atMostMs: 600_000 })
  const silentMs = async () => {
    const fromMs = time.steadyMs()
    const isLet = () =>
      budget.turn("exit", 1).then(
        () => true,
        () => false,
      )
    while (!(await time.until(isLet()))) await time.advance(500)
    return time.steadyMs() - fromMs
  }
  const lasted: number[] = []
  for (let n = 0; n < 12; n++) {
    refused()
    refused()
    lasted.push(await silentMs())
  }
  expect(lasted.slice(0, 5)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000])
  expect(lasted.at(-1)).toBe(600_000)
  budget.heard({ status: 200, usedWeight: undefined, retryAfterMs: undefined })
  refused()
  expect(await silentMs()).toBe(1_000)
})
