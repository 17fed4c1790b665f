import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { botInside } from "./testing/bot-inside.ts"
import { judge } from "./testing/judge.ts"

/** What fees in the coin leave of some trades, base units. */
const dust = 1e-3

test("a bot buys with its stop at the exchange, sells by its rules, and sells all when it is stopped", async () => {
  const { begin, time, exchange, opened, bugs, until } = await botInside()
  const { runner, ledger } = await begin()
  await time.advance(30 * MINUTE_MS)
  const events = (await ledger.events({}, { limit: 200 })).map(({ words }) => words)
  expect(
    events.filter((words) => /^BTC\/USDT: the rules say buy .* with a stop at /.test(words)).length,
  ).toBeGreaterThan(3)
  expect(events.filter((words) => /ended by the rules with a (profit|loss)/.test(words)).length).toBeGreaterThan(3)
  await until(runner.wish("stop", "Its owner ends it."))
  await time.advance(MINUTE_MS)
  expect(runner.status).toBe("stopped")
  await until(runner.end())
  await until(exchange.close())
  const verdict = judge(opened.exchange.log.entries, { dust })
  expect(verdict).toMatchObject({ doubles: [], left: [], longestUnprotectedMs: 0 })
  expect(Math.abs(verdict.held.BTCUSDT)).toBeLessThan(1e-4)
  expect(verdict.fills).toBeGreaterThan(6)
  expect(bugs).toEqual([])
})

test("a bot that ends in the middle goes on from the disk: same position, its stop still there", async () => {
  const { begin, time, exchange, opened, bugs, until } = await botInside()
  for (let n = 0; n < 6; n++) {
    const { runner } = await begin()
    await time.advance(4.3 * MINUTE_MS)
    expect(runner.status).toBe("running")
    await until(runner.end())
  }
  await until(exchange.close())
  expect(judge(opened.exchange.log.entries, { dust })).toMatchObject({ doubles: [], longestUnprotectedMs: 0 })
  expect(bugs).toEqual([])
})
