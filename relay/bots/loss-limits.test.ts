import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, asyncProperty, constant, constantFrom, integer, oneof, array, record } from "fast-check"
import { expect, test } from "vitest"
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#engine/candles"
import { usualRisk } from "../accounts/risk.ts"
import type { Exchange } from "../exchange/exchange.ts"
import { obey } from "../exchange/simulated/control/command.ts"
import { checkEntry } from "../guard/entry-check.ts"
import { LastLook } from "../guard/last-look.ts"
import { Ledger } from "../ledger/ledger.ts"
import { keptBot } from "../ledger/testing/kept-bot.ts"
import { openRelayStore, type RelayStore } from "../store/relay-store.ts"
import { realSurroundings } from "../surroundings.ts"
import { AccountDesk } from "./account-desk.ts"
import type { BotRunner } from "./bot-runner.ts"
import { botInside } from "./testing/bot-inside.ts"
import { minuteStrategy } from "./testing/minute-strategy.ts"

const MORNING_MS = Date.UTC(2026, 10, 29, 6)
const risk = { ...usualRisk, dailyLossPercent: 3, maxDrawdownPercent: 10, maxCorrelation: 1 }
const moment = { isKilled: false, candleAge: 0, clockErrorMs: 0, price: 100 }
const wanted = { market: "BTC/USDT", quantity: 0.01, price: 100, stopPrice: 99, isMore: false }

type Account = { id: string; store: RelayStore; clock: { nowMs: number } }

/** A relay that starts on the account's records, with two bots at work that have as much as said. */
async function started({ id: accountId, store, clock }: Account, equities: number[]) {
  const { database, instanceId } = store
  const surroundings = { ...realSurroundings(), nowMs: () => clock.nowMs }
  const ledger = await Ledger.open({ database, instanceId, nowMs: surroundings.nowMs })
  const exchange = {
    clockErrorMs: () => 0,
    balances: async () => [{ asset: "USDT", free: "1000", locked: "0" }],
  } as unknown as Exchange
  const look = new LastLook({ isOn: false })
  const desk = new AccountDesk({ accountId, exchange, look, risk: async () => risk, ledger, surroundings })
  for (const [n, bot] of (await ledger.bots()).filter((one) => one.accountId === accountId).entries()) {
    const runner = { bot, isOpen: true, equity: () => equities[n], atRisk: () => new Map(), invested: () => 0 }
    desk.runners.add(runner as unknown as BotRunner)
  }
  const mayBuy = async () => checkEntry(wanted, risk, await desk.exposure("BTC/USDT", risk), moment).ok
  return { ledger, mayBuy }
}

const step = oneof(
  record({
    do: constant("price" as const),
    bot: integer({ min: 0, max: 1 }),
    equity: integer({ min: 880, max: 1_200 }),
  }),
  record({ do: constantFrom("restart" as const, "wait" as const) }),
  record({ do: constant("sleep" as const), hours: integer({ min: 1, max: 30 }) }),
)

test("a reached limit on losses keeps an account from buying until the exchange's next day, whatever its bots win back, and across restarts", async () => {
  const dataDirectory = join(await mkdtemp(join(tmpdir(), "candlewright-limits-")), "data")
  const store = await openRelayStore({ dataDirectory, surroundings: realSurroundings() })
  let count = 0
  let held = 0
  const law = asyncProperty(array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
    const account = { id: `account-${++count}`, store, clock: { nowMs: MORNING_MS } }
    const equities = [1_000, 1_000]
    const kept = { store, ledger: (await started(account, equities)).ledger }
    for (const n of [0, 1]) await keptBot(kept, { id: `${account.id}-${n}`, accountId: account.id, cash: "1000" })
    let relay = await started(account, equities)
    let reachedOnDay = -1
    const dayStart = { day: dayOf(account.clock.nowMs), equity: 2_000 }
    for (const one of steps) {
      if (one.do === "price") equities[one.bot] = one.equity
      if (one.do === "restart") relay = await started(account, equities)
      account.clock.nowMs += one.do === "sleep" ? one.hours * HOUR_MS : MINUTE_MS
      const day = dayOf(account.clock.nowMs)
      const equity = equities[0] + equities[1]
      if (dayStart.day !== day)
        Object.assign(dayStart, { day, equity: (await lastEquity(relay.ledger, account)) ?? 2_000 })
      const mayBuy = await relay.mayBuy()
      if (equity <= dayStart.equity * 0.97) reachedOnDay = day
      const isHeld = reachedOnDay === day
      if (isHeld) held++
      // Between the two only the drawdown decides.
      const says = isHeld ? false : equity > 2_180 ? true : mayBuy
      expect(mayBuy).toBe(says)
      for (const [n, value] of equities.entries())
        await relay.ledger.keep(
          { id: `${account.id}-${n}`, accountId: account.id },
          { equity: { atMs: account.clock.nowMs, equity: value } },
        )
    }
  })
  await assert(law, { numRuns: 40, seed: 7 })
  expect(held).toBeGreaterThan(40)
  await store.close()
})

const dayOf = (ms: number) => Math.floor(ms / DAY_MS)

