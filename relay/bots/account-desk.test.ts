import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { DAY_MS, HOUR_MS } from "#engine/candles"
import { usualRisk } from "../accounts/risk.ts"
import type { Exchange } from "../exchange/exchange.ts"
import { LastLook } from "../guard/last-look.ts"
import { Ledger } from "../ledger/ledger.ts"
import type { OwnOrder } from "../ledger/own-order.ts"
import { keptBot } from "../ledger/testing/kept-bot.ts"
import { openRelayStore } from "../store/relay-store.ts"
import { realSurroundings } from "../surroundings.ts"
import { AccountDesk } from "./account-desk.ts"

const NOW_MS = Date.UTC(2026, 10, 29, 12)
const today = NOW_MS - 12 * HOUR_MS
const surroundings = { ...realSurroundings(), nowMs: () => NOW_MS }

/** A relay that has just started over this store: no bot runs yet. */
async function freshDesk(more: { barred?: () => Promise<string> } = {}) {
  const dataDirectory = join(await mkdtemp(join(tmpdir(), "candlewright-desk-")), "data")
  const store = await openRelayStore({ dataDirectory, surroundings })
  const ledger = await Ledger.open({
    database: store.database,
    nowMs: surroundings.nowMs,
    instanceId: store.instanceId,
  })
  const exchange = { clockErrorMs: () => 0, balances: async () => [] } as unknown as Exchange
  const look = new LastLook({ isOn: false })
  const deps = { accountId: "account-1", exchange, look, risk: async () => usualRisk, ledger, surroundings, ...more }
  return { store, ledger, deps, desk: new AccountDesk(deps) }
}

test("what a bot lost today counts for its account after it has ended, was removed, and the relay was restarted", async () => {
  const { store, ledger, desk } = await freshDesk()
  const bot = await keptBot({ store, ledger }, { cash: "100" })
  await ledger.keep(bot, { equity: { atMs: today - HOUR_MS, equity: 100 } })
  await ledger.keep(bot, { equity: { atMs: today + HOUR_MS, equity: 96 }, events: [{ kind: "fill", words: "Sold." }] })
  expect(await desk.exposure("BTC/USDT", usualRisk)).toMatchObject({
    dayProfit: -4,
    dayStart: 100,
    drawdownPercent: expect.closeTo(4, 9),
  })
  await ledger.keep(bot, { standing: { status: "stopped", wish: "stop", haltedBecause: null } })
  expect(await desk.exposure("BTC/USDT", usualRisk)).toMatchObject({ dayProfit: -4, dayStart: 100 })
  await store.database.transaction().execute((transaction) => ledger.remove(bot.id, transaction))
  expect(await desk.exposure("BTC/USDT", usualRisk)).toMatchObject({ dayProfit: -4, dayStart: 100 })
  await store.close()
})

test("a bot of another account, and one that ended long ago, have no part in today", async () => {
  const { store, ledger, desk } = await freshDesk()
  const other = await keptBot({ store, ledger }, { id: "bot-2", accountId: "account-2" })
  await ledger.keep(other, {
    equity: { atMs: today + HOUR_MS, equity: 50 },
    events: [{ kind: "fill", words: "Sold." }],
  })
  const old = await keptBot({ store, ledger }, { id: "bot-3", status: "stopped" })
  await ledger.keep(old, { equity: { atMs: today - 9 * DAY_MS, equity: 10 } })
  expect(await desk.exposure("BTC/USDT", usualRisk)).toMatchObject({ dayProfit: 0, dayStart: 0, drawdownPercent: 0 })
  await store.close()
})

test("an account that shares its key with another one is kept from buying, by the words of who says so", async () => {
  const { store, desk } = await freshDesk({ barred: async () => 'the account "first" has the same key' })
  expect(await desk.exposure("BTC/USDT", usualRisk)).toMatchObject({ barred: expect.stringContaining('"first"') })
  await store.close()
})

test("orders of the minute before a restart count against the orders of a minute, an entry and its stop as one, each until its minute is over", async () => {
  const { store, ledger, desk, deps } = await freshDesk()
  const bot = await keptBot({ store, ledger })
  const order = (id: string, agoMs: number, more: Partial<OwnOrder> = {}): OwnOrder => ({
    clientOrderId: id,
    accountId: bot.accountId,
    botId: bot.id,
    market: "BTC/USDT",
    intent: 1,
    role: "entry",
    side: "buy",
    kind: "limit",
    quantity: "1",
    status: "filled",
    filledQuantity: "1",
    isTold: true,
    createdMs: NOW_MS - agoMs,
    ...more,
  })
  const orders = [
    order("old", 61_000),
    order("entry", 30_000, { listId: "pair" }),
    order("stop", 30_000, { listId: "pair", role: "stop", side: "sell", kind: "stop" }),
    order("exit", 10_000, { role: "exit", side: "sell" }),
    order("ahead", -HOUR_MS),
  ]
  await ledger.keep(bot, { orders })
  expect(await desk.exposure("BTC/USDT", usualRisk)).toMatchObject({ ordersInMinute: 3 })
  desk.pace.note("exit")
  desk.pace.note("now")
  expect(await desk.exposure("BTC/USDT", usualRisk)).toMatchObject({ ordersInMinute: 4 })
  const other = new AccountDesk({ ...deps, accountId: "account-2" })
  expect(await other.exposure("BTC/USDT", usualRisk)).toMatchObject({ ordersInMinute: 0 })
  await store.close()
})
