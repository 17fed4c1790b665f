import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { botInside } from "./testing/bot-inside.ts"
import { minuteStrategy } from "./testing/minute-strategy.ts"

// A clock that is ten minutes off: what is held is sold, nothing is bought, and the owner hears why, once.

const always = minuteStrategy({ long: { enter: { all: ["close > 0"] }, exit: null } })

const cases = [
  { way: "behind", skewMs: 10 * MINUTE_MS },
  { way: "ahead of", skewMs: -10 * MINUTE_MS },
]

test.each(cases)(
  "with this computer's clock 10 minutes $way the exchange's a bot sells and buys nothing, says so once, and buys once it is right",
  async ({ way, skewMs }) => {
    const it = await botInside({ strategy: always })
    const { runner, ledger } = await it.begin()
    for (let n = 0; n < 20 && runner.positions().length === 0; n++) await it.time.advance(MINUTE_MS / 2)
    const told = async (part: RegExp) =>
      (await ledger.events({}, { limit: 300 })).filter(({ words }) => part.test(words)).length
    const fault = new RegExp(`^This computer's clock is 10 minutes ${way} .*network time.* nothing is bought`)
    it.opened.exchange.clock.skew(skewMs)
    await it.until(runner.wish("close", "Everything is sold."))
    await it.time.advance(3 * MINUTE_MS)
    expect(runner.positions()).toEqual([])
    expect(await told(fault)).toBe(1)
    const bought = it.heard("orderList.place.opo").length
    await it.until(runner.wish("run", "It goes on."))
    await it.time.advance(5 * MINUTE_MS)
    expect(it.heard("orderList.place.opo")).toHaveLength(bought)
    expect(runner.lastReason).toMatch(new RegExp(`clock is 10 minutes ${way}`))
    it.opened.exchange.clock.skew(-skewMs)
    await it.time.advance(15 * MINUTE_MS)
    expect(await told(/clock is right by/)).toBe(1)
    expect(runner.positions()).toHaveLength(1)
    await it.until(runner.end())
    expect(it.bugs).toEqual([])
  },
)

test.each(cases)(
  "a bot that is deployed while this computer's clock is 10 minutes $way the exchange's says so within seconds",
  async ({ way, skewMs }) => {
    const it = await botInside({ strategy: always })
    it.opened.exchange.clock.skew(skewMs)
    const { runner } = await it.begin()
    await it.time.advance(5_000)
    expect(runner.lastReason).toMatch(new RegExp(`clock is 10 minutes ${way}.*set it to network time`))
    await it.time.advance(3 * MINUTE_MS)
    expect(runner.positions()).toEqual([])
    await it.until(runner.end())
    expect(it.bugs).toEqual([])
  },
)
