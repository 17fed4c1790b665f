import fc from "fast-check"
import { expect, test } from "vitest"
import type { PlacedOrder } from "../exchange.ts"
import { OrderMemory } from "./order-memory.ts"

const life: PlacedOrder[] = [
  ["open", "0"],
  ["open", "0.1"],
  ["open", "0.2"],
  ["filled", "0.3"],
].map(([status, filledQuantity], at) => ({
  exchangeOrderId: "1",
  clientOrderId: "a",
  market: "BTC/USDT",
  side: "buy",
  status: status as PlacedOrder["status"],
  quantity: "0.3",
  filledQuantity,
  filledQuote: "0",
  updatedMs: at,
}))

test("in whatever order and however often an order's reports come, it ends as it ended and never falls back", () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray(life, { minLength: 1 }),
      fc.array(fc.nat(3), { maxLength: 8 }),
      (first, repeats) => {
        const memory = new OrderMemory()
        const reported = [...first, ...repeats.map((index) => life[index])].flatMap(
          (order) => memory.learnOrder(order) ?? [],
        )
        for (let at = 1; at < reported.length; at++) {
          expect(Number(reported[at].filledQuantity)).toBeGreaterThanOrEqual(Number(reported[at - 1].filledQuantity))
          expect(reported[at - 1].status !== "filled" || reported[at].status === "filled").toBe(true)
        }
        const seen = [...first, ...repeats.map((index) => life[index])]
        expect(reported.at(-1)).toMatchObject({
          filledQuantity: seen
            .map((order) => order.filledQuantity)
            .sort()
            .at(-1),
        })
      },
    ),
  )
})

test("a fill counts once, and both sides of a self-trade count", () => {
  const memory = new OrderMemory()
  const fill = {
    fillId: "7",
    exchangeOrderId: "1",
    market: "BTC/USDT",
    side: "buy" as const,
    price: "1",
    quantity: "1",
    fee: "0",
    feeAsset: "BTC",
    timeMs: 1,
  }
  expect([
    memory.learnFill(fill),
    memory.learnFill(fill),
    memory.learnFill({ ...fill, exchangeOrderId: "2", side: "sell" }),
  ]).toEqual([true, false, true])
})
