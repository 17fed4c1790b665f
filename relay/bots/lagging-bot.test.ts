import { expect, test } from "vitest"
import { HOUR_MS, MINUTE_MS } from "#engine/candles"
import { botInside } from "./testing/bot-inside.ts"
import { minuteStrategy } from "./testing/minute-strategy.ts"

const always = minuteStrategy({ long: { enter: { all: ["close > 0"] }, exit: null } })

test("where the exchange's clock is not measured, a bot that lags behind buys on none of the candles that wait for it, and buys on the newest", async () => {
  const it = await botInside({ strategy: always })
  it.exchange.clockErrorMs = () => undefined
  it.switchState.isOn = true
  const { runner: before } = await it.begin()
  await it.time.advance(3 * MINUTE_MS)
  await it.until(before.end())
  it.switchState.isOn = false
  await it.time.advance(3 * HOUR_MS)
  const { runner, ledger } = await it.begin()
  await it.time.advance(2 * MINUTE_MS)
  const events = await ledger.events({ botId: "bot1" }, { limit: 100 })
  expect(events.map(({ words }) => words)).toContainEqual(expect.stringMatching(/its candle is 17\d candles old/))
  const bought = it.heard("orderList.place.opo")
  expect(bought).toHaveLength(1)
  const [fill] = events.filter(({ kind, words }) => kind === "fill" && words.startsWith("Bought"))
  expect(fill.candleMs).toBeGreaterThan(it.time.nowMs() - 5 * MINUTE_MS)
  expect(runner.positions()).toHaveLength(1)
  await it.until(runner.end())
  expect(it.bugs).toEqual([])
})
