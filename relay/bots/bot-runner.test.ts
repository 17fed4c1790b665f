import { join } from "node:path"
import Libsql from "libsql"
import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { commandWords } from "./bot-command.ts"
import { botInside } from "./testing/bot-inside.ts"
import { judge } from "./testing/judge.ts"
import { minuteStrategy } from "./testing/minute-strategy.ts"
import { whyAt } from "./why.ts"

const SECOND_MS = 1_000
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
  // After all its trades less than one step is left.
  expect(Math.abs(verdict.held.BTCUSDT)).toBeLessThan(1e-5)
  expect(verdict.fills).toBeGreaterThan(6)
  expect(bugs).toEqual([])
})

test("a pause while an entry waits for a slow answer keeps it from leaving", async () => {
  const always = { long: { enter: { all: ["close > 0"] }, exit: null } }
  const { begin, time, exchange, opened, bugs, until } = await botInside({ strategy: minuteStrategy(always) })
  const { runner, ledger } = await begin()
  await time.advance(MINUTE_MS - (time.nowMs() % MINUTE_MS) - 100)
  opened.exchange.faults.add({ fault: "F18", on: "account.status", times: 1, delayMs: 3_000 })
  await time.advance(SECOND_MS)
  await until(runner.wish("pause", "paused"))
  await time.advance(MINUTE_MS / 2)
  const events = (await ledger.events({}, { limit: 20 })).map(({ words }) => words)
  expect(events).toContainEqual(expect.stringMatching(/the rules say buy/))
  expect(events).toContain("BTC/USDT: nothing is bought, because entries are paused.")
  expect(judge(opened.exchange.log.entries).orders).toBe(0)
  await until(runner.end())
  await until(exchange.close())
  expect(bugs).toEqual([])
})

test("what its owner has it sell was sold by hand, not by the rules, and nothing says that it is sold before it is", async () => {
  const { begin, time, exchange, engine, strategy, bugs, until } = await botInside()
  const { runner, ledger, bot } = await begin()
  while (runner.positions().length === 0) await time.advance(SECOND_MS)
  const [last] = await ledger.events({}, { limit: 1 })
  await until(runner.wish("close", commandWords.close))
  await time.advance(10 * SECOND_MS)
  expect((await ledger.events({}, { after: last.seq, limit: 20 })).map(({ words }) => words)).toEqual([
    "Everything it holds is being sold; entries are paused.",
    expect.stringMatching(/^As its owner wanted, sold [\d.]+ BTC\/USDT at [\d.]+\.$/),
    expect.stringMatching(
      /^BTC\/USDT: 0\.0+\d+ BTC is too little to sell\. It waits on the account for the bot's next purchase/,
    ),
    expect.stringMatching(
      /^BTC\/USDT: the trade from .* ended by a sale by hand with a (profit|loss) of .* after fees\.$/,
    ),
    "Nothing is held any more; entries are paused.",
  ])
  const trades = await ledger.trades(bot.id, { skip: 0, limit: 200 })
  const [trade] = trades.slice(-1)
  expect(trade.exitReason).toBe("byHand")
  // Its trades, what it is worth, and its curve say the same, but for less than a step of coins.
  const sold = Number(bot.cash) + trades.reduce((sum, { profit }) => sum + profit, 0)
  const worth = runner.equity()!
  expect(worth).toBeGreaterThan(sold)
  expect(worth - sold).toBeLessThan(1e-5 * trade.exitPrice)
  expect((await ledger.equity(bot.id, 0)).last).toBeCloseTo(worth, 2)
  await time.advance(MINUTE_MS)
  const asked = { bot, strategy, engine, ledger, surroundings: time }
  const why = (await until(whyAt(asked, { market: trade.market, atMs: trade.exitTimeMs })))!
  expect(why.exited).toEqual([{ price: trade.exitPrice, reason: "byHand" }])
  await until(runner.end())
  await until(exchange.close())
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

test("a bot whose account has sent its orders of the minute says so a few times with a count, not at every candle, and why says it of each", async () => {
  const { begin, time, exchange, engine, strategy, bugs, until } = await botInside({ risk: { maxOrdersPerMinute: 0 } })
  const { runner, ledger, bot } = await begin()
  await time.advance(60 * MINUTE_MS)
  const events = await ledger.events({}, { after: 0, limit: 200 })
  const refusals = events.filter(({ kind }) => kind === "refusal")
  const { times } = refusals.at(-1)!.about as { times: number }
  expect(times).toBeGreaterThan(15)
  expect(refusals.map(({ about }) => (about as { times?: number }).times ?? 1)).toEqual(
    [1, 2, 4, 8, 16, 32].filter((count) => count <= times),
  )
  expect(events.filter(({ kind }) => kind === "decision")).toHaveLength(1)
  expect(runner.lastReason).toContain("nothing is bought, because the account has sent its 0 orders of this minute")
  const asked = { bot, strategy, engine, ledger, surroundings: time }
  const lastMs = refusals.at(-1)!.candleMs!
  let silent = 0
  for (let atMs = refusals[1].candleMs!; atMs < lastMs; atMs += MINUTE_MS) {
    const why = (await until(whyAt(asked, { market: "BTC/USDT", atMs: atMs - 1 })))!
    if (!why.waitingEntry) continue
    expect(why.events.at(-1)!.words).toContain("nothing is bought")
    if (why.events[0].candleMs !== atMs) silent++
  }
  expect(silent).toBeGreaterThan(3)
  await until(runner.end())
  await until(exchange.close())
  expect(bugs).toEqual([])
})

test("another program that holds the database for twelve seconds, again and again, delays the bot: no order twice, no coin without a stop", async () => {
  const { begin, time, exchange, opened, dataDirectory, bugs, until } = await botInside()
  const { runner } = await begin()
  const other = new Libsql(join(dataDirectory, "relay.db"))
  for (let n = 0; n < 12; n++) {
    // From before a candle closes until after it.
    await time.advance(52_000 + n * 500)
    other.exec("begin immediate")
    await time.advance(12_000)
    other.exec("rollback")
    await time.advance(20_000)
  }
  other.close()
  expect(runner.status).toBe("running")
  await until(runner.wish("stop", "Its owner ends it."))
  await time.advance(2 * MINUTE_MS)
  expect(runner.status).toBe("stopped")
  await until(runner.end())
  await until(exchange.close())
  const verdict = judge(opened.exchange.log.entries, { dust })
  expect(verdict).toMatchObject({ doubles: [], left: [], longestUnprotectedMs: 0 })
  expect(verdict.fills).toBeGreaterThan(4)
  expect(bugs).toEqual([])
})
