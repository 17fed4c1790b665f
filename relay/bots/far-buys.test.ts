import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { obey } from "../exchange/simulated/control/command.ts"
import { botInside } from "./testing/bot-inside.ts"
import { minuteStrategy } from "./testing/minute-strategy.ts"

// Buys far below the market: none leaves outside the price band (I9), and none is given up for it.

const adding = minuteStrategy({
  size: { kind: "quote", amount: 200 },
  long: { enter: { all: ["close > 0"] }, exit: null },
  protect: { stopLoss: { kind: "percent", percent: 40 } },
  add: { maxTimes: 2, everyDropPercent: 8, sizeMultiple: 1 },
})

/** A bot that has bought once, and buys as much again 8 % below. */
async function adder(priceDown?: string) {
  const it = await botInside({
    strategy: adding,
    risk: { riskPercent: 100, dailyLossPercent: 90, maxDrawdownPercent: 90 },
  })
  const rules = (down: string) =>
    obey(it.opened.exchange, {
      do: "set-rules",
      symbol: "BTCUSDT",
      rules: { priceDown: down },
    })
  if (priceDown) rules(priceDown)
  const begun = await it.begin()
  for (let n = 0; n < 20 && begun.runner.positions().length === 0; n++) await it.time.advance(MINUTE_MS / 2)
  await it.time.advance(30_000)
  const [{ quantity, entryPrice }] = begun.runner.positions()
  const buys = async () =>
    (await it.until(it.exchange.openOrders("BTC/USDT"))).filter(({ side }) => side === "buy").length
  const told = async (part: RegExp) =>
    (await begun.ledger.events({}, { limit: 300 })).filter(({ words }) => part.test(words)).length
  const fall = async (percent: number) => {
    obey(it.opened.exchange, {
      do: "scenario",
      kind: "crash",
      symbol: "BTCUSDT",
      size: percent / 100,
      lastsMs: 30_000,
    })
    await it.time.advance(2 * MINUTE_MS)
  }
  const drops = () => begun.runner.positions()[0].quantity / quantity
  return { ...it, ...begun, rules, entryPrice, buys, told, fall, drops }
}

test("a bot that adds every 8 % adds: its buy waits with the bot, told once, leaves when the price is within 5 %, and is filled", async () => {
  const it = await adder()
  await it.time.advance(3 * MINUTE_MS)
  expect([await it.buys(), await it.told(/too far below/)]).toEqual([0, 1])
  await it.fall(5)
  expect(await it.buys()).toBe(1)
  await it.fall(5)
  expect(it.drops()).toBeGreaterThan(1.8)
  expect(await it.told(/nothing is bought/)).toBe(0)
  await it.until(it.runner.end())
  expect(it.bugs).toEqual([])
})

test("a buy further below the market than the exchange takes one waits with the bot, told once, and is ordered when the price has come near", async () => {
  const it = await adder("0.95")
  const asked = it.heard("order.place").length
  await it.time.advance(3 * MINUTE_MS)
  expect([await it.buys(), await it.told(/too far below/)]).toEqual([0, 1])
  expect(it.heard("order.place")).toHaveLength(asked)
  await it.fall(6)
  await it.time.advance(6 * MINUTE_MS)
  expect(await it.buys()).toBe(1)
  await it.until(it.runner.end())
  expect(it.bugs).toEqual([])
})

test("what the exchange refuses as too far by its own average is asked for again a minute later, and is not given up", async () => {
  const it = await adder("0.95")
  const asked = it.heard("order.place").length
  // The last price is near enough; the average of five minutes is not.
  await it.fall(6)
  expect([await it.buys(), it.heard("order.place").length - asked]).toEqual([0, 2])
  await it.time.advance(6 * MINUTE_MS)
  expect(await it.buys()).toBe(1)
  await it.fall(4)
  expect(it.drops()).toBeGreaterThan(1.8)
  await it.until(it.runner.end())
  expect(it.bugs).toEqual([])
})
