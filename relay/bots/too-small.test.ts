import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { obey } from "../exchange/simulated/control/command.ts"
import { botInside } from "./testing/bot-inside.ts"
import { minuteStrategy } from "./testing/minute-strategy.ts"

for (const hasStop of [true, false])
  test(`what the exchange's raised minimum keeps from being sold stays the bot's, ${hasStop ? "with its stop, " : ""}across a restart, and is sold once it can be`, async () => {
    const strategy = minuteStrategy({
      long: { enter: { all: ["close > 0"] }, exit: null },
      protect: { stopLoss: hasStop ? { kind: "percent", percent: 40 } : { kind: "none" } },
    })
    const it = await botInside({ strategy, exchange: { balances: { USDT: "10000" } } })
    let { runner, ledger } = await it.begin()
    while (runner.positions().length === 0) await it.time.advance(MINUTE_MS)
    await it.time.advance(MINUTE_MS)
    const [{ quantity }] = runner.positions()
    const least = (minNotional: string) =>
      obey(it.opened.exchange, { do: "set-rules", symbol: "BTCUSDT", rules: { minNotional } })
    const stops = async () => (await it.until(it.exchange.openOrders("BTC/USDT"))).length
    const told = async () => (await ledger.events({}, { limit: 200 })).map(({ words }) => words)
    least("5000")
    await it.until(runner.wish("close", "Everything is sold."))
    await it.time.advance(10 * MINUTE_MS)
    expect(runner.positions()).toMatchObject([{ quantity }])
    expect(await stops()).toBe(hasStop ? 1 : 0)
    expect(await ledger.trades(runner.bot.id, { skip: 0, limit: 1 })).toEqual([])
    const words = /BTC held are less than the smallest order the exchange takes now/
    expect((await told()).filter((one) => words.test(one))).toHaveLength(1)
    await it.until(runner.end())
    ;({ runner, ledger } = await it.begin())
    await it.time.advance(2 * MINUTE_MS)
    expect(runner.positions()).toMatchObject([{ quantity }])
    expect(await stops()).toBe(hasStop ? 1 : 0)
    least("5")
    await it.time.advance(3 * MINUTE_MS)
    expect(runner.positions()).toEqual([])
    expect(await stops()).toBe(0)
    expect(await ledger.trades(runner.bot.id, { skip: 0, limit: 1 })).toHaveLength(1)
    await it.until(runner.end())
    await it.until(it.exchange.close())
    expect(it.bugs).toEqual([])
  })
