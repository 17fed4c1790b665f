import { rm } from "node:fs/promises"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { DAY_MS } from "#engine/candles"
import { realSurroundings, type Surroundings } from "../surroundings.ts"
import { openedApp, type Ask, type OpenedApp } from "../testing/opened-app.ts"
import { filesUnder, findSecrets } from "../testing/secret-search.ts"
import type { Account } from "./account.ts"
import type { CheckKey, KeyVerdict } from "./key-check.ts"
import { barsOf, keepBar } from "../ledger/entry-bar.ts"
import { EntryBars } from "../bots/entry-bars.ts"
import { usualRisk } from "./risk.ts"

const owner = { kind: "owner", id: "owner", name: "test" } as const
let nowMs: number
let surroundings: Surroundings
let verdict: KeyVerdict
let relay: OpenedApp
let headers: Record<string, string>

/** Stands for the exchange at the edge of the network: it says what the test wants of any key. */
const checkKey: CheckKey = async () => verdict

beforeEach(() => {
  nowMs = 20_000 * DAY_MS + 1_000
  let steadyMs = 0
  surroundings = { ...realSurroundings(), nowMs: () => nowMs, steadyMs: () => (steadyMs += 60_000) }
  verdict = { ok: true }
})

afterEach(() => relay.close())

async function open(check?: CheckKey) {
  relay = await openedApp({ surroundings, checkKey: check })
  headers = await relay.bearer("admin")
}

const ask = (route: string, body?: unknown) => relay.ask(route, { headers, body })

async function answerOf<Answer = Account>(route: string, body?: unknown): Promise<Answer> {
  const answer = await ask(route, body)
  expect(answer.status, route).toBeLessThan(300)
  return (await answer.json()) as Answer
}

async function refusalOf(route: string, body?: unknown) {
  const answer = await ask(route, body)
  return { status: answer.status, ...((await answer.json()) as { code: string; error: string; field?: string }) }
}

const practice = { name: "paper", venue: "practice", mode: "paper" }
const key = { apiKey: "aB3x".repeat(16), secret: "Qw7e".repeat(16) }
const live = { name: "live", venue: "binance", mode: "live", key }

test("a practice account is added, found, renamed, and removed; its name is its own", async () => {
  await open()
  const added = await answerOf("POST /api/accounts", practice)
  expect(added).toEqual({
    ...practice,
    id: expect.stringMatching(/^[0-9a-f]{16}$/),
    isStandIn: false,
    createdMs: nowMs,
    key: null,
    warnings: [],
    risk: usualRisk,
    riskLater: null,
  })
  expect(await answerOf(`GET /api/accounts/${added.id}`)).toEqual(added)
  expect(await refusalOf("POST /api/accounts", practice)).toMatchObject({
    status: 409,
    code: "name-taken",
    field: "name",
  })
  const other = await answerOf("POST /api/accounts", { ...practice, name: "other" })
  expect(await refusalOf(`PATCH /api/accounts/${other.id}`, { name: "paper" })).toMatchObject({ status: 409 })
  expect(await answerOf(`PATCH /api/accounts/${other.id}`, { name: "second" })).toMatchObject({ name: "second" })
  const { items } = await answerOf<{ items: Account[] }>("GET /api/accounts")
  expect(items.map(({ name }) => name).toSorted()).toEqual(["paper", "second"])
  expect((await ask(`DELETE /api/accounts/${added.id}`)).status).toBe(204)
  expect(await refusalOf(`GET /api/accounts/${added.id}`)).toMatchObject({ status: 404, code: "unknown-id" })
  expect(await refusalOf(`GET /api/accounts/${added.id}/key-log`)).toMatchObject({ status: 404 })
})

