import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { AuditLog } from "../audit/audit-log.ts"
import type { Refusal } from "../door/refusal.ts"
import { formatDecimal } from "../exchange/simulated/decimal.ts"
import type { DifferenceAction } from "./difference-answers.ts"
import { viewOf } from "./bot-view.ts"
import { Inbox } from "./inbox.ts"
import { parityOf } from "./parity.ts"
import { botInside } from "./testing/bot-inside.ts"
import { minuteStrategy } from "./testing/minute-strategy.ts"
import { ownerByHand } from "./testing/owner-by-hand.ts"

// Coins that the owner sells, moves, locks or brings back past the bot.

const SECOND_MS = 1_000
/** Two looks, one fence apart. */
const LOOKS_MS = 40 * SECOND_MS
/** Buys on a rising minute and keeps it: the rest is done by hand. */
const holding = minuteStrategy({
  long: { enter: { all: ["close > open"] }, exit: null },
  protect: { stopLoss: { kind: "percent", percent: 20 } },
})
const ownerOf = { kind: "owner", id: "owner", name: "test" } as const

/** A bot with a position of about 0.0083 BTC, on an account without other coins. */
async function holder(strategy = holding) {
  const inside = await botInside({ strategy, risk: { requireStop: false }, exchange: { balances: { USDT: "10000" } } })
  const { time, until, opened, venue, bugs } = inside
  const { ledger, bot, runner: first } = await inside.begin()
  const of = { runner: first }
  for (let n = 0; n < 20 && of.runner.positions().length === 0; n++) await time.advance(MINUTE_MS / 2)
  const owner = ownerByHand(opened)
  const audit = new AuditLog({ database: inside.store.database, surroundings: time })
  await audit.begin()
  const inbox = new Inbox({ ledger, audit, runnerOf: () => of.runner })
  /** Cancels the bot's stop and sells; the next time the bot looks, it is certain. */
  const sellByHand = async (quantity: string) => {
    owner.cancelAll()
    owner.sell(quantity)
    await time.advance(LOOKS_MS)
  }
  return {
    ...inside,
    bot,
    ledger,
    owner,
    sellByHand,
    get runner() {
      return of.runner
    },
    async restart() {
      await until(of.runner.end())
      of.runner = (await inside.begin()).runner
      await time.advance(3 * SECOND_MS)
    },
    /** What the owner's answer comes to: words, or a refusal. */
    answer: async (action: DifferenceAction) => {
      const [{ id }] = await ledger.differences()
      const words = inbox.answer(id, action, ownerOf).then((given) => given?.words)
      return until(words.catch((error: unknown) => error as Refusal))
    },
    logged: async () => (await audit.list({ limit: 50 })).map(({ what }) => what),
    events: async () => (await ledger.events({}, { limit: 200 })).map(({ words }) => words),
    quantity: () => of.runner.positions()[0]?.quantity ?? 0,
    price: () => Number(formatDecimal(venue.markets.get("BTCUSDT")!.lastPrice)),
    /** Ends it: nothing is left, nothing went wrong, and the engine's decisions can be repeated. */
    async end() {
      await until(of.runner.wish("stop", "Its owner ends it."))
      await time.advance(2 * MINUTE_MS)
      expect(of.runner.status).toBe("stopped")
      expect(owner.stopped()).toEqual([])
      expect(await ledger.differences()).toEqual([])
      const parity = await parityOf({ bot, strategy, engine: inside.engine, ledger, surroundings: time })
      expect(parity?.isRepeatable).toBe(true)
      expect(bugs).toEqual([])
      return parity
    },
  }
}

test("a stop that is cancelled by hand is put back at once, told, and is no difference", async () => {
  const it = await holder()
  it.owner.cancelAll()
  await it.time.advance(2 * SECOND_MS)
  expect(it.owner.stopped()).toEqual([0.00832])
  await it.time.advance(LOOKS_MS)
  expect(await it.ledger.differences()).toEqual([])
  expect(await it.events()).toContainEqual(expect.stringMatching(/the stop was ended at the exchange, not by this bot/))
  await it.end()
})

test("a stop that is gone together with its coins is shown as gone within a second, long before the owner is asked", async () => {
  const it = await holder()
  const [before] = it.runner.positions()
  expect([before.stop > 0, before.wantsStop]).toEqual([true, true])
  it.owner.cancelAll()
  it.owner.sell("0.00832")
  await it.time.advance(SECOND_MS)
  expect(await it.ledger.differences()).toEqual([])
  const { positions } = await it.until(
    viewOf(it.bot, {
      runner: it.runner,
      failure: "",
      timeframe: "1m",
      dangers: [],
      notes: [],
      differences: 0,
      ledger: it.ledger,
      nowMs: it.time.nowMs(),
    }),
  )
  expect(positions).toMatchObject([
    { stopPrice: null, stopMissing: expect.stringMatching(/^No stop waits at the exchange/) },
  ])
  await it.time.advance(LOOKS_MS)
  await it.answer("adopt")
  await it.end()
})

