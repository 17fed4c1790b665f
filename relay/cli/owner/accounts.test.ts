import { afterAll, beforeAll, expect, test } from "vitest"
import type { Account } from "../../accounts/account.ts"
import { openRelayStore } from "../../store/relay-store.ts"
import { realSurroundings } from "../../surroundings.ts"
import { type OwnerCommand, ownerCommand } from "../testing/owner-command.ts"

let owner: OwnerCommand
beforeAll(async () => void (owner = await ownerCommand()))
afterAll(() => owner.remove())

const run = (...words: string[]) => owner.run(...words)
const json = async <Answer = Account>(...words: string[]) => JSON.parse((await run(...words, "--json")).out) as Answer

test("accounts are added, listed and given limits with the relay stopped or running, and the log of it is whole", async () => {
  const add = ["accounts", "add", "--name", "paper", "--venue", "practice", "--mode", "paper"]
  const added = await json(...add)
  expect(added).toMatchObject({ name: "paper", venue: "practice", mode: "paper", key: null })
  expect(await run(...add)).toMatchObject({ code: 1, err: expect.stringContaining("Another account has this name.") })
  const relay = await owner.start()
  const tight = await json(
    "accounts",
    "risk",
    "paper",
    "--daily-loss-percent",
    "2",
    "--allowed-markets",
    "BTC/USDT,ADA/USDT",
  )
  expect(tight.risk).toMatchObject({ dailyLossPercent: 2, allowedMarkets: ["ADA/USDT", "BTC/USDT"] })
  const loose = await run(
    "accounts",
    "risk",
    added.id,
    "--daily-loss-percent",
    "4",
    "--max-order-quote",
    "99.5",
    "--require-stop",
    "no",
  )
  expect(loose.out).toMatch(/daily-loss-percent +2 {2}\(from \d{4}-\d\d-\d\d 00:00 UTC on: 4\)/)
  expect(loose.out).toMatch(/require-stop +yes {2}\(from .* on: no\)/)
  expect(loose.out).toMatch(/max-order-quote +99.5\n/)
  expect((await run("accounts", "list")).out).toMatch(/^[0-9a-f]{16} {2}practice {2}paper {4}no key {2}paper\n$/)
  expect((await json<{ entries: number }>("audit", "verify")).entries).toBe(3)
  await relay.stop()
  expect((await json<{ items: Account[] }>("accounts", "list")).items).toMatchObject([
    { risk: { maxOrderQuote: "99.5" } },
  ])
  expect(await run("audit", "verify")).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      /^The log of changes is whole: 3 entries, head 3:[0-9a-f]{64}\.\nIt covers .*not what bots write by themselves.*\.\n$/,
    ),
  })
})

test("a log that was tampered with ends verify with exit code 1 and the entry's name", async () => {
  await json("accounts", "add", "--name", "other")
  const store = await openRelayStore({ dataDirectory: owner.data, surroundings: realSurroundings() })
  await store.database.updateTable("audit_entry").set({ actor: "{}" }).where("seq", "=", 1).execute()
  await store.close()
  const found = await run("audit", "verify", "--json")
  expect(found).toMatchObject({
    code: 1,
    err: "The log of changes is not whole.\nEntry 1 was changed after it was written.\n",
  })
  expect(JSON.parse(found.out)).toMatchObject({ faults: [{ seq: 1, kind: "changed" }] })
})

test("words that are not understood, or refused by the relay, end with a sentence", async () => {
  const why = async (...words: string[]) => {
    const { code, err } = await run(...words)
    return [code, err.split("\n")[0]]
  }
  expect(await why("accounts")).toEqual([2, expect.stringContaining("accounts is followed by add, list, risk")])
  expect(await why("accounts", "add")).toEqual([2, expect.stringContaining("--name is needed")])
  expect(await why("accounts", "add", "--name", "x", "--venue", "mtgox")).toEqual([
    2,
    expect.stringContaining("--venue is"),
  ])
  expect(await why("accounts", "add", "--name", "x", "--venue", "binance")).toEqual([
    1,
    expect.stringContaining(`(the venue "practice")`),
  ])
  expect(await why("accounts", "risk", "nobody")).toEqual([1, 'There is no account "nobody".'])
  expect(await why("accounts", "risk", "other", "--risk-percent", "1000")).toEqual([
    1,
    expect.stringContaining("risk.riskPercent"),
  ])
  expect(await why("accounts", "risk", "other", "--require-stop", "maybe")).toEqual([
    2,
    expect.stringContaining("yes or no"),
  ])
  expect(await why("audit")).toEqual([2, expect.stringContaining("audit is followed by verify")])
})
