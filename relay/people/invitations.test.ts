import { afterEach, beforeEach, expect, test } from "vitest"
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#engine/candles"
import { keptBot } from "../ledger/testing/kept-bot.ts"
import { realSurroundings } from "../surroundings.ts"
import { browser, openedApp, type OpenedApp } from "../testing/opened-app.ts"

let relay: OpenedApp
let clock: { nowMs: number; steadyMs: number }
let owner: Record<string, string>

beforeEach(async () => {
  clock = { nowMs: Date.now(), steadyMs: 0 }
  await open()
})

afterEach(() => relay.close())

async function open(home?: string) {
  const surroundings = { ...realSurroundings(), nowMs: () => clock.nowMs, steadyMs: () => clock.steadyMs }
  relay = await openedApp({ surroundings, home })
  owner = await relay.bearer("admin")
}

type Invited = { id: string; url: string; name: string; untilMs: number }

const tokenIn = (url: string) => url.split("#pair=")[1]

async function invite(wanted: object): Promise<Invited> {
  const answer = await relay.ask("POST /api/people/invitations", { headers: owner, body: wanted })
  expect(answer.status).toBe(201)
  return (await answer.json()) as Invited
}

async function openLink(url: string) {
  const own = browser()
  const body = { token: tokenIn(url), name: "Their phone", publicKey: own.publicKey }
  const answer = await relay.ask("POST /api/pair", { body })
  const { id, run } = (await answer.json()) as { id: string; run: string }
  const ask = (route: string) => {
    const [method, path] = route.split(" ")
    const proof = own.proof({ device: id, run, method, path, timeMs: clock.nowMs })
    return relay.ask(route, { headers: { authorization: `Proof ${proof}` } })
  }
  return { status: answer.status, ask }
}

const read = async <Answer>(route: string): Promise<Answer> =>
  (await (await relay.ask(route, { headers: owner })).json()) as Answer
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code]

test("an invitation makes whoever opens it a person of its role, once, and shows them the accounts it names", async () => {
  const by = { kind: "owner", id: "owner", name: "test" } as const
  const account = await relay.accounts.add({ name: "shown", venue: "practice", mode: "paper" }, by)
  await relay.accounts.add({ name: "hidden", venue: "practice", mode: "paper" }, by)
  const { url } = await invite({ name: "Zoë 王", role: "viewer", accounts: [account.id] })
  expect(tokenIn(url)).toMatch(/^[\w-]{43}$/)
  const zoe = await openLink(url)
  expect(zoe.status).toBe(201)
  expect(await (await zoe.ask("GET /api/me")).json()).toMatchObject({ name: "Zoë 王", role: "viewer" })
  const { items } = (await (await zoe.ask("GET /api/accounts")).json()) as { items: { name: string }[] }
  expect(items.map(({ name }) => name)).toEqual(["shown"])
  expect(await codeOf(await zoe.ask("POST /api/kill"))).toEqual([403, "role-too-small"])
  expect(await codeOf(await zoe.ask("GET /api/people"))).toEqual([403, "role-too-small"])
  expect((await openLink(url)).status, "a stolen link, used again").toBe(401)
  expect(await relay.audit.check()).toMatchObject({ faults: [] })
})

test("an invitation outlives a start of the relay, runs out after two days, and can be withdrawn", async () => {
  const [kept, late, withdrawn] = [
    await invite({ name: "a", role: "trader" }),
    await invite({ name: "b", role: "trader" }),
    await invite({ name: "c", role: "owner" }),
  ]
  expect((await relay.ask(`DELETE /api/people/invitations/${withdrawn.id}`, { headers: owner })).status).toBe(204)
  await relay.end()
  await open(relay.home)
  expect((await openLink(kept.url)).status).toBe(201)
  expect((await openLink(withdrawn.url)).status).toBe(401)
  const listed = await relay.ask("GET /api/people/invitations", { headers: owner })
  const text = await listed.text()
  expect(JSON.parse(text)).toMatchObject({ items: [{ name: "b" }] })
  const rows = await relay.store.database.selectFrom("invitation").selectAll().execute()
  expect(text + JSON.stringify(rows)).not.toContain(tokenIn(late.url))
  clock.nowMs += 48 * HOUR_MS
  clock.steadyMs += 48 * HOUR_MS
  expect(await read("GET /api/people/invitations")).toMatchObject({ items: [] })
  expect((await openLink(late.url)).status).toBe(401)
  expect(await relay.audit.check()).toMatchObject({ faults: [] })
})