async function lastEquity(ledger: Ledger, { id }: Account): Promise<number | undefined> {
  const last = await Promise.all([0, 1].map((n) => ledger.equity(`${id}-${n}`, 0)))
  return last.every((marks) => marks.last !== undefined) ? last[0].last! + last[1].last! : undefined
}

test("a loss of the day is seen at the price of now, not at the next close of the bot's long candles", async () => {
  const strategy = minuteStrategy({
    timeframe: "1d",
    size: { kind: "quote", amount: 900 },
    long: { enter: { all: ["close > 0"] }, exit: null },
    protect: { stopLoss: { kind: "percent", percent: 50 } },
  })
  const limits = { maxSharePercent: 100, riskPercent: 100, dailyLossPercent: 5, maxDrawdownPercent: 100 }
  const it = await botInside({ strategy, risk: limits, startMs: Date.UTC(2026, 0, 1, 23, 58) })
  const { runner, account } = await it.begin()
  await it.time.advance(4 * MINUTE_MS)
  expect(runner.positions()).toHaveLength(1)
  const barred = async () => (await it.until(account.exposure("ETH/USDT", risk))).barred
  expect(await barred()).toBeUndefined()
  const price = runner.positions()[0].price
  obey(it.opened.exchange, { do: "follow-price", symbol: "BTCUSDT", price: (price * 0.9).toFixed(2) })
  await it.time.advance(MINUTE_MS)
  expect(runner.equity()).toBeLessThan(930)
  expect(await barred()).toMatch(/have lost .* % today/)
  await it.until(runner.end())
  await it.until(it.exchange.close())
  expect(it.bugs).toEqual([])
})

test("a bot that has lost its day's limit buys nothing while another bot's open gain covers it, says so once, goes on so after a restart, and buys again the next day", async () => {
  const it = await botInside({
    risk: { dailyLossPercent: 0.01, maxDrawdownPercent: 100 },
    startMs: Date.UTC(2026, 0, 1, 23),
  })
  const { time, until } = it
  let { runner, ledger, account } = await it.begin()
  const limit = async () =>
    (await ledger.events({ accountId: "account1", kinds: ["risk"] }, { limit: 50 })).filter(
      ({ about }) => (about as { limit?: string } | undefined)?.limit === "daily-loss",
    )
  for (let n = 0; n < 60 && (await limit()).length === 0; n++) await time.advance(MINUTE_MS)
  const [reached] = await limit()
  expect(reached.words).toMatch(
    /^Nothing is bought on this account: the account's bots have lost .* until .* 00:00 UTC/,
  )
  const { untilMs } = reached.about as { untilMs: number }
  const bought = () => it.heard("orderList.place.opo").length
  await time.advance(2 * MINUTE_MS)
  const before = bought()
  const winner = { bot: { ...runner.bot, id: "bot2", status: "running" }, isOpen: true, positions: () => [] }
  const gains = { atRisk: () => new Map(), equity: () => 1_500, claims: () => [], invested: () => 0, poke: () => {} }
  account.runners.add({ ...winner, ...gains } as unknown as BotRunner)
  await time.advance(10 * MINUTE_MS)
  expect([bought(), (await limit()).length]).toEqual([before, 1])
  await until(runner.end())
  ;({ runner, ledger, account } = await it.begin())
  account.runners.add({ ...winner, ...gains } as unknown as BotRunner)
  await time.advance(10 * MINUTE_MS)
  expect([bought(), (await limit()).length]).toEqual([before, 1])
  await time.advance(untilMs - time.nowMs() + 15 * MINUTE_MS)
  expect(bought()).toBeGreaterThan(before)
  await until(runner.end())
  await until(it.exchange.close())
  expect(it.bugs).toEqual([])
})

test("a buy that waits lower down is taken back when a limit on losses is reached; the stop stays", async () => {
  const strategy = minuteStrategy({
    size: { kind: "quote", amount: 400 },
    long: { enter: { all: ["close > 0"] }, exit: null },
    add: { maxTimes: 2, everyDropPercent: 4, sizeMultiple: 1 },
    protect: { stopLoss: { kind: "percent", percent: 60 } },
  })
  const limits = { maxSharePercent: 100, riskPercent: 100, dailyLossPercent: 1, maxDrawdownPercent: 100 }
  const it = await botInside({ strategy, risk: limits, startMs: Date.UTC(2026, 0, 1, 23, 50) })
  const { runner, account } = await it.begin()
  await it.time.advance(4 * MINUTE_MS)
  const waiting = async () => (await it.until(it.exchange.openOrders("BTC/USDT"))).map(({ side }) => side).toSorted()
  expect(await waiting()).toEqual(["buy", "sell"])
  const { price } = runner.positions()[0]
  obey(it.opened.exchange, { do: "follow-price", symbol: "BTCUSDT", price: (price * 0.97).toFixed(2) })
  await it.time.advance(MINUTE_MS)
  expect(account.barred).toMatch(/have lost .* % today/)
  expect(await waiting()).toEqual(["sell"])
  await it.until(runner.end())
  await it.until(it.exchange.close())
  expect(it.bugs).toEqual([])
})
