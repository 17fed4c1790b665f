import { existsSync } from "node:fs"
import { writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { minuteStrategy } from "../../bots/testing/minute-strategy.ts"
import type { BotView } from "../../bots/bot-view.ts"
import { differenceActions } from "../../bots/difference-answers.ts"
import type { DifferenceView } from "../../bots/inbox.ts"
import { Ledger } from "../../ledger/ledger.ts"
import { openRelayStore } from "../../store/relay-store.ts"
import { realSurroundings } from "../../surroundings.ts"
import { type OwnerCommand, ownerCommand } from "../testing/owner-command.ts"

const patience = { timeout: 60_000, interval: 1_000 }
// Each command is a process of its own.
vi.setConfig({ testTimeout: 180_000 })
let owner: OwnerCommand
let strategy: string

beforeAll(async () => {
  owner = await ownerCommand()
  strategy = join(dirname(owner.data), "minutes.json")
  await writeFile(strategy, JSON.stringify(minuteStrategy()))
})
afterAll(() => owner.remove())

const run = (...words: string[]) => owner.run(...words)
const json = async <Answer = BotView>(...words: string[]) => JSON.parse((await run(...words, "--json")).out) as Answer
const deploy = (...words: string[]) => ["bots", "deploy", "--strategy", strategy, "--account", "paper", ...words]
const why = async (...words: string[]) => {
  const { code, err } = await run(...words)
  return [code, err.split("\n")[0]]
}

test("a bot is deployed, looked at, paused, resumed and ended from the command line", async () => {
  const relay = await owner.start({ speed: 60, historyDays: 1 })
  await run("accounts", "add", "--name", "paper")
  const bot = await json(...deploy("--market", "BTC/USDT", "--cash", "100", "--name", "first"))
  expect(bot).toMatchObject({
    name: "first",
    markets: ["BTC/USDT"],
    cash: "100",
    hashes: { engine: expect.any(String) },
  })
  expect((await json<{ items: BotView[] }>("bots", "list")).items.map(({ id }) => id)).toEqual([bot.id])
  expect((await run("bots", "list")).out).toMatch(new RegExp(`^${bot.id} .* today .* BTC/USDT {2}first\\n$`))
  await expect.poll(async () => (await json("bots", "show", "first")).heartbeatMs, patience).not.toBeNull()
  expect((await run("bots", "pause", "first")).out).toContain("Entries are paused")
  expect((await json("bots", "show", bot.id)).status).toBe("paused")
  expect((await run("bots", "show", bot.id)).out).toMatch(/^first \([0-9a-f]+\) is paused\n/)
  expect((await json("bots", "resume", bot.id)).id).toBe(bot.id)
  expect((await run("bots", "close", "first")).code).toBe(0)
  expect((await json("bots", "stop", "first")).id).toBe(bot.id)
  await expect.poll(async () => (await json("bots", "show", "first")).status, patience).toBe("stopped")
  expect(await why("bots", "pause", "first")).toEqual([1, expect.stringContaining("has ended")])
  await relay.stop()
})

test("a second bot of a name gets a number, what cannot trade is refused, and a stopped relay still answers", async () => {
  const relay = await owner.start({ speed: 60, historyDays: 1 })
  const twins = [
    await json(...deploy("--market", "BTC-USDT", "--cash", "50", "--name", "twin")),
    await json(...deploy("--market", "ETHUSDT", "--cash", "50", "--name", "twin")),
  ]
  expect(twins.map(({ name }) => name)).toEqual(["twin", "twin 2"])
  expect((await json("bots", "pause", "twin 2")).id).toBe(twins[1].id)
  expect(await why(...deploy("--market", "NO/USDT", "--cash", "1"))).toEqual([1, expect.stringContaining("NO/USDT")])
  expect(await why(...deploy("--market", "BTC/USDT", "--cash", "1", "--param", "speed=3"))).toEqual([
    1,
    expect.stringContaining("speed"),
  ])
  await relay.stop()
  expect((await json("bots", "show", twins[0].id)).name).toBe("twin")
  expect((await run("bots", "show", twins[0].id)).out).toContain("no relay runs it")
  expect((await json("bots", "pause", twins[0].id)).status).toBe("paused")
})

test("coins that an exchange does not have are listed, and an answer that nothing can follow from is refused in words", async () => {
  expect((await run("reconcile", "list")).out).toMatch(/^Bots and exchanges agree/)
  const [bot] = (await json<{ items: BotView[] }>("bots", "list")).items
  await keepDifference(bot)
  const { items } = await json<{ items: DifferenceView[] }>("reconcile", "list")
  expect(items).toMatchObject([{ id: "missing", botId: bot.id, differenceQuantity: "0.1", actions: differenceActions }])
  expect((await run("reconcile", "list")).out).toMatch(/^missing {2}BTC\/USDT, bot .*\n {2}The exchange has 0\.4 BTC/)
  expect((await json("bots", "show", bot.id)).differences).toBe(1)
  expect(await why("reconcile", "missing", "buy-back")).toEqual([1, expect.stringContaining("has not been reached")])
  expect(await why("reconcile", "other", "adopt")).toEqual([1, "There is no such difference."])
  expect(await why("reconcile", "missing", "sell")).toEqual([
    2,
    expect.stringContaining('adopt, ignore, buy-back, not "sell"'),
  ])
  expect(await why("reconcile")).toEqual([2, expect.stringContaining("followed by list, or by an id")])
})

/** As a relay that no longer runs has found it. */
async function keepDifference({ id, accountId }: BotView): Promise<void> {
  const surroundings = realSurroundings()
  const store = await openRelayStore({ dataDirectory: owner.data, surroundings })
  const ledger = await Ledger.open({ ...store, nowMs: surroundings.nowMs })
  const is = {
    id: "missing",
    market: "BTC/USDT",
    botQuantity: 0.5,
    exchangeQuantity: 0.4,
    soldQuantity: 0,
    sinceMs: 1,
    isIgnored: false,
  }
  await ledger.keep({ id, accountId }, { difference: { market: is.market, is } })
  await store.close()
}

test("words that are not understood end with a sentence", async () => {
  expect(await why("bots")).toEqual([2, expect.stringContaining("bots is followed by deploy, list, show, pause")])
  expect(await why("bots", "constructor")).toEqual([2, expect.stringContaining('not "constructor"')])
  expect(await why("bots", "deploy", "--cash", "5")).toEqual([2, expect.stringContaining("--account is needed")])
  expect(await why("bots", "deploy", "--account", "paper", "--cash", "5")).toEqual([
    2,
    expect.stringContaining("--market is needed"),
  ])
  expect(await why("bots", "deploy", "--account", "a", "--cash", "5", "--market", "B/U")).toEqual([
    2,
    expect.stringContaining("--strategy is needed"),
  ])
  const file = join(dirname(owner.data), "broken.json")
  await writeFile(file, '{ "format": 1 }')
  expect(await why("bots", "deploy", "--account", "a", "--cash", "5", "--market", "B/U", "--strategy", file)).toEqual([
    1,
    expect.stringContaining("broken.json"),
  ])
  expect(await why("bots", "show")).toEqual([2, expect.stringContaining("the id or name of a bot is needed")])
  for (const command of ["show", "pause", "resume", "close", "stop", "parity"])
    expect(await why("bots", command, "no\u001b[31mbody")).toEqual([1, expect.stringMatching(/^There is no bot "/)])
})

test("what only asks of a folder that is not there says that there is nothing, and creates nothing", async () => {
  const fresh = await ownerCommand()
  for (const words of [
    ["bots", "list"],
    ["accounts", "list"],
    ["audit", "verify"],
    ["bots", "pause", "x"],
  ]) {
    const { code, err } = await fresh.run(...words)
    expect([code, err]).toEqual([1, expect.stringMatching(/There is nothing yet in .*nothing was created there/s)])
    expect(existsSync(fresh.data), words.join(" ")).toBe(false)
  }
  await fresh.remove()
})