test("whoever is ended comes in no more, by no browser and no token, and their bots buy nothing more", async () => {
  const person = await relay.invited("trader")
  const by = { kind: "token", id: "t", name: "test", person } as const
  const account = await relay.accounts.add({ name: "theirs", venue: "practice", mode: "paper" }, by)
  await keptBot(relay, { id: "bot-theirs", name: "Night shift", accountId: account.id })
  await keptBot(relay, { id: "bot-mine", name: "Mine" })
  const { home } = relay
  await relay.end()
  await open(home)
  const headers = await relay.bearer("admin", person)
  const link = (await (await relay.ask("POST /api/pairing-links", { headers })).json()) as { url: string }
  const theirs = await openLink(link.url)
  expect((await theirs.ask("GET /api/bots")).status).toBe(200)
  const unused = (await (await relay.ask("POST /api/pairing-links", { headers })).json()) as { url: string }

  const answer = await relay.ask(`DELETE /api/people/${person}`, { headers: owner })
  expect(await answer.json()).toEqual({ pausedBots: ["Night shift"] })
  expect((await theirs.ask("GET /api/bots")).status).toBe(401)
  expect((await relay.ask("GET /api/bots", { headers })).status).toBe(401)
  expect((await openLink(unused.url)).status, "a link they had made").toBe(401)
  // What they left behind, the relay's owners look after.
  const { items } = await read<{ items: { name: string; status: string }[] }>("GET /api/bots")
  expect(items.map(({ name }) => name).toSorted()).toEqual(["Mine", "Night shift"])
  expect((await relay.ask(`DELETE /api/people/${person}`, { headers: owner })).status).toBe(404)
})

test("a changed role counts at once; the first owner stays one, and so is never the last to go", async () => {
  const person = await relay.invited("trader")
  const headers = await relay.bearer("admin", person)
  const change = (id: string, body: object) => relay.ask(`PATCH /api/people/${id}`, { headers: owner, body })
  expect((await relay.ask("GET /api/people", { headers })).status).toBe(403)
  expect((await change(person, { role: "owner" })).status).toBe(200)
  expect((await relay.ask("GET /api/people", { headers })).status).toBe(200)
  expect((await change(person, { role: "viewer", name: "Ann‑Kathrin Ö." })).status).toBe(200)
  expect((await relay.ask("POST /api/kill", { headers })).status).toBe(403)
  expect(await codeOf(await change("owner", { role: "viewer" }))).toEqual([409, "last-owner"])
  expect(await codeOf(await relay.ask("DELETE /api/people/owner", { headers: owner }))).toEqual([409, "last-owner"])
  expect((await change("owner", { name: "Anna" })).status).toBe(200)
  for (const name of ["", " ", "a\nb", "a\u202eb", "x".repeat(81), "\u0000"])
    expect((await change(person, { name })).status, JSON.stringify(name)).toBe(422)
  expect(await relay.audit.check()).toMatchObject({ faults: [] })
})

test("who was made a person in the database, past the log, is named by the audit", async () => {
  const person = { id: "thief", name: "Owner", role: "owner", created_ms: 1, ended_ms: null }
  await relay.store.database.insertInto("person").values(person).execute()
  expect((await relay.audit.check()).faults.map(({ sentence }) => sentence)).toEqual([
    "The person thief was changed past the log: the log knows nothing of it.",
  ])
})

test("a browser that came in from the internet by an invitation is forgotten after thirty days without use", async () => {
  const { token } = await relay.people.invitations.make(
    { name: "Far", role: "viewer", accounts: [] },
    { kind: "owner", id: "owner", name: "test" },
  )
  const own = browser()
  const device = await relay.people.letIn(token, {
    name: "Far phone",
    key: own.publicKey as never,
    address: "203.0.113.7",
    isPublic: true,
  })
  const { id } = device!
  const ask = () => {
    const path = "/api/devices"
    const proof = own.proof({ device: id, run: relay.people.run, method: "GET", path, timeMs: clock.nowMs })
    return relay.ask(`GET ${path}`, { headers: { authorization: `Proof ${proof}` } })
  }
  clock.nowMs += 29 * DAY_MS
  const listed = (await (await ask()).json()) as { items: { address: string }[] }
  // Whoever looks through the list sees that it came from another address.
  expect(listed.items).toMatchObject([{ name: "Far phone", goodForMs: 30 * DAY_MS, address: "here" }])
  clock.nowMs += 30 * DAY_MS + MINUTE_MS
  expect((await ask()).status).toBe(401)
})