test("risk settings are tightened at once and loosened from the next UTC day, and the answer says which", async () => {
  await open()
  const { id } = await answerOf("POST /api/accounts", {
    ...practice,
    risk: { dailyLossPercent: "2.5", maxOrderQuote: "250.50" },
  })
  const change = {
    risk: { dailyLossPercent: 5, maxPositions: 1, allowedMarkets: ["ETH/USDT", "BTC/USDT", "BTC/USDT"] },
  }
  const changed = await answerOf(`PATCH /api/accounts/${id}`, change)
  const allowedMarkets = ["BTC/USDT", "ETH/USDT"]
  const wanted = { ...usualRisk, maxOrderQuote: "250.50", maxPositions: 1, allowedMarkets, dailyLossPercent: 5 }
  expect(changed.risk).toEqual({ ...wanted, dailyLossPercent: 2.5 })
  expect(changed.riskLater).toEqual({ fromMs: 20_001 * DAY_MS, risk: wanted })
  nowMs = 20_001 * DAY_MS - 1
  expect(await answerOf(`GET /api/accounts/${id}`)).toEqual(changed)
  nowMs += 1
  expect(await answerOf(`GET /api/accounts/${id}`)).toMatchObject({ risk: wanted, riskLater: null })
})

test.each([
  [{ riskPercent: 0 }, "riskPercent"],
  [{ riskPercent: 100.1 }, "riskPercent"],
  [{ riskPercent: 1e-7 }, "riskPercent"],
  [{ riskPercent: "1e1" }, "riskPercent"],
  [{ riskPercent: null }, "riskPercent"],
  [{ maxPositions: 0 }, "maxPositions"],
  [{ maxPositions: 2.5 }, "maxPositions"],
  [{ maxCorrelation: 1.1 }, "maxCorrelation"],
  [{ maxCorrelation: -0.1 }, "maxCorrelation"],
  [{ maxOrderQuote: "0.00" }, "maxOrderQuote"],
  [{ maxOrderQuote: "1,5" }, "maxOrderQuote"],
  [{ maxOrderQuote: "-5" }, "maxOrderQuote"],
  [{ maxOrderQuote: 5 }, "maxOrderQuote"],
  [{ maxOrderQuote: "1.123456789" }, "maxOrderQuote"],
  [{ maxOrdersPerMinute: 10_001 }, "maxOrdersPerMinute"],
  [{ allowedMarkets: ["btc"] }, "allowedMarkets.0"],
  [{ allowedMarkets: "BTC/USDT" }, "allowedMarkets"],
  [{ requireStop: "no" }, "requireStop"],
  [{ maxLeverage: 3 }, "maxLeverage"],
])("the risk settings %j are refused with their place, and nothing is changed", async (risk, place) => {
  await open()
  const { id } = await answerOf("POST /api/accounts", practice)
  expect(await refusalOf(`PATCH /api/accounts/${id}`, { risk })).toMatchObject({ status: 422, field: `risk.${place}` })
  expect(await answerOf(`GET /api/accounts/${id}`)).toMatchObject({ risk: usualRisk, riskLater: null })
})

test("while nothing can check a key, accounts of real exchanges are refused in words, misshapen keys before that", async () => {
  await open()
  expect(await refusalOf("POST /api/accounts", live)).toMatchObject({
    status: 422,
    code: "venue-later",
    field: "venue",
  })
  const spaced = { ...live, key: { ...key, apiKey: `${key.apiKey} x` } }
  expect(await refusalOf("POST /api/accounts", spaced)).toMatchObject({ status: 422, field: "key.apiKey" })
  expect(await refusalOf("POST /api/accounts", { ...practice, key })).toMatchObject({ status: 422, field: "key" })
  expect(await refusalOf("POST /api/accounts", { ...practice, mode: "live" })).toMatchObject({
    status: 422,
    field: "mode",
  })
  const { id } = await answerOf("POST /api/accounts", practice)
  expect((await refusalOf(`PUT /api/accounts/${id}/key`, key)).error).toContain("needs no key")
  expect(await relay.store.database.selectFrom("vault").selectAll().execute()).toEqual([])
})

