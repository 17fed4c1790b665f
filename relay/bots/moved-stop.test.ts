import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { type LanguageName, languages } from "../exchange/simulated/language.ts"
import { obey } from "../exchange/simulated/control/command.ts"
import { botInside } from "./testing/bot-inside.ts"
import { minuteStrategy } from "./testing/minute-strategy.ts"

const trailing = (market: string) =>
  minuteStrategy({
    markets: [market],
    long: { enter: { all: ["close > 0"] }, exit: null },
    protect: { stopLoss: { kind: "percent", percent: 5 }, trailing: { percent: 4 } },
  })

/** A bot whose stop follows a price that rises all the time, and when each question about its market came. */
async function rising(speak: LanguageName = "binance", quote = "USDT") {
  const it = await botInside({ strategy: trailing(`BTC/${quote}`), exchange: { speak } })
  const symbol = languages[speak].symbolOf("BTC", quote)
  const begun = await it.begin()
  for (let n = 0; n < 20 && begun.runner.positions().length === 0; n++) await it.time.advance(MINUTE_MS / 2)
  obey(it.opened.exchange, { do: "scenario", kind: "rally", symbol, size: 0.2, lastsMs: 20 * MINUTE_MS })
  await it.time.advance(5 * MINUTE_MS)
  const asked: number[] = []
  const marketNow = it.exchange.marketNow.bind(it.exchange)
  it.exchange.marketNow = (market) => {
    asked.push(it.time.nowMs())
    return marketNow(market)
  }
  return { ...it, ...begun, asked }
}

test("a stop that moves at each close is moved without a question in between: it was asked just before, once a close", async () => {
  const it = await rising()
  const moved = it.heard("order.cancelReplace").length
  await it.time.advance(6 * MINUTE_MS)
  const moves = it.heard("order.cancelReplace").length - moved
  expect(moves).toBeGreaterThanOrEqual(5)
  expect(it.asked.length).toBeLessThanOrEqual(moves + 1)
  const beforeClose = it.asked.filter((atMs) => atMs % MINUTE_MS >= MINUTE_MS - 600)
  expect(beforeClose).toHaveLength(it.asked.length)
  await it.until(it.runner.end())
  expect(it.bugs).toEqual([])
})

test("a market that halts keeps the stop that was to be moved there", async () => {
  const it = await rising()
  obey(it.opened.exchange, { do: "set-rules", symbol: "BTCUSDT", rules: { status: "HALT" } })
  const stop = await it.until(it.exchange.openOrders("BTC/USDT"))
  await it.time.advance(4 * MINUTE_MS)
  expect(await it.until(it.exchange.openOrders("BTC/USDT"))).toEqual(stop)
  await it.until(it.runner.end())
  expect(it.bugs).toEqual([])
})

test("at Bybit a stop that moves at each close stays one order: it is moved where it is, and no coin is ever bare", async () => {
  const it = await rising("bybit")
  const [stop] = await it.until(it.exchange.openOrders("BTC/USDT"))
  const before = it.heard("order.amend").length
  await it.time.advance(6 * MINUTE_MS)
  expect(it.heard("order.amend").length - before).toBeGreaterThanOrEqual(5)
  const [later, ...others] = await it.until(it.exchange.openOrders("BTC/USDT"))
  expect([later.exchangeOrderId, others]).toEqual([stop.exchangeOrderId, []])
  expect(Number(later.stopPrice)).toBeGreaterThan(Number(stop.stopPrice))
  expect(it.heard("order.cancel")).toEqual([])
  await it.until(it.runner.end())
  expect(it.bugs).toEqual([])
})

test("a move of a stop at Bybit whose answer is lost is found to have happened, and one that is refused makes place", async () => {
  const it = await rising("bybit")
  it.opened.exchange.faults.add({ fault: "F06", on: "order.amend" })
  await it.time.advance(2 * MINUTE_MS)
  const open = await it.until(it.exchange.openOrders("BTC/USDT"))
  expect(open).toHaveLength(1)
  expect(it.runner.positions()).toHaveLength(1)
  it.opened.exchange.faults.add({ fault: "F97", on: "order.amend" })
  await it.time.advance(2 * MINUTE_MS)
  expect(await it.until(it.exchange.openOrders("BTC/USDT"))).toHaveLength(1)
  await it.until(it.runner.end())
  expect(it.bugs).toEqual([])
})

test("at Coinbase, where a stop is taken away to be moved, it is moved only by what matters", async () => {
  const it = await rising("coinbase", "USD")
  const places: number[] = []
  for (let n = 0; n < 8; n++) {
    const [stop] = await it.until(it.exchange.openOrders("BTC/USD"))
    if (stop?.stopPrice !== undefined) places.push(Number(stop.stopPrice))
    await it.time.advance(MINUTE_MS / 2)
  }
  const moves = places.slice(1).map((at, n) => at / places[n] - 1)
  expect(moves.filter((move) => move > 0).length).toBeGreaterThan(0)
  expect(moves.every((move) => move === 0 || move >= 0.0024)).toBe(true)
  await it.until(it.runner.end())
  expect(it.bugs).toEqual([])
})
