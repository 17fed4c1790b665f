import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { obey } from "../exchange/simulated/control/command.ts"
import { botInside } from "./testing/bot-inside.ts"
import { minuteStrategy } from "./testing/minute-strategy.ts"

// One of a bot's markets leaves the exchange's list: it is parked, and the others go on (live.md, S19).

const both = minuteStrategy({
  name: "Two coins",
  markets: ["BTC/USDT", "ETH/USDT"],
  size: { kind: "quote", amount: 200 },
  long: { enter: { all: ["close > 0"] }, exit: null },
  protect: { stopLoss: { kind: "percent", percent: 30 }, timeStop: { candles: 3 } },
})

/** A bot that holds both of its markets, of which ETH/USDT is then delisted. */
async function parked() {
  const it = await botInside({ strategy: both, risk: { maxCorrelation: 1 }, exchange: { balances: { USDT: "10000" } } })
  const { venue } = it
  const eth = venue.markets.get("ETHUSDT")!
  let { runner, ledger, account } = await it.begin()
  for (let n = 0; n < 20 && runner.positions().length < 2; n++) await it.time.advance(MINUTE_MS / 2)
  expect(runner.positions()).toHaveLength(2)
  obey(it.opened.exchange, { do: "delist", symbol: "ETHUSDT" })
  await it.time.advance(8 * MINUTE_MS)
  const words = async () => (await ledger.events({ botId: "bot1" }, { limit: 300 })).map((event) => event.words)
  const told = async (part: RegExp) => (await words()).filter((text) => part.test(text)).length
  const bought = async (market: string) =>
    (await words()).filter((text) => text.startsWith("Bought") && text.includes(market)).length
  const restart = async () => {
    await it.until(runner.end())
    ;({ runner, ledger, account } = await it.begin())
    await it.time.advance(MINUTE_MS)
  }
  const list = () =>
    void venue.markets.set("ETHUSDT", Object.assign(eth, { rules: { ...eth.rules, status: "TRADING" } }))
  return { ...it, runner: () => runner, account: () => account, words, told, bought, restart, list }
}

const gone = /^Two coins: .* no longer trades ETH\/USDT.*Its other markets go on/

test("one delisted market is parked, told once with the bot's name, and the others trade on, across a restart too", async () => {
  const it = await parked()
  expect([it.runner().status, await it.told(gone)]).toEqual(["running", 1])
  const before = await it.bought("BTC/USDT")
  await it.time.advance(6 * MINUTE_MS)
  expect(await it.bought("BTC/USDT")).toBeGreaterThan(before)
  const held = it
    .runner()
    .positions()
    .find(({ market }) => market === "ETH/USDT")
  expect(held).toMatchObject({ goneBecause: expect.stringMatching(/no longer trades ETH\/USDT.*still on the account/) })
  await it.restart()
  const after = await it.bought("BTC/USDT")
  await it.time.advance(6 * MINUTE_MS)
  expect(await it.bought("BTC/USDT")).toBeGreaterThan(after)
  expect([it.runner().status, await it.told(gone)]).toEqual(["running", 1])
  await it.until(it.runner().end())
  expect(it.bugs).toEqual([])
})

test("a bot of which one market is gone sells all that can be sold, says what cannot, and ends", async () => {
  const it = await parked()
  await it.until(it.runner().wish("stop", "Everything is sold, then it ends."))
  await it.time.advance(MINUTE_MS)
  expect(it.runner().status).toBe("stopped")
  expect(await it.told(/^ETH\/USDT: \S+ ETH cannot be sold, since .* no longer trades ETH\/USDT/)).toBe(1)
  expect(await it.told(/All that can be sold is sold; the bot has ended/)).toBe(1)
  expect(await it.until(it.exchange.openOrders("BTC/USDT"))).toEqual([])
  expect(it.bugs).toEqual([])
})

test("a market that is listed again is traded again: what is held there has its stop back", async () => {
  const it = await parked()
  it.list()
  await it.time.advance(6 * MINUTE_MS)
  expect(await it.told(/^Two coins: .* lists ETH\/USDT again, and the bot goes on there/)).toBe(1)
  const before = await it.bought("ETH/USDT")
  await it.time.advance(6 * MINUTE_MS)
  expect(await it.bought("ETH/USDT")).toBeGreaterThan(before)
  expect(
    it
      .runner()
      .positions()
      .every(({ goneBecause }) => goneBecause === undefined),
  ).toBe(true)
  await it.until(it.runner().end())
  expect(it.bugs).toEqual([])
})

test("a bot whose only market was gone before its first candle halts in words, and ends when its owner stops it", async () => {
  const it = await botInside({ strategy: minuteStrategy() })
  obey(it.opened.exchange, { do: "delist", symbol: "BTCUSDT" })
  const { runner, ledger, bot } = await it.begin()
  await it.time.advance(MINUTE_MS)
  expect(bot).toMatchObject({ status: "halted", haltedBecause: expect.stringMatching(/no longer trades BTC\/USDT/) })
  await it.until(runner.wish("stop", "It ends."))
  await it.time.advance(MINUTE_MS)
  expect(bot.status).toBe("stopped")
  const [last] = await ledger.events({ botId: "bot1" }, { limit: 1 })
  expect(last.words).toMatch(/^Nothing was ever bought/)
  expect(it.bugs).toEqual([])
})

test("a bot whose only market is gone while it holds something there ends when its owner stops it, and says what is left", async () => {
  const it = await botInside({ strategy: minuteStrategy({ long: { enter: { all: ["close > 0"] }, exit: null } }) })
  const { runner, ledger, bot } = await it.begin()
  for (let n = 0; n < 20 && runner.positions().length === 0; n++) await it.time.advance(MINUTE_MS / 2)
  obey(it.opened.exchange, { do: "delist", symbol: "BTCUSDT" })
  await it.time.advance(2 * MINUTE_MS)
  expect(bot.status).toBe("halted")
  await it.until(runner.wish("stop", "It ends."))
  await it.time.advance(MINUTE_MS)
  expect(bot.status).toBe("stopped")
  const words = (await ledger.events({ botId: "bot1" }, { limit: 9 })).map((event) => event.words)
  expect(words).toContainEqual(expect.stringMatching(/^BTC\/USDT: \S+ BTC cannot be sold/))
  expect(it.bugs).toEqual([])
})