test("a key that the exchange approves is kept and known by its last letters; a refused one changes nothing", async () => {
  await open(checkKey)
  verdict = {
    ok: false,
    code: "key-can-withdraw",
    because: "This key may withdraw money. Make one without that right.",
  }
  expect(await refusalOf("POST /api/accounts", live)).toMatchObject({
    status: 422,
    code: "key-can-withdraw",
    field: "key",
  })
  expect(await answerOf("GET /api/accounts")).toEqual({ items: [], next: null })
  verdict = { ok: true }
  const { id, key: shown } = await answerOf("POST /api/accounts", live)
  expect(shown).toEqual({
    last4: "aB3x",
    fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
    version: 1,
    sinceMs: nowMs,
  })
  const other = { apiKey: "zZ9y".repeat(16), secret: "pO8i".repeat(16) }
  verdict = { ok: false, code: "key-can-withdraw", because: "This key may withdraw money." }
  nowMs += 1
  expect(await refusalOf(`PUT /api/accounts/${id}/key`, other)).toMatchObject({ status: 422 })
  expect((await relay.accounts.keys.open(id, owner))?.secret.reveal()).toBe(key.secret)
  verdict = { ok: true }
  nowMs += 1
  expect((await answerOf(`PUT /api/accounts/${id}/key`, other)).key).toMatchObject({ last4: "zZ9y", version: 2 })
  nowMs += 1
  expect((await relay.accounts.keys.open(id, owner))?.secret.reveal()).toBe(other.secret)
  const whats = async (query: string) => {
    const page = await answerOf<{ items: { what: string }[]; next: string | null }>(
      `GET /api/accounts/${id}/key-log${query}`,
    )
    return { whats: page.items.map(({ what }) => what), next: page.next }
  }
  const all = ["opened", "changed", "refused", "opened", "added"]
  expect((await whats("")).whats.toSorted()).toEqual(all.toSorted())
  const first = await whats("?limit=2")
  const second = await whats(`?limit=2&after=${first.next}`)
  const third = await whats(`?limit=2&after=${second.next}`)
  expect([...first.whats, ...second.whats, ...third.whats].toSorted()).toEqual(all.toSorted())
  expect(third.next).toBeNull()
  expect(await refusalOf(`GET /api/accounts/${id}/key-log?limit=0`)).toMatchObject({ status: 400, code: "bad-address" })
  expect(await refusalOf(`GET /api/accounts/${id}/key-log?after=x`)).toMatchObject({ status: 400, code: "bad-address" })
})

test("of two new keys at once one is kept, and the other is refused", async () => {
  await open(checkKey)
  const { id } = await answerOf("POST /api/accounts", live)
  const others = ["zZ9y", "wW1v"].map((four) => ({ apiKey: four.repeat(16), secret: four.repeat(16) }))
  const answers = await Promise.all(others.map((other) => ask(`PUT /api/accounts/${id}/key`, other)))
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
})

test("a kept key that was put back from before, or in from another account, does not open, and the log says so", async () => {
  await open(checkKey)
  const [one, two] = [
    await answerOf("POST /api/accounts", live),
    await answerOf("POST /api/accounts", { ...live, name: "two", key: { ...key, apiKey: "wW1v".repeat(16) } }),
  ]
  const { database } = relay.store
  const rowOf = (id: string) =>
    database.selectFrom("account_key").selectAll().where("account_id", "=", id).executeTakeFirstOrThrow()
  const put = (id: string, row: object) =>
    database.updateTable("account_key").set(row).where("account_id", "=", id).execute()
  const [first, foreign] = [await rowOf(one.id), await rowOf(two.id)]
  await answerOf(`PUT /api/accounts/${one.id}/key`, { apiKey: "zZ9y".repeat(16), secret: "pO8i".repeat(16) })
  const { version: _, ...olderInDisguise } = first
  for (const forged of [first, olderInDisguise, { ...foreign, account_id: one.id }]) {
    await put(one.id, forged)
    await expect(relay.accounts.keys.open(one.id, owner)).rejects.toThrow("is not the one that was put there")
  }
  await database.updateTable("account").set({ key_version: 1 }).where("id", "=", one.id).execute()
  await database.updateTable("account").set({ venue: "bybit" }).where("id", "=", two.id).execute()
  await expect(relay.accounts.keys.open(two.id, owner)).rejects.toThrow("is not the one that was put there")
  const uses = await relay.accounts.keys.uses.list(one.id, { limit: 10 })
  expect(uses.filter(({ what }) => what === "tampered")).toHaveLength(3)
})

