import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import type { WrittenStrategy } from "#engine/strategy"
import type { BotRunner } from "../bots/bot-runner.ts"
import { botInside } from "../bots/testing/bot-inside.ts"
import { judge } from "../bots/testing/judge.ts"
import { minuteStrategy } from "../bots/testing/minute-strategy.ts"
import { ownerByHand } from "../bots/testing/owner-by-hand.ts"
import { isOpen } from "../exchange/simulated/matching/order.ts"
import { makeBackup } from "./backup.ts"
import { restoreBackup } from "./restore.ts"

// Back up a relay whose bot holds something, trade on, lose everything, restore, and go on. Judged by the exchange's log.

/** Two looks at the coins, one fence apart. */
const LOOKS_MS = MINUTE_MS

async function drill(parts: Partial<WrittenStrategy>, coins = "0") {
  const inside = await botInside({
    strategy: minuteStrategy(parts),
    exchange: { balances: { USDT: "10000", BTC: coins } },
  })
  const { time, until, dataDirectory, opened, exchange, bugs } = inside
  const home = await mkdtemp(join(tmpdir(), "candlewright-drill-"))
  const file = join(home, "backup.gz")
  const owner = ownerByHand(opened)
  let { runner, ledger } = await inside.begin()
  const firstLedger = ledger
  const placed = () => [...inside.venue.orders.values()]
  const it = {
    ...inside,
    owner,
    firstLedger,
    clientOrderIds: () => placed().map(({ clientOrderId }) => clientOrderId),
    /** The stops at the exchange. */
    stops: () => placed().flatMap((one) => (isOpen(one) && one.type.includes("STOP") ? one.clientOrderId : [])),
    get runner(): BotRunner {
      return runner
    },
    held: () => runner.positions()[0]?.quantity ?? 0,
    events: async () => (await ledger.events({}, { limit: 300 })).map(({ words }) => words),
    differences: () => ledger.differences(),
    async untilHeld(isHeld = true) {
      for (let n = 0; n < 400 && it.held() > 0 !== isHeld; n++) await time.advance(MINUTE_MS / 2)
      expect(it.held() > 0).toBe(isHeld)
    },
    async backUp() {
      const staging = join(home, "staging")
      await mkdir(staging)
      const { bytes } = await makeBackup({ dataDirectory, staging, version: "test", surroundings: time })
      await writeFile(file, bytes)
    },
    /** Everything of the relay is gone; the backup is all there is. */
    async loseAndRestore() {
      await until(runner.end())
      await inside.reopen(async () => {
        await rm(dataDirectory, { recursive: true })
        await restoreBackup({ file, dataDirectory, replaces: false, surroundings: time })
      })
      const begun = await inside.begin()
      runner = begun.runner
      ledger = begun.ledger
      await time.advance(5_000)
    },
    async restart() {
      await until(runner.end())
      const begun = await inside.begin()
      runner = begun.runner
      ledger = begun.ledger
      await time.advance(5_000)
    },
    /** Ends the bot, and what the exchange's log says of all its lives. */
    async end() {
      await until(runner.wish("stop", "Its owner ends it."))
      await time.advance(2 * MINUTE_MS)
      expect(runner.status).toBe("stopped")
      await until(runner.end())
      await until(exchange.close())
      await rm(home, { recursive: true })
      expect(bugs).toEqual([])
      return judge(opened.exchange.log.entries, { dust: 1e-3 })
    },
  }
  return it
}

const holding: Partial<WrittenStrategy> = { long: { enter: { all: ["close > open"] }, exit: null } }

test("what it held is still there: paused and protected, it buys nothing until resumed, then goes on without a double", async () => {
  const it = await drill({ ...holding, protect: { stopLoss: { kind: "percent", percent: 20 } } })
  await it.untilHeld()
  const held = it.held()
  await it.backUp()
  await it.time.advance(5 * MINUTE_MS)
  await it.loseAndRestore()
  expect(it.runner.status).toBe("paused")
  expect(it.runner.lastReason).toMatch(/^Restored from a backup of 2026-01-01 .* UTC: nothing is bought/)
  expect(it.held()).toBe(held)
  expect(it.owner.stopped()).toHaveLength(1)
  await it.until(it.runner.wish("run", "Its owner resumes it."))
  await it.time.advance(5 * MINUTE_MS)
  expect(it.runner.status).toBe("running")
  expect(await it.differences()).toEqual([])
  expect(await it.end()).toMatchObject({ doubles: [], left: [], longestUnprotectedMs: 0 })
})

test("its stop sold after the backup: the sale is fetched from the exchange and booked, once", async () => {
  const it = await drill({ ...holding, protect: { stopLoss: { kind: "percent", percent: 0.05 } } })
  await it.untilHeld()
  await it.until(it.runner.wish("pause", "pause"))
  await it.backUp()
  await it.untilHeld(false)
  await it.loseAndRestore()
  expect(it.runner.status).toBe("paused")
  expect(it.held()).toBe(0)
  expect(await it.events()).toContainEqual(expect.stringMatching(/ended by the stop with a loss/))
  expect(await it.differences()).toEqual([])
  await it.until(it.runner.wish("run", "Its owner resumes it."))
  await it.untilHeld()
  expect(await it.end()).toMatchObject({ doubles: [], left: [], longestUnprotectedMs: 0 })
})

