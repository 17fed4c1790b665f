import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { obey } from "../exchange/simulated/control/command.ts"
import { viewOf } from "./bot-view.ts"
import { botInside } from "./testing/bot-inside.ts"
import { minuteStrategy } from "./testing/minute-strategy.ts"

// A market that stops trading while a bot holds something there, judged by the exchange's own orders.

const holding = minuteStrategy({ long: { enter: { all: ["close > 0"] }, exit: null } })

type Inside = Awaited<ReturnType<typeof botInside>>

async function holder() {
  const it = await botInside({ strategy: holding })
  const begun = await it.begin()
  await it.time.advance(3 * MINUTE_MS)
  expect(begun.runner.positions()).toHaveLength(1)
  return { ...it, ...begun }
}

const waiting = ({ venue }: Inside) =>
  [...venue.orders.values()].filter(({ status }) => status === "NEW").map(({ side, type }) => `${side} ${type}`)
const trade = ({ opened }: Inside, status: "TRADING" | "HALT") =>
  obey(opened.exchange, { do: "set-rules", symbol: "BTCUSDT", rules: { status } })

test("a halted market keeps its stop while everything is to be sold: its owner hears so once, and it is sold when it trades again", async () => {
  const it = await holder()
  const stop = waiting(it)
  expect(stop).toEqual(["SELL STOP_LOSS"])
  const replaced = it.heard("order.cancelReplace").length
  trade(it, "HALT")
  await it.until(it.runner.wish("close", "is being sold"))
  for (let n = 0; n < 10; n++) {
    await it.time.advance(20_000)
    expect(waiting(it)).toEqual(stop)
  }
  const words = async () => (await it.ledger.events({ botId: "bot1" }, { limit: 50 })).map((event) => event.words)
  expect((await words()).filter((text) => /does not trade it now/.test(text))).toEqual([
    expect.stringMatching(/^BTC\/USDT: Binance.* stays where it is.*again and again, next at 2026-01-01 \d\d:\d\d UTC/),
  ])
  expect(it.heard("order.cancelReplace")).toHaveLength(replaced)
  trade(it, "TRADING")
  await it.time.advance(20_000)
  expect([waiting(it), it.runner.positions(), it.runner.status]).toEqual([[], [], "paused"])
  expect(await words()).toContain("BTC/USDT: it trades again, and the bot goes on there.")
  await it.until(it.runner.end())
  expect(it.bugs).toEqual([])
})

test("a halt that is first heard by a refusal leaves what is held unsold, and its stop is placed when it trades again", async () => {
  const it = await holder()
  const { exchange } = it.account
  // The owner's hand takes the stop away, and the market halts before it is placed again.
  trade(it, "HALT")
  for (const order of await it.until(exchange.openOrders("BTC/USDT"))) await it.until(exchange.cancel(order))
  await it.time.advance(2 * MINUTE_MS)
  expect(waiting(it)).toEqual([])
  const refused = it.heard("order.place").length
  await it.time.advance(2 * MINUTE_MS)
  expect(it.heard("order.place")).toHaveLength(refused)
  trade(it, "TRADING")
  await it.time.advance(20_000)
  expect(waiting(it)).toEqual(["SELL STOP_LOSS"])
  expect(it.runner.positions()).toHaveLength(1)
  await it.until(it.runner.end())
  expect(it.bugs).toEqual([])
})