test("with the key file gone a new key is refused with a sentence, and everything else works", async () => {
  await open(checkKey)
  const { id } = await answerOf("POST /api/accounts", live)
  await rm(join(relay.home, "keys.key"))
  await relay.store.close()
  relay = await openedApp({ surroundings, checkKey, home: relay.home })
  expect(await answerOf("GET /api/health")).toMatchObject({
    status: "locked",
    checks: { keys: "locked", database: "ok" },
  })
  expect(await answerOf(`GET /api/accounts/${id}`)).toMatchObject({ key: { last4: "aB3x" } })
  expect(await refusalOf(`PUT /api/accounts/${id}/key`, key)).toMatchObject({ status: 503, code: "locked" })
  expect(await answerOf("POST /api/accounts", practice)).toMatchObject({ name: "paper" })
  expect(await answerOf(`PATCH /api/accounts/${id}`, { risk: { riskPercent: 0.5 } })).toMatchObject({
    risk: { riskPercent: 0.5 },
  })
})

test("every change of people, tokens, accounts, keys and risk is in the log, by whom, and the log is whole", async () => {
  await open(checkKey)
  const { id } = await answerOf("POST /api/accounts", live)
  await answerOf(`PATCH /api/accounts/${id}`, { name: "renamed", risk: { riskPercent: 2 } })
  await answerOf(`PUT /api/accounts/${id}/key`, { apiKey: "zZ9y".repeat(16), secret: "pO8i".repeat(16) })
  await ask(`DELETE /api/accounts/${id}`)
  const made = await answerOf<{ id: string }>("POST /api/tokens", { name: "t", scope: "read" })
  await ask(`DELETE /api/tokens/${made.id}`)
  await refusalOf(`DELETE /api/tokens/${made.id}`)
  const { items } = await answerOf<{ items: { what: string; subject: string; actor: { name: string } }[] }>(
    "GET /api/audit",
  )
  expect(items.map(({ what }) => what)).toEqual([
    "token.revoked",
    "token.made",
    "account.removed",
    "account.key-removed",
    "account.key-changed",
    "account.risk-changed",
    "account.renamed",
    "account.key-added",
    "account.added",
    "token.made",
  ])
  expect(items[0]).toMatchObject({ subject: `token ${made.id}`, actor: { kind: "token", name: "for admin" } })
  expect(await answerOf("GET /api/audit/verification")).toMatchObject({ entries: 10, faults: [] })
  await relay.store.database.updateTable("audit_entry").set({ subject: "account x" }).where("seq", "=", 4).execute()
  expect(await answerOf("GET /api/audit/verification")).toMatchObject({ faults: [{ seq: 4, kind: "changed" }] })
})

test("what is changed in the database past the log is named: a wider token, a looser limit, a forged token, a key taken away", async () => {
  await open(checkKey)
  const { id } = await answerOf("POST /api/accounts", live)
  const made = await answerOf<{ id: string }>("POST /api/tokens", { name: "t", scope: "read" })
  const { database } = relay.store
  const strays = async () => (await relay.audit.check()).faults.map(({ sentence }) => sentence)
  expect(await strays()).toEqual([])
  await database.updateTable("token").set({ scope: "admin" }).where("id", "=", made.id).execute()
  expect(await strays()).toEqual([`The token ${made.id} was changed past the log: entry 4 left it otherwise.`])
  await database.updateTable("token").set({ scope: "read", last_used_ms: 5 }).where("id", "=", made.id).execute()
  expect(await strays()).toEqual([])
  const token = await database.selectFrom("token").selectAll().where("id", "=", made.id).executeTakeFirstOrThrow()
  await database
    .insertInto("token")
    .values({ ...token, id: "forged" })
    .execute()
  expect(await strays()).toEqual(["The token forged was changed past the log: the log knows nothing of it."])
  await database.deleteFrom("token").where("id", "=", "forged").execute()
  const { risk } = await database.selectFrom("account").select("risk").executeTakeFirstOrThrow()
  await database
    .updateTable("account")
    .set({ risk: risk.replaceAll('"riskPercent":1', '"riskPercent":90') })
    .execute()
  await database.deleteFrom("account_key").execute()
  expect(await strays()).toEqual([
    `The account ${id} was changed past the log: entry 2 left it otherwise.`,
    `The key of account ${id} is gone, though entry 3 left it there.`,
  ])
})

