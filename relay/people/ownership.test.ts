import { afterAll, beforeAll, expect, test } from "vitest"
import { matters, neededReach, type Thing, things, thingOf } from "../door/matters.ts"
import { policies, type PolicyName, type Role, roles, type Scope, scopes } from "../door/policy.ts"
import { keptBot } from "../ledger/testing/kept-bot.ts"
import { realSurroundings } from "../surroundings.ts"
import { openedApp, type OpenedApp } from "../testing/opened-app.ts"

// Every route, as everybody, on everything that is theirs, shared with them, another's or nobody's: made of the tables
// of policies and matters, so that a new route is walked at once.

const routes = (Object.keys(policies) as PolicyName[]).filter((route) => policies[route] !== "everyone")
/** What a route takes, so that only its id and its caller are in question; the others are asked with an empty body. */
const bodies: { [Route in PolicyName]?: object } = {
  "PATCH /api/accounts/:id": { risk: { maxPositions: 2 } },
  "PUT /api/accounts/:id/shares/:person": { reach: "read" },
  "POST /api/reconcile/:id": { action: "ignore" },
  "POST /api/accounts/:id/orders": { market: "BTC/USDT", side: "buy", quantity: "1", kind: "market" },
  "POST /api/trading/accounts/:id/analyze": { symbol: "BTC-USDT" },
  "POST /api/model-keys/:id/chat/completions": { model: "m", messages: [{ role: "user" }] },
  "PUT /api/accounts/:id/key": { apiKey: "a1".repeat(32), secret: "B2".repeat(32) },
  "PUT /api/model-keys/:id": { key: "another-key-of-a-model" },
}
/** What a role is good for, whatever its token is. */
const mostOf: Record<Role, Scope> = { viewer: "read", trader: "admin", owner: "admin" }

type Somebody = {
  person: string
  role: Role
  headers: Record<string, string>
  /** What they have, by kind, each with their mark in its name. */
  has: Partial<Record<Thing, string>>
}

let relay: OpenedApp
let anna: Somebody
let bert: Somebody
let others: Record<Role, Somebody>

const MARK = "only-of-"

beforeAll(async () => {
  // A clock that runs fast enough for any pace.
  let steadyMs = 0
  relay = await openedApp({ surroundings: { ...realSurroundings(), steadyMs: () => (steadyMs += 60_000) } })
  anna = await somebody("trader", await relay.invited("trader"))
  bert = await somebody("owner", "owner")
  for (const [who, name] of [
    [anna, "anna"],
    [bert, "bert"],
  ] as const)
    await furnish(who, name)
  const invited = async (role: Role) => somebody(role, await relay.invited(role))
  others = { viewer: await invited("viewer"), trader: await invited("trader"), owner: await invited("owner") }
  const by = { kind: "token", id: "t", name: "test", person: anna.person } as const
  for (const { person } of Object.values(others)) await relay.people.shares.share(anna.has.account!, person, "read", by)
}, 60_000)

afterAll(() => relay.close())

async function somebody(role: Role, person: string): Promise<Somebody> {
  return { person, role, headers: await relay.bearer("admin", person), has: {} }
}

