import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import type { WantedOrder } from "../exchange.ts"
import { limitOrder } from "./testing/limit-order.ts"
import { venueInside } from "./testing/venue-inside.ts"

test("an exchange that never answers leaves the order unknown after five seconds of our clock", async () => {
  const { exchange, opened, time, until } = await venueInside()
  await until(exchange.markets())
  opened.exchange.faults.add({ fault: "F01", on: "order.place" })
  const askedMs = time.nowMs()
  expect(await until(exchange.place(limitOrder("silent")))).toMatchObject({ ok: false, because: "unknown" })
  expect(time.nowMs() - askedMs).toBe(5_000)
  expect(await until(exchange.order({ market: "BTC/USDT", clientOrderId: "silent" }))).toMatchObject({ status: "open" })
})

test("a market that the exchange does not have is a refusal in words, and nothing is sent", async () => {
  const { exchange, until, heard } = await venueInside()
  const nowhere = { ...limitOrder("x"), market: "NO/SUCH" }
  expect(await until(exchange.place(nowhere))).toMatchObject({ because: "refused", reason: "unsupported" })
  expect(heard("order.place")).toEqual([])
})

test(
  "the same hours over the same exchange leave the same log, gaps and faults included",
  { timeout: 120_000 },
  async () => {
    const story = async () => {
      const { exchange, opened, time, until, bugs } = await venueInside()
      const news: unknown[] = []
      exchange.watchAccount(["BTC/USDT"], (one) => news.push([time.nowMs(), one]))
      for (let hour = 0; hour < 3; hour++) {
        await until(exchange.place({ ...limitOrder(`m${hour}`), kind: "market" } as WantedOrder))
        opened.exchange.faults.add({ fault: hour === 1 ? "F01" : "F06", on: "order.place" })
        await until(exchange.place(limitOrder(`l${hour}`, "50000")))
        for (const line of opened.sockets.of("api")) line.socket.close(1006)
        await time.advance(60 * MINUTE_MS)
      }
      await exchange.close()
      return { news, bugs, log: opened.exchange.log.entries }
    }
    const [first, again] = [await story(), await story()]
    expect(first.news.length).toBeGreaterThan(8)
    expect(first.bugs).toEqual([])
    expect(again).toEqual(first)
  },
)