test("a limit that was reached is in the log with its lifting, and whoever takes it out of the database is found out", async () => {
  await open()
  const { ledger, audit } = relay
  const { database } = relay.store
  const logged = async () =>
    (await audit.list({ limit: 9 })).filter(({ what }) => /limit|found/.test(what)).toReversed()
  const strays = async () => (await audit.check()).faults.map(({ sentence }) => sentence)
  const bars = new EntryBars({ accountId: "a", ledger })
  const bar = { name: "daily-loss", words: "lost 3 % today", sinceMs: 1, untilMs: 100 } as const
  await bars.raise(bar, { words: "Nothing is bought.", about: { limit: bar.name } })
  await bars.lift("daily-loss", 50)
  expect(await logged()).toMatchObject([
    { what: "limit.reached", subject: "limit daily-loss of account a", actor: { kind: "relay" }, beforeHash: null },
    { what: "limit.changed", subject: "limit daily-loss of account a" },
  ])
  expect(await strays()).toEqual([])
  await database.updateTable("entry_bar").set({ until_ms: 2 }).execute()
  expect(await strays()).toEqual([expect.stringMatching(/^The limit daily-loss of account a was changed past the log/)])
  await database.deleteFrom("entry_bar").execute()
  expect(await strays()).toEqual([expect.stringMatching(/^The limit daily-loss of account a is gone/)])

  // One of an older Candlewright, whose log knew of none.
  const row = { account_id: "b", name: "drawdown", words: "", since_ms: 1, until_ms: null }
  await database.insertInto("entry_bar").values(row).execute()
  for (let start = 0; start < 2; start++) await audit.begin()
  expect((await logged()).map(({ subject }) => subject)).toContain("limit drawdown of account b")
  expect(await strays()).toHaveLength(1)
})

test("what an older Candlewright kept before it had a log is entered when the log begins, once", async () => {
  await open()
  const { database } = relay.store
  await database.deleteFrom("audit_entry").execute()
  await database.deleteFrom("audit_head").execute()
  for (let start = 0; start < 2; start++) {
    await relay.store.close()
    relay = await openedApp({ surroundings, home: relay.home })
    expect((await relay.audit.list({ limit: 5 })).map(({ what }) => what)).toEqual(["found"])
    expect((await relay.audit.check()).faults).toEqual([])
  }
})

test("a secret is in no answer, log line or file that is left behind, in none of its writings", async () => {
  await open(checkKey)
  const [apiKey, secret] = ["CanaryApiKey0", "CanarySecret0"].map((word) => word.padEnd(64, "x7Q"))
  const said: string[] = []
  const hear = async (route: string, ask: Ask) => {
    const answer = await relay.ask(route, { headers, ...ask })
    said.push(await answer.text(), JSON.stringify([...answer.headers]))
    return answer.status
  }
  const body = { ...live, key: { apiKey, secret } }
  expect(await hear("POST /api/accounts", { body })).toBe(201)
  const [{ id }] = (await answerOf<{ items: Account[] }>("GET /api/accounts")).items
  const statuses = [
    await hear("POST /api/accounts", { body }),
    await hear("POST /api/accounts", { body: { ...body, venue: "bybit" } }),
    await hear("POST /api/accounts", { body: { ...body, key: { apiKey, secret, more: secret } } }),
    await hear("POST /api/accounts", { body: { ...body, key: secret } }),
    await hear("POST /api/accounts", { body: { ...body, mode: secret, venue: apiKey } }),
    await hear("POST /api/accounts", { text: `{"key":{"apiKey":"${apiKey}","secret":"${secret}"` }),
    await hear("POST /api/accounts", { text: secret }),
    await hear(`PUT /api/accounts/${id}/key`, { body: { apiKey: `${apiKey} x`, secret } }),
    await hear(`PUT /api/accounts/${id}/key`, { body: { apiKey, secret: secret.slice(1) } }),
    await hear(`PUT /api/accounts/${id}/key`, { body: { apiKey, secret } }),
  ]
  expect(statuses).toEqual([409, 422, 422, 422, 422, 400, 400, 422, 422, 200])
  for (const path of ["accounts", `accounts/${id}`, `accounts/${id}/key-log`, "audit", "audit/verification", "health"])
    await hear(`GET /api/${path}`, {})
  const opened = await relay.accounts.keys.open(id, owner)
  said.push(JSON.stringify(opened), String(opened?.secret), ...relay.bugs.map(String))
  const files = await filesUnder(relay.home)
  expect(files.length).toBeGreaterThan(2)
  const heard = { name: "what was said", bytes: Buffer.from(said.join("\n")) }
  expect(findSecrets([...files, heard], { apiKey, secret })).toEqual([])
  expect(opened?.secret.reveal()).toBe(secret)
})