test("it sold by its rules after the backup: what is missing is a difference, and adopted it is booked at that sale", async () => {
  const it = await drill({
    long: { enter: { all: ["close > open"] }, exit: { any: ["close < open"] } },
    protect: { stopLoss: { kind: "percent", percent: 20 } },
  })
  await it.untilHeld()
  await it.backUp()
  await it.untilHeld(false)
  await it.until(it.runner.wish("pause", "pause"))
  await it.time.advance(MINUTE_MS)
  await it.loseAndRestore()
  expect(it.runner.status).toBe("paused")
  await it.time.advance(LOOKS_MS)
  const [difference] = await it.differences()
  expect(difference).toMatchObject({ market: "BTC/USDT", isIgnored: false })
  const adopted = it.runner.answer(difference.id, "adopt", async () => {})
  expect(await it.until(adopted)).toMatch(/sold by hand/)
  expect(it.held()).toBe(0)
  await it.until(it.runner.wish("run", "Its owner resumes it."))
  await it.untilHeld()
  expect(await it.end()).toMatchObject({ doubles: [], left: [], longestUnprotectedMs: 0 })
})

test("it sold by its rules after the backup and its owner has other coins of the kind: none of them is sold, sell all included", async () => {
  const it = await drill(
    {
      long: { enter: { all: ["close > open"] }, exit: { any: ["close < open"] } },
      protect: { stopLoss: { kind: "percent", percent: 20 } },
    },
    "5",
  )
  await it.untilHeld()
  await it.backUp()
  await it.untilHeld(false)
  await it.until(it.runner.wish("pause", "pause"))
  await it.time.advance(MINUTE_MS)
  const coins = it.owner.coins()
  expect(coins).toBeGreaterThan(4.99)
  await it.loseAndRestore()
  await it.time.advance(10 * MINUTE_MS)
  const [difference] = await it.differences()
  expect(difference).toMatchObject({ botQuantity: it.held(), isIgnored: false })
  // All but dust.
  expect(difference.soldQuantity).toBeCloseTo(it.held(), 5)
  expect(await it.events()).toContainEqual(
    expect.stringMatching(/orders of this Candlewright that the restored backup does not know sold/),
  )
  await it.restart()
  await it.time.advance(10 * MINUTE_MS)
  expect(await it.differences()).toEqual([difference])
  expect(it.owner.stopped()).toEqual([])
  await it.until(it.runner.wish("close", "Its owner sells all."))
  await it.time.advance(2 * MINUTE_MS)
  expect(it.held()).toBe(0)
  expect(it.owner.coins()).toBe(coins)
  await it.until(it.runner.wish("run", "Its owner resumes it."))
  await it.untilHeld()
  expect(await it.end()).toMatchObject({ doubles: [] })
  expect(it.owner.coins()).toBeCloseTo(coins, 3)
})

test("its stop moved after the backup: the bot takes over the one at the exchange, never without one", async () => {
  const it = await drill({
    ...holding,
    protect: { stopLoss: { kind: "percent", percent: 20 }, trailing: { percent: 19 } },
  })
  await it.untilHeld()
  await it.backUp()
  const [before] = it.stops()
  for (let n = 0; n < 60 && it.stops()[0] === before; n++) await it.time.advance(MINUTE_MS)
  expect(it.stops()).not.toEqual([before])
  await it.loseAndRestore()
  await it.time.advance(MINUTE_MS)
  expect(await it.events()).toContainEqual(expect.stringMatching(/placed after the backup.*takes it over/))
  expect(it.runner.status).toBe("paused")
  expect(it.owner.stopped()).toHaveLength(1)
  expect(await it.differences()).toEqual([])
  await it.until(it.runner.wish("run", "Its owner resumes it."))
  await it.time.advance(5 * MINUTE_MS)
  expect(await it.end()).toMatchObject({ doubles: [], left: [], longestUnprotectedMs: 0 })
})

test("it bought after the backup: what it does not know stays protected, and the bot halts and says how to go on", async () => {
  const it = await drill({ ...holding, protect: { stopLoss: { kind: "percent", percent: 20 } } })
  await it.backUp()
  await it.untilHeld()
  await it.loseAndRestore()
  await it.time.advance(LOOKS_MS)
  expect(it.runner.status).toBe("halted")
  expect(it.runner.bot.haltedBecause).toMatch(
    /data knows nothing of \(sell 0\.0\d+ of BTC\/USDT, cw.*\): the data is older.*then resume$/,
  )
  expect(it.owner.stopped()).toHaveLength(1)
  const bought = it.owner.coins()
  it.owner.cancelAll()
  it.owner.sell(bought.toFixed(5).replace(/.$/, "0"))
  await it.until(it.runner.wish("run", "Its owner resumes it."))
  await it.untilHeld()
  expect(await it.end()).toMatchObject({ doubles: [], left: [] })
})

test("orders after a restore are of a later start than any before, so a relay that goes on beside it halts at the first", async () => {
  const it = await drill({ protect: { stopLoss: { kind: "percent", percent: 20 } } })
  await it.backUp()
  await it.loseAndRestore()
  const ids = await it.until(it.runner.wish("run", "Its owner resumes it.")).then(async () => {
    await it.untilHeld()
    return it.clientOrderIds()
  })
  expect(it.firstLedger.orderIds.isFromLaterStart(ids.at(-1)!)).toBe(true)
  expect(await it.end()).toMatchObject({ doubles: [], left: [] })
})