/** Gives somebody one of each. */
async function furnish(who: Somebody, name: string): Promise<void> {
  const by = { kind: "token", id: "t", name: "test", person: who.person } as const
  const mark = `${MARK}${name}`
  const account = await relay.accounts.add({ name: mark, venue: "practice", mode: "paper" }, by)
  const bot = await keptBot(relay, { id: `bot-${name}`, accountId: account.id, name: mark })
  const difference = {
    id: `difference-${name}`,
    market: "BTC/USDT",
    botQuantity: 0.5,
    exchangeQuantity: 0.4,
    soldQuantity: 0,
    sinceMs: 7,
    isIgnored: false,
  }
  await relay.ledger.keep(bot, {
    difference: { market: "BTC/USDT", is: difference },
    events: [{ kind: "problem", words: mark }],
  })
  const key = {
    host: "other",
    baseUrl: "https://models.example.org/v1",
    key: "a-key-of-a-model",
    isLocal: false,
  } as const
  const modelKey = await relay.modelKeys.add({ ...key, name: mark }, by)
  const hook = { kind: "webhook", name: mark, url: "https://hooks.example.org/", isLocal: false } as const
  const channel = await relay.notices.channels.add({ ...hook, wantsTrades: false, quiet: null }, by)
  const draft = await relay.workbench.drafts.save({ name: mark, note: "", strategy: {}, person: who.person })
  const token = await relay.people.tokens.create({ name: mark, scope: "read", expiresMs: null }, by)
  const device = await relay.people.devices.add({
    name: mark,
    key: { kty: "EC", crv: "P-256", x: "A".repeat(43), y: "A".repeat(43) },
    person: who.person,
    goodForMs: null,
    address: null,
  })
  const passkey = { id: `passkey-${name}`, person: who.person, name: mark, host: "localhost", public_key: "" }
  const unused = { counter: 0, created_ms: 1, used_ms: null }
  await relay.store.database
    .insertInto("passkey")
    .values({ ...passkey, ...unused })
    .execute()
  const job = `job-${name}`
  const asked = { kind: "backtest", status: "failed", asked: "{}", tries: 1, result: null, error: mark, field: null }
  const row = { ...asked, id: job, created_ms: 1, ended_ms: Date.now(), person: who.person }
  await relay.store.database.insertInto("job").values(row).execute()
  who.has = {
    account: account.id,
    bot: bot.id,
    difference: difference.id,
    job,
    draft: draft!.id,
    "model key": modelKey.id,
    channel: channel.id,
    device: device.id,
    token: token.id,
    passkey: passkey.id,
  }
}

const lineOf = (route: string, id: string) =>
  route.replace(":id", id).replace(":command", "pause").replace("/*", "/x").replace(/:\w+/g, "nobody")

async function answerOf(route: PolicyName, who: Somebody, id = "nobody") {
  const writes = /^(POST|PUT|PATCH) /.test(route)
  const isBare = /kill|pairing-links|options$|creation$|:command|\/test$/.test(route)
  const body = writes && !isBare ? (bodies[route] ?? {}) : undefined
  const headers = { ...who.headers, "idempotency-key": `${who.person} ${id}` }
  const answer = await relay.ask(lineOf(route, id), { headers, body })
  if (route === "GET /api/events" && answer.ok) return { status: 200, code: "", text: await readUntil(answer, "retry") }
  const text = await answer.text()
  const code = text.startsWith("{") ? (JSON.parse(text) as { code?: string }).code : undefined
  return { status: answer.status, code, text }
}

/** What a stream says until it has said this. */
async function readUntil(answer: Response, said: string): Promise<string> {
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ""
  while (!text.includes(said)) text += (await reader.read()).value
  await reader.cancel()
  return text
}

const isTooMuch = (route: PolicyName, role: Role) => {
  const matter = matters[route]
  if (matter === "self" || matter === "device" || matter === "token" || matter === "passkey") return false
  if (matter === "relay") return role !== "owner"
  return scopes.indexOf(policies[route] as Scope) > scopes.indexOf(mostOf[role])
}

test("every route whose address names a thing says whose it is, and each thing is walked", () => {
  for (const route of routes.filter((name) => name.includes("/:id")))
    expect(thingOf(route) ?? matters[route], route).not.toMatch(/^(own|all|self)$/)
  expect(Object.keys(anna.has).toSorted()).toEqual([...things].toSorted())
})

test("a role is refused what is too much for it, and nothing else is refused for it", async () => {
  for (const route of routes)
    for (const role of roles) {
      if (route === "POST /api/kill" || route === "DELETE /api/kill") continue
      const { status, code } = await answerOf(route, others[role])
      expect([status, code], `${route} as ${role}`).toEqual(
        isTooMuch(route, role) ? [403, "role-too-small"] : [status === 403 ? "another status" : status, code],
      )
    }
})