test("one key is one account: a second one with it is refused by the name of the first, so is changing to it, and a removed account frees it the next day", async () => {
  await open(checkKey)
  const first = await answerOf("POST /api/accounts", live)
  const inUse = { status: 409, code: "key-in-use", field: "key", error: expect.stringContaining('"live"') }
  expect(await refusalOf("POST /api/accounts", { ...live, name: "second" })).toMatchObject(inUse)
  const otherKey = { apiKey: "zZ9y".repeat(16), secret: key.secret }
  const second = await answerOf("POST /api/accounts", { ...live, name: "second", key: otherKey })
  expect(await refusalOf(`PUT /api/accounts/${second.id}/key`, key)).toMatchObject(inUse)
  expect(await answerOf(`GET /api/accounts/${second.id}`)).toEqual(second)
  expect(await answerOf(`PUT /api/accounts/${first.id}/key`, key)).toMatchObject({ key: { version: 2 } })
  // At the test network the same letters are another key.
  await answerOf("POST /api/accounts", { ...live, name: "network", mode: "testnet" })
  expect((await ask(`DELETE /api/accounts/${first.id}`)).status).toBe(204)
  expect(await refusalOf(`PUT /api/accounts/${second.id}/key`, key)).toMatchObject({
    code: "removed-today",
    error: expect.stringMatching(/removed here today as "live".* from 2024-10-05 00:00 UTC/),
  })
  nowMs += DAY_MS
  // Nothing shows here that it is of the same account, so its owner hears that nobody knows.
  expect(await answerOf(`PUT /api/accounts/${second.id}/key`, key)).toMatchObject({
    warnings: [expect.stringMatching(/does not say which account there this key opens.*put the old key back/)],
  })
})

test("another key of the same account at the exchange is refused by the name of the one that has it, at once and by a change of keys", async () => {
  await open(checkKey)
  verdict = { ok: true, ofAccount: "42" }
  const first = await answerOf("POST /api/accounts", live)
  const otherKey = { apiKey: "zZ9y".repeat(16), secret: key.secret }
  const inUse = {
    status: 409,
    code: "key-in-use",
    field: "key",
    error: expect.stringMatching(/^This key opens .*"live"/),
  }
  const second = { ...live, name: "second", key: otherKey }
  expect(await refusalOf("POST /api/accounts", second)).toMatchObject(inUse)
  // The test network counts accounts by itself, and so does another exchange.
  await answerOf("POST /api/accounts", { ...second, name: "network", mode: "testnet" })
  verdict = { ok: true, ofAccount: "43" }
  const { id } = await answerOf("POST /api/accounts", second)
  verdict = { ok: true, ofAccount: "42" }
  expect(await refusalOf(`PUT /api/accounts/${id}/key`, { ...otherKey, apiKey: "xX8w".repeat(16) })).toMatchObject(
    inUse,
  )
  verdict = { ok: true, ofAccount: "44" }
  expect(await refusalOf(`PUT /api/accounts/${id}/key`, { ...otherKey, apiKey: "xX8w".repeat(16) })).toMatchObject({
    code: "other-account",
    error: expect.stringMatching(/add an account here/),
  })
  verdict = { ok: true, ofAccount: "42" }
  // Rotating keys within its own account is what one does.
  expect(await answerOf(`PUT /api/accounts/${first.id}/key`, { ...key, apiKey: "wW7v".repeat(16) })).toMatchObject({
    key: { version: 2 },
  })
})

