import { beforeAll, expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { type Engine, loadEngine } from "#engine/run"
import { compileVariant } from "../../engine-wasm/testing/engine-variant.ts"
import { parityOf } from "./parity.ts"
import { botInside } from "./testing/bot-inside.ts"
import { judge } from "./testing/judge.ts"
import { minuteStrategy } from "./testing/minute-strategy.ts"

/** What fees in the coin leave of some trades, base units. */
const dust = 1e-3

/** An engine of another version: its state is laid out otherwise, and stops by a distance are farther away. */
let older: Engine

beforeAll(async () => {
  const edits: Record<string, [was: string, is: string]> = {
    "account/market-book.ts": ["  quantity: f64\n", "  unused: f64\n  quantity: f64\n"],
    "decide/stops.ts": ["price - <f64>side * input,", "price - <f64>side * input * 1.5,"],
  }
  const edit = (path: string, text: string) => {
    const [was, is] = edits[path] ?? ["", ""]
    if (!text.includes(was)) throw new Error(`${path} has no ${was}`)
    return text.replace(was, is)
  }
  older = await loadEngine(await compileVariant(edit, "-O0"))
}, 180_000)

/** A bot that ran on the older engine until it held something. */
async function holdingOnOlder(strategy = minuteStrategy()) {
  const inside = await botInside({ strategy })
  const { begin, time, opened, until } = inside
  const { runner } = await begin(older)
  const log = () => opened.exchange.log.entries
  const isHolding = () => judge(log(), { dust }).held.BTCUSDT > dust
  for (let n = 0; n < 40 && !isHolding(); n++) await time.advance(MINUTE_MS / 2)
  expect(isHolding()).toBe(true)
  const [stop] = await until(inside.exchange.openOrders("BTC/USDT"))
  await until(runner.end())
  return { ...inside, log, stop }
}

test("after an update of the engine a bot goes on with what it holds, its stop untouched, and decides as before", async () => {
  const { begin, time, exchange, engine, strategy, log, stop, bugs, until } = await holdingOnOlder()
  const requests = log().length
  const { runner, ledger, bot } = await begin()
  await time.advance(5_000)
  expect(runner.status).toBe("running")
  expect(runner.positions()).toMatchObject([{ market: "BTC/USDT" }])
  expect(await until(exchange.openOrders("BTC/USDT"))).toEqual([stop])
  const sent = log().slice(requests)
  expect(sent.filter((entry) => entry.kind === "request" && /place|cancel/i.test(entry.name))).toEqual([])
  const [carried, ...others] = (await ledger.events({ botId: bot.id }, { limit: 50 })).filter(({ words }) =>
    words.includes("engine"),
  )
  expect(carried).toMatchObject({ kind: "status", about: { engines: { from: older.sha256, to: engine.sha256 } } })
  expect(others).toEqual([])
  await time.advance(20 * MINUTE_MS)
  const parity = await until(parityOf({ bot, strategy, engine, ledger, surroundings: time }))
  expect(parity!.isRepeatable).toBe(true)
  expect(parity!.trades.live).toBeGreaterThan(3)
  await until(runner.wish("stop", "Its owner ends it."))
  await time.advance(MINUTE_MS)
  expect(runner.status).toBe("stopped")
  await until(runner.end())
  await until(exchange.close())
  expect(judge(log(), { dust })).toMatchObject({ doubles: [], left: [], longestUnprotectedMs: 0 })
  expect(bugs).toEqual([])
})

test("a bot whose new engine would have its stop elsewhere halts, names what differs, and leaves its stop where it is", async () => {
  const farther = minuteStrategy({ protect: { stopLoss: { kind: "atr", length: 14, multiple: 10 } } })
  const { begin, time, exchange, log, stop, bugs, until } = await holdingOnOlder(farther)
  const { runner, bot, ledger } = await begin()
  await time.advance(10 * MINUTE_MS)
  expect(runner.status).toBe("halted")
  expect(bot.haltedBecause).toMatch(
    /^It cannot go on where it was: this snapshot was taken by another version of the engine; told the same, the one here differs: BTC\/USDT, the stop is [\d.]+, and was [\d.]+.* Nothing is lost/,
  )
  const told = (await ledger.events({ botId: bot.id }, { limit: 50 })).map(({ words }) => words)
  expect(told.filter((words) => words.startsWith("Halted"))).toHaveLength(1)
  expect(told).toContainEqual(expect.stringMatching(/^The new engine differs: BTC\/USDT, the stop is /))
  expect(await until(exchange.openOrders("BTC/USDT"))).toEqual([stop])
  // Its owner tries again: the same engine says the same.
  await until(runner.wish("run", "Its owner resumes it."))
  await time.advance(5_000)
  expect(runner.status).toBe("halted")
  await until(runner.end())
  const again = await begin(older)
  await until(again.runner.wish("run", "Its owner went back."))
  await time.advance(10 * MINUTE_MS)
  expect(again.runner.status).toBe("running")
  await until(again.runner.end())
  await until(exchange.close())
  expect(judge(log(), { dust })).toMatchObject({ doubles: [], longestUnprotectedMs: 0 })
  expect(bugs).toEqual([])
})