test("a market that the exchange lists no longer halts the bot in words that say what can be done, and nothing is said to be tried again", async () => {
  const it = await holder()
  obey(it.opened.exchange, { do: "delist", symbol: "BTCUSDT" })
  await it.time.advance(2 * MINUTE_MS)
  const because = /no longer trades BTC\/USDT.*still on the account.*stop this bot/
  expect(it.bot).toMatchObject({ status: "halted", haltedBecause: expect.stringMatching(because) })
  expect(it.runner.lastReason).toMatch(because)
  const told = (await it.ledger.events({ botId: "bot1" }, { limit: 200 })).map(({ words }) => words)
  expect(told.filter((words) => /tried again/.test(words))).toEqual([])
  expect(told.filter((words) => because.test(words))).toHaveLength(1)
  const timeframe = "1m"
  const view = await viewOf(it.bot, {
    runner: it.runner,
    failure: "",
    timeframe,
    dangers: [],
    notes: [],
    differences: 0,
    ledger: it.ledger,
    nowMs: it.time.nowMs(),
  })
  const stuck = /no longer trades BTC\/USDT.*still on the account/
  expect(view.positions).toMatchObject([
    { market: "BTC/USDT", stopPrice: null, stopMissing: expect.stringMatching(stuck) },
  ])
  expect(it.runner.lastReason).toMatch(/Held without a stop at the exchange: BTC\/USDT\.$/)
  expect(it.runner.lastReason).not.toMatch(/stops? that stay/i)
  // Health counts it, from the moment on that a relay starts too.
  const naked = (runner: typeof it.runner) =>
    runner.positions().filter(({ wantsStop, stop }) => wantsStop && Number.isNaN(stop))
  expect(naked(it.runner)).toHaveLength(1)
  await it.until(it.runner.end())
  const { runner } = await it.begin()
  await it.time.advance(MINUTE_MS)
  expect([naked(runner), runner.failure]).toMatchObject([{ length: 1 }, ""])
  await it.until(runner.wish("stop", "It ends."))
  await it.time.advance(MINUTE_MS)
  const [last] = await it.ledger.events({ botId: "bot1" }, { limit: 1 })
  expect(last.words).toMatch(
    /^All that can be sold is sold; the bot has ended\. What cannot .* without a stop: \S+ BTC, since .* no longer trades BTC\/USDT\.$/,
  )
  expect(it.bugs).toEqual([])
})

const told = async ({ ledger }: Pick<Awaited<ReturnType<typeof holder>>, "ledger">, part: RegExp) =>
  (await ledger.events({ botId: "bot1" }, { limit: 200 })).map(({ words }) => words).filter((words) => part.test(words))

test("of a market that halts its owner hears once though nothing is to be done there, in the last reason and the count for health too, across a restart, and again when it goes on", async () => {
  const it = await holder()
  trade(it, "HALT")
  await it.time.advance(4 * MINUTE_MS)
  const stands =
    /^BTC\/USDT: Binance\S* does not trade it now.*The \S+ BTC held stay on the account. Their stop stays where it is at the exchange, at \d+.*sells nothing before.*by itself/
  expect(await told(it, stands)).toHaveLength(1)
  expect(it.runner.lastReason).toMatch(stands)
  expect(it.runner.stillMarkets).toEqual(["BTC/USDT"])
  await it.until(it.runner.end())
  const again = await it.begin()
  await it.time.advance(5 * MINUTE_MS)
  expect([await told(it, stands), again.runner.stillMarkets]).toEqual([
    expect.objectContaining({ length: 1 }),
    ["BTC/USDT"],
  ])
  trade(it, "TRADING")
  await it.time.advance(3 * MINUTE_MS)
  expect([await told(it, /: it trades again/), again.runner.stillMarkets]).toEqual([
    expect.objectContaining({ length: 1 }),
    [],
  ])
  expect(await told(it, /no candle has come/)).toEqual([])
  await it.until(again.runner.end())
  expect(it.bugs).toEqual([])
})

test("of a market that sends no candles though it trades its owner hears once, with what its stop does, and again when they come", async () => {
  const it = await holder()
  const asked = it.heard("market.exchangeInfo").length
  const closedCandles = it.exchange.closedCandles.bind(it.exchange)
  it.exchange.closedCandles = async () => []
  await it.time.advance(2 * MINUTE_MS)
  expect(await told(it, /no candle has come/)).toEqual([])
  await it.time.advance(8 * MINUTE_MS)
  const quiet =
    /^BTC\/USDT: no candle has come since the one that ended at 2026-01-01.*decides nothing there.*waits at the exchange at \d+\S*, and works\..*by itself/
  expect(await told(it, quiet)).toHaveLength(1)
  expect([it.runner.lastReason, it.runner.stillMarkets]).toEqual([expect.stringMatching(quiet), ["BTC/USDT"]])
  expect(it.heard("market.exchangeInfo").length - asked).toBeLessThan(12)
  it.exchange.closedCandles = closedCandles
  await it.time.advance(MINUTE_MS)
  expect(await told(it, /candles come again/)).toHaveLength(1)
  expect([await told(it, quiet), it.runner.stillMarkets]).toEqual([expect.objectContaining({ length: 1 }), []])
  await it.until(it.runner.end())
  expect(it.bugs).toEqual([])
})