test("an account of an older version is asked whose its key is, once, and buys nothing where another has it for longer", async () => {
  await open(checkKey)
  await answerOf("POST /api/accounts", live)
  nowMs += 1
  const otherKey = { apiKey: "zZ9y".repeat(16), secret: key.secret }
  const second = await answerOf("POST /api/accounts", { ...live, name: "second", key: otherKey })
  const first = (await relay.accounts.list()).find(({ name }) => name === "live")!
  let asked = 0
  const ask = async () => (asked++, "42")
  expect(await relay.accounts.twinOf(first.id, ask)).toBeUndefined()
  expect(await relay.accounts.twinOf(second.id, ask)).toBe("live")
  expect(await relay.accounts.twinOf(second.id, ask)).toBe("live")
  expect(asked).toBe(2)
})

test("accounts that came to the same key by a restore or an older version: the later one buys nothing, and says why", async () => {
  await open(checkKey)
  const first = await answerOf("POST /api/accounts", live)
  nowMs += 1
  const otherKey = { apiKey: "zZ9y".repeat(16), secret: key.secret }
  const second = await answerOf("POST /api/accounts", { ...live, name: "second", key: otherKey })
  const { fingerprint } = first.key!
  await relay.store.database
    .updateTable("account_key")
    .set({ fingerprint })
    .where("account_id", "=", second.id)
    .execute()
  expect((await answerOf(`GET /api/accounts/${second.id}`)).warnings).toEqual([
    expect.stringMatching(/^Nothing is bought: the account "live" is the same account at the exchange/),
  ])
  expect(await answerOf(`GET /api/accounts/${first.id}`)).toEqual(first)
})

test.each([
  ["the same key", undefined, key],
  ["another key of the same account at the exchange", "42", { ...key, apiKey: "zZ9y".repeat(16) }],
])(
  "an account that is removed and added again with %s is the one it was: limits that were reached, results and settings of its day hold on",
  async (_, ofAccount, again) => {
    await open(checkKey)
    verdict = { ok: true, ofAccount }
    const loose = { dailyLossPercent: 50, maxPositions: 9 }
    const first = await answerOf("POST /api/accounts", { ...live, risk: { dailyLossPercent: 2 } })
    const bar = { name: "daily-loss" as const, words: "lost", sinceMs: nowMs, untilMs: 20_001 * DAY_MS }
    const keep = keepBar as unknown as (...given: unknown[]) => Promise<void>
    await keep(relay.store.database, first.id, { bar })
    const dayEndMs = 20_001 * DAY_MS
    for (let n = 0; n < 2; n++) {
      nowMs += 1_000
      expect((await ask(`DELETE /api/accounts/${first.id}`)).status).toBe(204)
      const back = await answerOf("POST /api/accounts", { ...live, name: `again ${n}`, key: again, risk: loose })
      expect(back).toMatchObject({
        id: first.id,
        name: `again ${n}`,
        warnings: [
          expect.stringMatching(
            /was here before, as ".*", until .*: its records go on; a limit .* before 2024-10-05 00:00 UTC/,
          ),
        ],
        risk: { dailyLossPercent: 2, maxPositions: 3 },
        riskLater: { fromMs: dayEndMs, risk: loose },
        key: { version: n + 2 },
      })
      expect(await barsOf(relay.store.database, back.id)).toEqual([bar])
    }
    expect((await relay.accounts.keys.open(first.id, owner))?.apiKey.reveal()).toBe(again.apiKey)
    await ask(`DELETE /api/accounts/${first.id}`)
    verdict = { ok: true, ofAccount: "43" }
    const strange = { ...live, key: { ...key, apiKey: "qQ1w".repeat(16) }, risk: loose }
    expect(await answerOf("POST /api/accounts", strange)).toMatchObject({ risk: loose, riskLater: null, warnings: [] })
    nowMs = dayEndMs
    verdict = { ok: true, ofAccount }
    expect(await answerOf("POST /api/accounts", { ...live, name: "next day", key: again, risk: loose })).toMatchObject({
      id: first.id,
      risk: loose,
      riskLater: null,
      warnings: [expect.stringMatching(/its records go on\.$/)],
    })
    expect(relay.bugs).toEqual([])
  },
)
