import { expect, test } from "vitest"
import { obey } from "../simulated/control/command.ts"
import type { CcxtClient } from "./ccxt-client.ts"
import { fillsWanted } from "./ccxt-fills.ts"
import { venueInside } from "./testing/venue-inside.ts"
import { dialects } from "./venue-dialect.ts"

const market = "BTC/USDT"

test("1,200 fills in one millisecond over two pages come once each; by order, since a time and from a fill alike", async () => {
  const { exchange, opened, time, until, bugs } = await venueInside()
  const sinceMs = time.nowMs()
  const bid = (clientOrderId: string, quantity: string) =>
    until(exchange.place({ clientOrderId, market, side: "buy", quantity, kind: "limit", price: "50000" }))
  const [first, second] = [await bid("a", "0.012"), await bid("b", "0.001")]
  const numberOf = (answer: typeof first) => (answer.ok ? Number(answer.orders[0].exchangeOrderId) : 0)
  obey(opened.exchange, { do: "fill-order", orderId: numberOf(first), pieces: 1_200 })
  await time.advance(5_000)
  obey(opened.exchange, { do: "fill-order", orderId: numberOf(second), pieces: 3 })
  const all = await until(exchange.fills({ market, sinceMs }))
  expect([all.length, new Set(all.map(({ fillId }) => fillId)).size]).toEqual([1_203, 1_203])
  expect(all.map(({ fillId }) => Number(fillId))).toEqual(all.map(({ fillId }) => Number(fillId)).sort((a, b) => a - b))
  const of = await until(exchange.fills({ market, exchangeOrderId: String(numberOf(first)) }))
  expect(of).toEqual(all.slice(0, 1_200))
  expect(await until(exchange.fills({ market, from: all[150] }))).toEqual(all.slice(150))
  expect(await until(exchange.fills({ market, from: all.at(-1)! }))).toEqual(all.slice(-1))
  expect(bugs).toEqual([])
})

/** A client whose exchange holds these fills, newest first, and hands them out in pages of three by cursor. */
function paged(ids: number[], field: string) {
  const asked: unknown[] = []
  const fetchMyTrades = async (symbol: string, _since: number, _limit: number, params: { cursor?: string }) => {
    asked.push(params)
    const at = Number(params.cursor ?? 0)
    const page = ids.slice(at, at + 3).map((id) => ({ id, order: "o", symbol, side: "buy", timestamp: id, info: {} }))
    if (at + 3 < ids.length) page[0].info = { [field]: String(at + 3) }
    return page.reverse()
  }
  return { client: { fetchTime: async () => 1_000, fetchMyTrades } as unknown as CcxtClient, asked }
}

test.each(["bybit", "coinbase"] as const)("at %s no page is left out, short or not", async (venue) => {
  const pages = dialects[venue].fillPages
  const { client, asked } = paged([9, 8, 7, 6, 5, 4, 3], pages.by === "cursor" ? pages.field : "")
  const fills = await fillsWanted(client, { market, sinceMs: 1 }, pages)
  expect(fills.map(({ fillId }) => fillId)).toEqual(["3", "4", "5", "6", "7", "8", "9"])
  expect(asked).toHaveLength(3)
  const of = await fillsWanted(client, { market, exchangeOrderId: "o" }, pages)
  expect([of.length, asked.at(-1)]).toEqual([7, { ...pages.ofOrder("o"), cursor: "6" }])
})
