import { afterEach, expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { realSurroundings } from "../../surroundings.ts"
import type { Exchange } from "../exchange.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated/simulated-exchange.ts"
import { openExchange } from "./ccxt-exchange.ts"

// An exchange on this computer in the place of a real one, in real time: its clock may be anywhere and run at any pace.

const surroundings = realSurroundings()
const ROUNDS = 25
let venue: SimulatedExchange
let exchange: Exchange

async function open(options: { speed: number; startMs: number }) {
  venue = await startSimulatedExchange({ seed: 3, historyDays: 1, ...options }, surroundings)
  const { apiKey, secret } = venue
  const access = { venue: "binance", clock: surroundings, gate: () => {}, isStandIn: true } as const
  exchange = await openExchange({ ...access, apiKey, secret, addresses: venue })
}

afterEach(async () => {
  await exchange.close()
  await venue.stop()
})

const far = { market: "BTC/USDT", side: "buy", quantity: "0.01", kind: "limit", price: "20000" } as const

/** What a bot asks in a while, as fast as it can. */
async function tradeOn() {
  for (let round = 0; round < ROUNDS; round++) {
    const clientOrderId = `round-${round}`
    expect(await exchange.place({ ...far, clientOrderId })).toMatchObject({ ok: true })
    expect(await exchange.order({ market: far.market, clientOrderId })).toMatchObject({ status: "open" })
    expect(await exchange.cancel({ market: far.market, clientOrderId })).toEqual({ ok: true })
    expect(await exchange.openOrders(far.market)).toEqual([])
  }
}

/** Requests that came too early or too late by the exchange's clock. */
const outOfTime = () => JSON.stringify(venue.exchange.log.entries).split("-1021").length - 1

test.each([60, 2, 0.1])("at a stand-in whose time runs at %d times ours, no request is out of time", async (speed) => {
  await open({ speed, startMs: Date.now() - 10 * MINUTE_MS })
  await tradeOn()
  expect(exchange.clockErrorMs()).toBeUndefined()
  expect(outOfTime()).toBe(0)
})

test.each([-10, 10])("at a stand-in %d minutes from our time, its own time is taken", async (minutes) => {
  await open({ speed: 1, startMs: Date.now() + minutes * MINUTE_MS })
  await tradeOn()
  expect(Math.round(exchange.clockErrorMs()! / MINUTE_MS)).toBe(-minutes)
  expect(outOfTime()).toBe(0)
})

test("a stand-in that changes its pace costs one refusal, and the next order is in time", async () => {
  await open({ speed: 1, startMs: Date.now() - 10 * MINUTE_MS })
  expect(await exchange.place({ ...far, clientOrderId: "a" })).toMatchObject({ ok: true })
  venue.exchange.clock.setSpeed(600)
  await expect.poll(() => exchange.place({ ...far, clientOrderId: "b" })).toMatchObject({ reason: "clock" })
  await expect
    .poll(() => exchange.place({ ...far, clientOrderId: "c" }), { timeout: 20_000 })
    .toMatchObject({ ok: true })
})
