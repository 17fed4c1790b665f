import { rm } from "node:fs/promises"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { realVenues } from "#venues"
import type { Exchange } from "../exchange/exchange.ts"
import { type PracticeExchange, startPracticeExchange } from "../exchange/practice-exchange.ts"
import { realSurroundings } from "../surroundings.ts"
import { openedApp, type OpenedApp } from "../testing/opened-app.ts"
import { AccountExchanges } from "./account-exchanges.ts"
import { VenueWays } from "./venue-ways.ts"

// Accounts at the practice exchange as it runs beside the relay: in a thread of its own, kept in a folder.

const surroundings = realSurroundings()
const owner = { kind: "owner", id: "owner", name: "test" } as const
const everything = () => {}
let relay: OpenedApp
let practice: PracticeExchange
let desk: AccountExchanges
let printed: string[]

beforeEach(async () => {
  relay = await openedApp()
  await begin()
})
afterEach(async () => {
  await end()
  await relay.close()
})

const folder = () => join(relay.home, "data/practice")

/** The exchange and the desk, as a relay starts them. */
async function begin() {
  printed = []
  practice = (await startPracticeExchange({ folder: folder() }, surroundings))!
  const ways = new VenueWays({ venues: realVenues, practice, surroundings })
  const print = (line: string) => void printed.push(line)
  desk = new AccountExchanges({ accounts: relay.accounts, ways, practice, surroundings, print })
}

async function end() {
  await desk.close()
  await practice.stop()
}

const add = (name: string) => relay.accounts.add({ name, venue: "practice", mode: "paper" }, owner)

async function usdtOf(exchange: Exchange): Promise<number> {
  const found = (await exchange.balances()).find(({ asset }) => asset === "USDT")
  return Number(found?.free)
}

const bought = { market: "BTC/USDT", side: "buy", quantity: "0.01", kind: "market" } as const

test("each practice account has its own money at the practice exchange, and still needs no key", async () => {
  const [one, other] = [await add("one"), await add("other")]
  const [mine, theirs] = [await desk.open(one.id, everything), await desk.open(other.id, everything)]
  expect(await mine.place({ ...bought, clientOrderId: "a" })).toMatchObject({ ok: true })
  expect(await usdtOf(mine)).toBeLessThan(10_000)
  expect(await usdtOf(theirs)).toBe(10_000)
  expect((await relay.accounts.find(one.id))!.key).toBeNull()
})

test("two bots that come first at the same time find one account, not two", async () => {
  const { id } = await add("one")
  const [first, second] = await Promise.all([desk.open(id, everything), desk.open(id, everything)])
  await first.place({ ...bought, clientOrderId: "a" })
  expect(await second.order({ market: "BTC/USDT", clientOrderId: "a" })).toMatchObject({ status: "filled" })
})

test("after a restart of relay and exchange an account has its orders and its money as before", async () => {
  const { id } = await add("one")
  const before = await desk.open(id, everything)
  await before.place({ ...bought, clientOrderId: "a" })
  const left = await usdtOf(before)
  await end()
  await begin()
  const after = await desk.open(id, everything)
  expect(await usdtOf(after)).toBe(left)
  expect(await after.order({ market: "BTC/USDT", clientOrderId: "a" })).toMatchObject({ status: "filled" })
  expect(printed).toEqual([])
})

test("an exchange that began anew opens the account once more, and says so", async () => {
  const { id } = await add("one")
  const lost = await desk.open(id, everything)
  await lost.place({ ...bought, clientOrderId: "a" })
  await end()
  await rm(folder(), { recursive: true })
  await begin()
  const [first, second] = await Promise.all([desk.open(id, everything), desk.open(id, everything)])
  expect(await usdtOf(first)).toBe(10_000)
  await first.place({ ...bought, clientOrderId: "b" })
  expect(await second.order({ market: "BTC/USDT", clientOrderId: "b" })).toMatchObject({ status: "filled" })
  expect(printed).toEqual([expect.stringContaining(`no longer knew the account "one"`)])
})

test("nothing leaves that the gate of the account's user does not let out", async () => {
  const { id } = await add("one")
  const closed = await desk.open(id, ({ kind }) => {
    if (kind !== "read") throw new Error("the kill switch is on")
  })
  expect(await closed.place({ ...bought, clientOrderId: "a" })).toMatchObject({ because: "refused", reason: "gate" })
  expect(await usdtOf(closed)).toBe(10_000)
})

test("an account that is not there is a 404; one whose practice exchange does not run waits, in words", async () => {
  await expect(desk.open("0000", everything)).rejects.toMatchObject({ status: 404 })
  const { id } = await add("one")
  const ways = new VenueWays({ venues: realVenues, practice: undefined, surroundings })
  const { accounts } = relay
  const without = new AccountExchanges({ accounts, ways, practice: undefined, surroundings, print: () => {} })
  await expect(without.open(id, everything)).rejects.toMatchObject({
    status: 503,
    code: "exchange-away",
    message: expect.stringContaining("Nothing is lost"),
  })
})

test("each use of the key is in the account's log", async () => {
  const { id } = await add("one")
  await desk.open(id, everything)
  await (await desk.open(id, everything)).close()
  const uses = await relay.accounts.keys.uses.list(id, { limit: 10 })
  expect(uses.map(({ what, who }) => `${what} by ${who}`).toSorted()).toEqual([
    "added by relay relay",
    "opened by relay relay",
  ])
})