test("another's thing is answered as one that is not there, to the letter, whatever the role", async () => {
  for (const route of routes) {
    const thing = thingOf(route)
    if (thing === undefined) continue
    for (const role of roles) {
      const [theirs, none] = [await answerOf(route, others[role], bert.has[thing]), await answerOf(route, others[role])]
      expect(theirs, `${route} as ${role}`).toEqual(none)
      expect(theirs.status, `${route} as ${role}`).toBe(isTooMuch(route, role) ? 403 : 404)
    }
    // Nor does the first person find what is Anna's.
    const [hers, none] = [await answerOf(route, bert, anna.has[thing]), await answerOf(route, bert)]
    expect(hers, `${route} as the first person`).toEqual(none)
  }
})

test("what is shared to look at is found and cannot be changed", async () => {
  for (const route of routes) {
    const thing = thingOf(route)
    if (thing !== "account" && thing !== "bot" && thing !== "difference") continue
    for (const role of roles) {
      const { status } = await answerOf(route, others[role], anna.has[thing])
      const isEnough = neededReach(route) === "read"
      expect(status === 403, `${route} as ${role}: ${status}`).toBe(!isEnough)
      // A bot here is only on the disk: it was not there when the relay began.
      const isUnknown = status === 404 && thing === "account"
      expect(isUnknown, `${route} as ${role}`).toBe(false)
    }
  }
})

test("the stream of events tells everybody what happens to their own", async () => {
  for (const [who, own, other] of [
    [anna, "anna", "bert"],
    [bert, "bert", "anna"],
  ] as const) {
    const answer = await relay.ask("GET /api/events?after=0", { headers: who.headers })
    expect(await readUntil(answer, `${MARK}${own}`)).not.toContain(`${MARK}${other}`)
  }
})

test("no list or answer tells one person anything of another's", async () => {
  for (const route of routes.filter((name) => name.startsWith("GET "))) {
    // The relay's own log names what its owner has to know.
    if (route.startsWith("GET /api/audit")) continue
    for (const [who, other] of [
      [anna, "bert"],
      [bert, "anna"],
    ] as const) {
      const thing = thingOf(route)
      const { text } = await answerOf(route, who, thing && who.has[thing])
      expect(text, `${route} as ${who.role}`).not.toContain(`${MARK}${other}`)
    }
  }
  const lists = ["accounts", "tokens", "devices", "jobs", "notices", "model-keys", "drafts"]
  for (const list of lists) {
    const { text } = await answerOf(`GET /api/${list}` as PolicyName, anna)
    expect(text, list).toContain(`${MARK}anna`)
  }
})

test("the owner of a thing is refused it nowhere, and who ends it ends their own", async () => {
  const endsLast = routes.toSorted(
    (one, other) => Number(one.startsWith("DELETE")) - Number(other.startsWith("DELETE")),
  )
  for (const route of endsLast) {
    const thing = thingOf(route)
    if (thing === undefined || route === "DELETE /api/accounts/:id") continue
    const { status, code } = await answerOf(route, anna, anna.has[thing])
    expect(status, `${route}: ${code}`).not.toBe(403)
    // Its bot is only on the disk: it was not there when the relay began.
    const isElsewhere = thing === "bot" || route.includes("/orders/") || route.includes("/shares/")
    expect(status === 404 && !isElsewhere, `${route}: ${code}`).toBe(false)
  }
  for (const list of ["tokens", "jobs", "notices", "model-keys", "drafts"])
    expect((await answerOf(`GET /api/${list}` as PolicyName, bert)).text, list).toContain(`${MARK}bert`)
})

test("who may not trade cannot stop everything, who trades can, and only an owner lets it go", async () => {
  expect((await answerOf("POST /api/kill", others.viewer)).code).toBe("role-too-small")
  expect((await answerOf("POST /api/kill", others.trader)).status).toBe(200)
  expect((await answerOf("DELETE /api/kill", others.trader)).code).toBe("role-too-small")
  expect((await answerOf("DELETE /api/kill", others.owner)).status).toBe(204)
  expect(relay.bugs).toEqual([])
})
