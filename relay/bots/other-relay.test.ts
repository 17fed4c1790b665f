import { cp } from "node:fs/promises"
import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { usualRisk } from "../accounts/risk.ts"
import type { Refusal } from "../door/refusal.ts"
import { Ledger } from "../ledger/ledger.ts"
import { openRelayStore } from "../store/relay-store.ts"
import type { BotRunner } from "./bot-runner.ts"
import { botInside } from "./testing/bot-inside.ts"
import { ownerByHand } from "./testing/owner-by-hand.ts"

const SECOND_MS = 1_000

/**
 * Copies a data directory. The library ends a closed database some moments later, and takes its log away with it: a
 * copy that has just missed it is made again.
 */
async function copied(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error
    return copied(from, to)
  })
}

/** A relay with a bot, and the order ids of another one that was started on a copy of its data, as often as it. */
async function two() {
  const it = await botInside({ exchange: { balances: { USDT: "10000", BTC: "1" } } })
  const { time, until } = it
  const first = await it.begin()
  await time.advance(2 * SECOND_MS)
  await until(first.runner.end())
  const folder = `${it.dataDirectory}-copied`
  await it.reopen(() => copied(it.dataDirectory, folder))
  const relay = await it.begin()
  await time.advance(5 * SECOND_MS)
  const store = await openRelayStore({ dataDirectory: folder, surroundings: time })
  const other = await Ledger.open({ database: store.database, nowMs: time.nowMs, instanceId: store.instanceId })
  const owner = ownerByHand(it.opened)
  const trades = (newClientOrderId = other.orderIds.next()) =>
    owner.place({ side: "BUY", type: "MARKET", quantity: "0.001", newClientOrderId })
  const rests = () =>
    owner.place({
      side: "BUY",
      type: "LIMIT",
      timeInForce: "GTC",
      quantity: "0.001",
      price: "50000",
      newClientOrderId: other.orderIds.next(),
    })
  const resume = () =>
    until(
      relay.account.acceptOther().then(
        () => "may",
        ({ code, status }: Refusal) => `${status} ${code}`,
      ),
    )
  const end = async () => {
    await until(relay.runner.end())
    await until(it.exchange.close())
    await store.close()
    expect(it.bugs).toEqual([])
  }
  return { ...it, ...relay, other, trades, rests, resume, end }
}

test("two relays on copies of the same data never share an order id, and each knows the other's", async () => {
  const it = await two()
  const [own, others] = [it.ledger.orderIds.next(), it.other.orderIds.next()]
  expect(own).not.toBe(others)
  expect([it.ledger.orderIds.isFromLaterStart(others), it.ledger.orderIds.isFromLaterStart(own)]).toEqual([true, false])
  expect(own.length).toBeLessThanOrEqual(36)
  await it.end()
})

test("another relay's order that fills at once halts every bot of the account, keeps hands from buying, and resuming is refused until it is silent", async () => {
  const it = await two()
  const halted: string[] = []
  const idle = { bot: { ...it.runner.bot, id: "bot2", markets: ["ETH/USDT"] }, isOpen: true, equity: () => 1_000 }
  const parts = { positions: () => [], atRisk: () => new Map(), claims: () => [], invested: () => 0, poke: () => {} }
  const haltFor = async (because: string) => void halted.push(because)
  it.account.runners.add({ ...idle, ...parts, haltFor } as unknown as BotRunner)
  it.trades()
  await it.time.advance(2 * SECOND_MS)
  expect(it.runner.bot.haltedBecause).toMatch(/another Candlewright with a copy of this data/)
  expect(halted[0]).toBe(it.runner.bot.haltedBecause)
  const exposure = await it.until(it.account.exposure("BTC/USDT", usualRisk))
  expect(exposure.barred).toMatch(/another Candlewright/)
  expect(await it.resume()).toBe("409 other-relay")
  await it.time.advance(MINUTE_MS)
  it.rests()
  await it.time.advance(90 * SECOND_MS)
  expect(await it.resume()).toBe("409 other-relay")
  await it.time.advance(MINUTE_MS)
  expect(await it.resume()).toBe("may")
  await it.until(it.runner.wish("run", "Its owner resumes it."))
  await it.time.advance(3 * MINUTE_MS)
  // What still rests there is known to the owner, after a restart too.
  expect(it.runner.bot.status).toBe("running")
  await it.until(it.runner.end())
  const { runner } = await it.begin()
  await it.time.advance(MINUTE_MS)
  expect(runner.bot.status).toBe("running")
  it.trades()
  await it.time.advance(2 * SECOND_MS)
  expect(runner.bot.status).toBe("halted")
  await it.until(runner.end())
  await it.end()
})

test("an order by hand of a copy halts the bots too, in a market that none of them trades", async () => {
  const it = await two()
  it.account.listenForOthers((bug) => it.bugs.push(bug))
  await it.time.advance(2 * SECOND_MS)
  const [own, others] = [it.ledger.orderIds.next(), it.other.orderIds.next()]
  const elsewhere = ownerByHand(it.opened, "ETHUSDT")
  const hand = (newClientOrderId: string) =>
    elsewhere.place({ side: "BUY", type: "MARKET", quantity: "0.01", newClientOrderId })
  hand("of-its-owner")
  hand(own)
  await it.time.advance(2 * SECOND_MS)
  expect(it.runner.bot.status).toBe("running")
  hand(others)
  await it.time.advance(2 * SECOND_MS)
  expect(it.runner.bot.haltedBecause).toMatch(/another Candlewright with a copy of this data/)
  expect((await it.until(it.account.exposure("BTC/USDT", usualRisk))).barred).toMatch(/another Candlewright/)
  await it.end()
})

test("a copy that was started less often is known by what it sends from now on", async () => {
  const it = await two()
  await it.until(it.runner.end())
  const later = await it.begin()
  await it.time.advance(5 * SECOND_MS)
  it.trades()
  await it.time.advance(2 * SECOND_MS)
  expect(later.runner.bot.haltedBecause).toMatch(/another Candlewright with a copy of this data/)
  await it.until(later.runner.end())
  await it.end()
})

test("a Candlewright with data of its own and the same key is seen by its fresh orders", async () => {
  const it = await two()
  it.trades("cw0badcafe-3-zzzz-1")
  await it.time.advance(2 * SECOND_MS)
  expect(it.runner.bot.haltedBecause).toMatch(/another Candlewright sends orders on this account with the same key/)
  expect(await it.resume()).toBe("409 other-relay")
  await it.end()
})