test("coins sold by hand: at once a stop for what is left, then the question, and nothing is bought until it is answered", async () => {
  const it = await holder()
  it.owner.cancelAll()
  it.owner.sell("0.00332")
  await it.time.advance(3 * SECOND_MS)
  expect(it.owner.stopped()).toEqual([0.005])
  expect(await it.ledger.differences()).toEqual([])
  await it.time.advance(LOOKS_MS)
  const [difference] = await it.ledger.differences()
  expect(difference).toMatchObject({ botId: "bot1", market: "BTC/USDT", isIgnored: false })
  expect(difference.botQuantity - difference.exchangeQuantity).toBeCloseTo(0.00332, 10)
  expect(await it.events()).toContainEqual(
    expect.stringMatching(
      /the exchange has 0\.00500167 BTC .* bot says 0\.00832167 BTC\. Did you sell or move 0\.00332/,
    ),
  )
  const asked = (await it.events()).filter((words) => words.includes("Did you sell"))
  await it.restart()
  await it.time.advance(2 * LOOKS_MS)
  expect(await it.ledger.differences()).toMatchObject([{ id: difference.id }])
  expect((await it.events()).filter((words) => words.includes("Did you sell"))).toEqual(asked)
  expect(it.owner.stopped()).toEqual([0.005])
  await it.end()
})

