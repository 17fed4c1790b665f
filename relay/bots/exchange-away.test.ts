import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { failuresOf } from "./bot-failures.ts"
import type { BotSeat } from "./bot-seat.ts"
import { botInside } from "./testing/bot-inside.ts"
import { minuteStrategy } from "./testing/minute-strategy.ts"

test("a bot says within seconds that its exchange is away, since when, who waits and what protects what is held; and no more once it is back", async () => {
  const it = await botInside({
    strategy: minuteStrategy({ timeframe: "1h", long: { enter: { all: ["close > 0"] }, exit: null } }),
    startMs: Date.UTC(2026, 0, 1, 0, 58),
  })
  const { runner, bot } = await it.begin()
  for (let n = 0; n < 20 && runner.positions().length === 0; n++) await it.time.advance(MINUTE_MS / 2)
  expect(runner.positions()).toHaveLength(1)
  const seats = [{ bot, runner, failure: "" }] as unknown as BotSeat[]
  expect(failuresOf(seats)).toEqual(new Map())
  // Nothing is to be done there, and so nothing else is asked.
  it.opened.exchange.downUntilMs = it.venue.nowMs + 2 * MINUTE_MS
  await it.time.advance(MINUTE_MS)
  const [[name, words]] = failuresOf(seats)
  expect(name).toContain("account1")
  expect(words).toMatch(
    /^Binance .* Since 2026-01-01 0\d:\d\d UTC nothing is bought, sold or moved there\. Waiting: Minutes\. /,
  )
  expect(words).toMatch(
    /the stop of BTC\/USDT \(Minutes\) waits at the exchange at 5\d{4}\.\d+ and works without this computer/,
  )
  expect(runner.lastReason).toBe(words)
  await it.time.advance(2 * MINUTE_MS)
  expect(failuresOf(seats)).toEqual(new Map())
  // One that says that it is closed is believed at once.
  it.opened.exchange.faults.add({ fault: "F85", on: "*", times: 50, probability: 1 })
  await it.time.advance(11_000)
  expect([...failuresOf(seats)]).toEqual([
    ["maintenance account1", expect.stringContaining("is closed for maintenance")],
  ])
  await it.until(runner.end())
  expect(it.bugs).toEqual([])
})
