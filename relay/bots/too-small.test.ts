import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { obey } from "../exchange/simulated/control/command.ts"
import { botInside } from "./testing/bot-inside.ts"
import { minuteStrategy } from "./testing/minute-strategy.ts"
import { ownerByHand } from "./testing/owner-by-hand.ts"

const holding = minuteStrategy({
  long: { enter: { all: ["close > 0"] }, exit: null },
  protect: { stopLoss: { kind: "percent", percent: 40 } },
})

/** A bot with a position, at an exchange whose smallest order is then 5,000 USDT. */
async function withLittle() {
  const it = await botInside({ strategy: holding, exchange: { balances: { USDT: "10000" } } })
  const { runner, ledger } = await it.begin()
  for (let n = 0; n < 20 && runner.positions().length === 0; n++) await it.time.advance(MINUTE_MS)
  await it.time.advance(MINUTE_MS)
  const [{ quantity }] = runner.positions()
  const least = (minNotional: string) =>
    obey(it.opened.exchange, { do: "set-rules", symbol: "BTCUSDT", rules: { minNotional } })
  least("5000")
  const stops = async () => (await it.until(it.exchange.openOrders("BTC/USDT"))).length
  const told = async () =>
    (await ledger.events({}, { limit: 200 })).filter(({ words }) => words.includes("than the smallest order")).length
  return { ...it, runner, ledger, quantity, least, stops, told }
}

test("what the exchange's raised minimum keeps from being sold stays the bot's with its stop, across a restart, and is sold once it can be", async () => {
  const it = await withLittle()
  await it.until(it.runner.wish("close", "Everything is sold."))
  await it.time.advance(10 * MINUTE_MS)
  const left = async () => [await it.stops(), await it.told()]
  expect(it.runner.positions()).toMatchObject([{ quantity: it.quantity }])
  expect(await left()).toEqual([1, 1])
  await it.until(it.runner.end())
  const { runner, ledger } = await it.begin()
  await it.time.advance(2 * MINUTE_MS)
  expect(runner.positions()).toMatchObject([{ quantity: it.quantity }])
  expect(await it.stops()).toBe(1)
  expect(await ledger.trades(runner.bot.id, { skip: 0, limit: 1 })).toEqual([])
  it.least("5")
  await it.time.advance(3 * MINUTE_MS)
  expect(runner.positions()).toEqual([])
  expect(await it.stops()).toBe(0)
  expect(await ledger.trades(runner.bot.id, { skip: 0, limit: 1 })).toHaveLength(1)
  await it.until(runner.end())
  await it.until(it.exchange.close())
  expect(it.bugs).toEqual([])
})

test("a stop that is lost while the exchange takes none so small is missed, told once, and placed again once it can be", async () => {
  const it = await withLittle()
  ownerByHand(it.opened).cancelAll()
  await it.time.advance(10 * MINUTE_MS)
  expect([await it.stops(), await it.told()]).toEqual([0, 1])
  expect(it.runner.positions()).toMatchObject([{ quantity: it.quantity, wantsStop: true, stop: NaN }])
  it.least("5")
  await it.time.advance(3 * MINUTE_MS)
  expect(await it.stops()).toBe(1)
  await it.until(it.runner.end())
  await it.until(it.exchange.close())
  expect(it.bugs).toEqual([])
})
