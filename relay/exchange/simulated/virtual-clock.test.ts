import { expect, test } from "vitest"
import { HOUR_MS } from "#engine/candles"
import { realSurroundings } from "../../surroundings.ts"
import { openExchange } from "./exchange-state.ts"
import { createClock, steadyWall } from "./virtual-clock.ts"

const startMs = Date.UTC(2026, 0, 5)

test("exchange time follows the wall clock over a machine's sleep, and keeps its pace when the wall clock is set back", () => {
  let wallMs = startMs
  const clock = createClock({ startMs, speed: 1, wallMs: steadyWall(() => wallMs) })
  wallMs += 8 * HOUR_MS
  expect(clock.nowMs()).toBe(startMs + 8 * HOUR_MS)
  wallMs -= 2 * HOUR_MS
  expect(clock.nowMs()).toBe(startMs + 8 * HOUR_MS)
  wallMs += 5_000
  expect(clock.nowMs()).toBe(startMs + 8 * HOUR_MS + 5_000)
})

test("a new speed takes effect at once and without a jump", () => {
  let wallMs = 0
  const clock = createClock({ startMs, speed: 60, wallMs: () => wallMs })
  wallMs = 1_000
  clock.setSpeed("stepped")
  wallMs = 9_000
  expect(clock.nowMs()).toBe(startMs + 60_000)
  clock.advance(5)
  clock.skew(-2_000)
  expect([clock.nowMs(), clock.skewMs()]).toEqual([startMs + 60_005, -2_000])
  expect(() => clock.advance(-1)).toThrow("time only moves forward")
})

test("after a night asleep the market catches up ten minutes at a time; stepped, it goes all the way at once", () => {
  let wallMs = startMs
  const asleep = openExchange({ historyDays: 1 }, { ...realSurroundings(), nowMs: () => wallMs })
  wallMs += 8 * HOUR_MS
  asleep.catchUp()
  expect(asleep.state.venue.nowMs).toBe(startMs + 600_000)
  for (let call = 0; call < 50; call++) asleep.catchUp()
  expect(asleep.state.venue.nowMs).toBe(startMs + 8 * HOUR_MS)
  const exchange = openExchange({ historyDays: 1, speed: "stepped", startMs }, realSurroundings())
  exchange.clock.advance(HOUR_MS)
  exchange.catchUp()
  expect(exchange.state.venue.nowMs).toBe(startMs + HOUR_MS)
})