test("adopted, the bot's book takes the exchange's quantity at the price of the sale by hand, and replays to the same state", async () => {
  const it = await holder()
  const entry = it.runner.positions()[0].entryPrice
  it.owner.cancelAll()
  const soldAt = it.price()
  it.owner.sell("0.00332")
  await it.time.advance(LOOKS_MS + 5 * MINUTE_MS)
  await it.restart()
  await it.time.advance(10 * SECOND_MS)
  expect(await it.answer("adopt")).toMatch(/count as sold by hand at \d+.*as the exchange's own trades say/)
  await it.time.advance(2 * SECOND_MS)
  expect(it.quantity()).toBeCloseTo(0.00500167, 10)
  expect(it.owner.stopped()).toEqual([0.005])
  expect(await it.ledger.differences()).toEqual([])
  const byHand = await it.store.database
    .selectFrom("bot_fill")
    .selectAll()
    .where("client_order_id", "=", "by-hand")
    .execute()
  expect(byHand).toMatchObject([{ side: "sell", quantity: "0.00332" }])
  expect(Number(byHand[0].price) / soldAt).toBeCloseTo(1, 3)
  expect(Number(byHand[0].fee)).toBeCloseTo(0.00332 * Number(byHand[0].price) * 0.001, 6)
  expect(entry).toBeGreaterThan(0)
  const parity = await it.end()
  expect(parity?.trades.live).toBe(2)
})

test("all of it sold by hand: adopted, the trade is over by a sale by hand, and the bot buys again", async () => {
  const it = await holder()
  await it.sellByHand("0.00832")
  expect(it.owner.stopped()).toEqual([])
  expect(await it.answer("adopt")).toMatch(/sold by hand/)
  expect(await it.events()).toContainEqual(expect.stringMatching(/ended by a sale by hand with a (loss|profit)/))
  for (let n = 0; n < 20 && it.quantity() === 0; n++) await it.time.advance(MINUTE_MS / 2)
  expect(it.quantity()).toBeGreaterThan(0)
  expect(it.owner.stopped()).toHaveLength(1)
  expect(await it.logged()).toContain("reconcile.adopt")
  await it.end()
})

test("coins that were moved away without a sale count at the last price when adopted; brought back before, all is as it was", async () => {
  const it = await holder()
  it.owner.cancelAll()
  it.owner.move("-0.003")
  await it.time.advance(LOOKS_MS)
  expect(await it.ledger.differences()).toHaveLength(1)
  it.owner.move("0.003")
  await it.time.advance(LOOKS_MS)
  expect(await it.ledger.differences()).toEqual([])
  expect(it.owner.stopped()).toEqual([0.00832])
  expect(await it.events()).toContainEqual(expect.stringMatching(/has all 0\.00832167 BTC of this bot again/))
  it.owner.cancelAll()
  it.owner.move("-0.003")
  await it.time.advance(LOOKS_MS)
  expect(await it.answer("adopt")).toMatch(/the last price, because the exchange shows no sale of them/)
  await it.time.advance(SECOND_MS)
  expect(it.owner.stopped()).toEqual([0.00532])
  await it.end()
})

test("ignored, it is not asked again, over a restart too; what is there is protected, and more that is missing is asked", async () => {
  const it = await holder()
  await it.sellByHand("0.00332")
  expect(await it.answer("ignore")).toMatch(/goes on counting/)
  const asked = async () => (await it.events()).filter((words) => words.includes("Did you sell")).length
  await it.restart()
  await it.time.advance(3 * LOOKS_MS)
  expect(await asked()).toBe(1)
  expect(await it.ledger.differences()).toMatchObject([{ isIgnored: true }])
  expect(it.quantity()).toBeCloseTo(0.00832167, 10)
  expect(it.owner.stopped()).toEqual([0.005])
  await it.sellByHand("0.002")
  expect(await asked()).toBe(2)
  expect(await it.ledger.differences()).toMatchObject([{ isIgnored: false }])
  expect(it.owner.stopped()).toEqual([0.003])
  await it.end()
})

test("bought back through the guard: refused under the kill switch and while paused, then the stop covers all again", async () => {
  const it = await holder()
  await it.sellByHand("0.00332")
  it.switchState.isOn = true
  expect(((await it.answer("buyBack")) as Refusal).message).toMatch(/^Nothing is bought: the kill switch is on/)
  it.switchState.isOn = false
  await it.until(it.runner.wish("pause", "paused"))
  expect(((await it.answer("buyBack")) as Refusal).message).toMatch(/resume it first/)
  await it.until(it.runner.wish("run", "goes on"))
  expect(it.owner.stopped()).toEqual([0.005])
  expect(await it.answer("buyBack")).toMatch(/wants 0\.00333 BTC bought back/)
  await it.time.advance(3 * SECOND_MS)
  expect(it.owner.stopped()).toEqual([0.00832])
  expect(await it.ledger.differences()).toEqual([])
  expect(it.quantity()).toBeCloseTo(0.00832167, 10)
  await it.time.advance(2 * LOOKS_MS)
  expect(await it.ledger.differences()).toEqual([])
  const parity = await it.end()
  expect(parity?.trades.live).toBe(1)
  // What was refused was not done, so it is not in the log.
  expect((await it.logged()).filter((what) => what === "reconcile.buyBack")).toHaveLength(1)
})

test("coins bought by hand are the owner's own, and so are those beside what the bot holds", async () => {
  const it = await holder()
  it.owner.buy("0.01")
  await it.time.advance(LOOKS_MS)
  it.owner.sell("0.005")
  await it.time.advance(LOOKS_MS)
  expect(await it.ledger.differences()).toEqual([])
  expect(it.owner.stopped()).toEqual([0.00832])
  await it.end()
  expect(it.owner.coins()).toBeCloseTo(0.005, 4)
})

test("balances that come cut short are no account without coins", async () => {
  // What a stop locks is certainly there: without one only the balances say it.
  const it = await holder(minuteStrategy({ ...holding, protect: { stopLoss: { kind: "none" } } }))
  it.opened.exchange.faults.add({ fault: "F07", on: "account.status", times: 20, probability: 1 })
  await it.time.advance(3 * LOOKS_MS)
  expect(await it.ledger.differences()).toEqual([])
  expect(await it.events()).not.toContainEqual(expect.stringContaining("Did you sell"))
  it.opened.exchange.faults.clear()
  await it.end()
})

test("coins that wait in an order by hand are missing until it is cancelled", async () => {
  const it = await holder()
  it.owner.cancelAll()
  it.owner.place({ side: "SELL", type: "LIMIT", timeInForce: "GTC", quantity: "0.008", price: "70000" })
  await it.time.advance(LOOKS_MS)
  expect(await it.ledger.differences()).toHaveLength(1)
  it.owner.cancelAll()
  await it.time.advance(LOOKS_MS)
  expect(await it.ledger.differences()).toEqual([])
  expect(it.owner.stopped()).toEqual([0.00832])
  await it.end()
})

test("an order of ours at the exchange that nobody has kept halts the bot at its start", async () => {
  const it = await holder()
  const id = it.ledger.orderIds.next()
  await it.until(it.runner.end())
  it.owner.place({
    side: "BUY",
    type: "LIMIT",
    timeInForce: "GTC",
    quantity: "0.001",
    price: "58000",
    newClientOrderId: id,
  })
  const { runner } = await it.begin()
  await it.time.advance(5 * SECOND_MS)
  expect([runner.status, runner.bot.haltedBecause]).toEqual([
    "halted",
    expect.stringMatching(/the data is older than the order/),
  ])
  expect(it.owner.stopped()).toEqual([0.00832])
  await it.until(runner.end())
})
