import { expect, test } from "vitest"
import { HOUR_MS, MINUTE_MS } from "#engine/candles"
import type { WantedOrder } from "../exchange.ts"
import { VirtualTime } from "../simulated/virtual-time.ts"
import { venueInside } from "./testing/venue-inside.ts"
import { VenueClock } from "./venue-clock.ts"

const startMs = Date.UTC(2026, 0, 1)
const order = (clientOrderId: string): WantedOrder => ({
  clientOrderId,
  market: "BTC/USDT",
  side: "buy",
  quantity: "0.01",
  kind: "market",
})

/** A clock whose questions take these times there and back, at an exchange that is a minute ahead of this machine. */
function measured(...trips: [thereMs: number, backMs: number][]) {
  const time = new VirtualTime({ startMs, seed: "clock", onBug: () => {} })
  const pass = (ms: number) => new Promise<void>((resolve) => time.after(ms, resolve))
  let asked = 0
  const ask = async () => {
    const [thereMs, backMs] = trips[asked++ % trips.length]
    await pass(thereMs)
    const serverMs = time.nowMs() + MINUTE_MS
    await pass(backMs)
    return serverMs
  }
  return { time, clock: new VenueClock(time, ask), asked: () => asked }
}

test("of three questions the quickest decides: a lame one does not bend the clock", async () => {
  const { time, clock } = measured([10, 900], [20, 20], [700, 10])
  await time.until(clock.start())
  expect(clock.nowMs() - time.nowMs()).toBe(MINUTE_MS)
  expect(clock.errorMs()).toBe(-MINUTE_MS)
})

test("it measures again every ten minutes, and sooner when the machine's clock was set", async () => {
  const { time, clock, asked } = measured([1, 1])
  await time.until(clock.start())
  await time.advance(10 * MINUTE_MS + 5_000)
  expect(asked()).toBe(6)
  const nowMs = time.nowMs
  Object.assign(time, { nowMs: () => nowMs() + HOUR_MS })
  await time.advance(6_000)
  expect(asked()).toBe(9)
  clock.stop()
})

test("an order is signed in the exchange's time from the first one on, whatever this machine's clock says", async () => {
  const { exchange, opened, until } = await venueInside()
  opened.exchange.clock.skew(HOUR_MS)
  expect(exchange.clockErrorMs()).toBeUndefined()
  expect(await until(exchange.place(order("a")))).toMatchObject({ ok: true })
  expect(Math.abs(exchange.clockErrorMs()! + HOUR_MS)).toBeLessThan(50)
})

test("a clock that goes wrong costs one refusal: the exchange's time is measured, and the next order is in time", async () => {
  const { exchange, opened, time, until, heard } = await venueInside()
  await until(exchange.place(order("a")))
  opened.exchange.clock.skew(7_000)
  expect(await until(exchange.place(order("b")))).toMatchObject({ because: "refused", reason: "clock" })
  await time.advance(1_000)
  expect(await until(exchange.place(order("c")))).toMatchObject({ ok: true })
  expect(heard("order.place")).toHaveLength(3)
})
