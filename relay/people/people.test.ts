import fc from "fast-check"
import { afterEach, beforeEach, expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { realSurroundings, type Surroundings } from "../surroundings.ts"
import { browser, openedApp, type OpenedApp } from "../testing/opened-app.ts"

let relay: OpenedApp
let clock: { nowMs: number; steadyMs: number }
let surroundings: Surroundings

beforeEach(async () => {
  clock = { nowMs: Date.now(), steadyMs: 0 }
  surroundings = { ...realSurroundings(), nowMs: () => clock.nowMs, steadyMs: () => clock.steadyMs }
  relay = await openedApp({ surroundings })
})

afterEach(() => relay.close())

async function paired(name = "Anna's laptop") {
  const own = browser()
  const body = { token: relay.people.pairing.offer().token, name, publicKey: own.publicKey }
  const answer = await relay.ask("POST /api/pair", { body })
  expect(answer.status).toBe(201)
  const { id, run } = (await answer.json()) as { id: string; run: string }
  const proof = (method: string, path: string, more: Record<string, unknown> = {}) =>
    own.proof({ device: id, run, method, path, timeMs: clock.nowMs, ...more })
  const ask = (route: string, body?: string, more: Record<string, unknown> = {}) => {
    const [method, path] = route.split(" ")
    return relay.ask(route, {
      text: body,
      headers: { authorization: `Proof ${proof(method, path, { body, ...more })}` },
    })
  }
  return { id, run, proof, ask }
}

const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code]

test("a link pairs one browser, once, within two minutes; the browser then proves itself with each request", async () => {
  const { token } = relay.people.pairing.offer()
  const body = { token, name: "Phone", publicKey: browser().publicKey }
  expect((await relay.ask("POST /api/pair", { body })).status).toBe(201)
  expect(await codeOf(await relay.ask("POST /api/pair", { body }))).toEqual([401, "wrong-credential"])
  const late = relay.people.pairing.offer().token
  clock.steadyMs += 2 * MINUTE_MS + 1
  expect(await codeOf(await relay.ask("POST /api/pair", { body: { ...body, token: late } }))).toEqual([
    401,
    "wrong-credential",
  ])
  const { ask, id } = await paired()
  const { items } = (await (await ask("GET /api/devices")).json()) as {
    items: { id: string; isThis: boolean; name: string }[]
  }
  expect(items.map(({ name, isThis }) => [name, isThis])).toEqual(
    expect.arrayContaining([
      ["Anna's laptop", true],
      ["Phone", false],
    ]),
  )
  expect((await ask(`DELETE /api/devices/${id}`)).status).toBe(204)
  expect(await codeOf(await ask("GET /api/devices"))).toEqual([401, "wrong-credential"])
})

test("a proof counts for its own request alone: not again, not for another address, method or body, not of another time or start", async () => {
  const { ask, proof } = await paired()
  const good = `Proof ${proof("GET", "/api/devices")}`
  expect((await relay.ask("GET /api/devices", { headers: { authorization: good } })).status).toBe(200)
  const wrong = [401, "wrong-credential"]
  expect(await codeOf(await relay.ask("GET /api/devices", { headers: { authorization: good } })), "again").toEqual(
    wrong,
  )
  expect(await codeOf(await ask("GET /api/devices", undefined, { url: "http://localhost:8787/api/tokens" }))).toEqual(
    wrong,
  )
  expect(await codeOf(await ask("GET /api/devices?limit=2", undefined, { path: "/api/devices" }))).toEqual(wrong)
  expect(await codeOf(await ask("GET /api/devices", undefined, { method: "DELETE" }))).toEqual(wrong)
  const forOther = `Proof ${proof("POST", "/api/tokens", { body: '{"name":"a","scope":"read"}' })}`
  clock.steadyMs += 10 * MINUTE_MS
  expect(
    await codeOf(
      await relay.ask("POST /api/tokens", {
        text: '{"name":"a","scope":"admin"}',
        headers: { authorization: forOther },
      }),
    ),
  ).toEqual(wrong)
  for (const off of [61_000, -61_000]) {
    const answer = await ask("GET /api/devices", undefined, { timeMs: clock.nowMs + off })
    expect(await answer.json()).toMatchObject({ code: "stale-proof", run: relay.people.run, nowMs: clock.nowMs })
  }
  expect((await ask("GET /api/devices", undefined, { timeMs: clock.nowMs + 59_000 })).status).toBe(200)
  expect(await codeOf(await ask("GET /api/devices", undefined, { run: "the start before" }))).toEqual([
    401,
    "stale-proof",
  ])
})

test("any change to a proof's bytes makes it worthless", async () => {
  const { proof } = await paired()
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 63 }), async (at, by) => {
      clock.steadyMs += MINUTE_MS
      const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
      const whole = proof("GET", "/api/devices")
      const place = at % whole.length
      if (whole[place] === ".") return
      // The last letter of a signature has bits that carry nothing.
      if (place === whole.length - 1) return
      const other = letters[(letters.indexOf(whole[place]) + by) % 64]
      const spoilt = whole.slice(0, place) + other + whole.slice(place + 1)
      const answer = await relay.ask("GET /api/devices", { headers: { authorization: `Proof ${spoilt}` } })
      expect(answer.status, spoilt).toBe(401)
    }),
    { numRuns: 100 },
  )
})

test("where a page cannot send a header its proof may stand at the end of the address, once", async () => {
  const { proof } = await paired()
  const path = `/api/devices?limit=5&proof=${proof("GET", "/api/devices?limit=5")}`
  expect((await relay.ask(`GET ${path}`)).status).toBe(200)
  expect((await relay.ask(`GET ${path}`)).status).toBe(401)
  const body = '{"name":"a","scope":"read"}'
  const post = await relay.ask(`POST /api/tokens?proof=${proof("POST", "/api/tokens", { body })}`, { text: body })
  expect(await codeOf(post)).toEqual([401, "not-paired"])
})

test("a token does what its scope says until it expires or is revoked, and its secret is nowhere", async () => {
  const admin = await relay.bearer("admin")
  const body = { name: "dashboard", scope: "read", expiresMs: clock.nowMs + 1_000 }
  const made = (await (await relay.ask("POST /api/tokens", { headers: admin, body })).json()) as {
    id: string
    token: string
  }
  expect(made.token).toMatch(/^cw_[0-9a-f]{12}_[\w-]{43}$/)
  const headers = { authorization: `Bearer ${made.token}` }
  expect(await codeOf(await relay.ask("GET /api/tokens", { headers }))).toEqual([403, "scope-too-small"])
  const listed = await (await relay.ask("GET /api/tokens", { headers: admin })).text()
  expect(JSON.parse(listed)).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ name: "dashboard", lastUsedMs: clock.nowMs })]),
  })
  const secret = made.token.split("_").slice(2).join("_")
  const rows = await relay.store.database.selectFrom("token").selectAll().execute()
  expect(listed + JSON.stringify(rows)).not.toContain(secret)
  clock.nowMs += 1_000
  expect(await codeOf(await relay.ask("GET /api/tokens", { headers }))).toEqual([401, "wrong-credential"])
  expect((await relay.ask(`DELETE /api/tokens/${made.id}`, { headers: admin })).status).toBe(204)
  expect(await codeOf(await relay.ask(`DELETE /api/tokens/${made.id}`, { headers: admin }))).toEqual([
    404,
    "unknown-id",
  ])
})

test("after five wrong attempts in a minute further ones wait, while a good token still works", async () => {
  const admin = await relay.bearer("admin")
  const wrong = () => relay.ask("GET /api/tokens", { headers: { authorization: "Bearer cw_000000000000_wrong" } })
  for (let attempt = 1; attempt <= 5; attempt++) expect((await wrong()).status, String(attempt)).toBe(401)
  const sixth = await wrong()
  expect([sixth.status, sixth.headers.get("retry-after")]).toEqual([429, "12"])
  expect((await relay.ask("GET /api/tokens", { headers: admin })).status).toBe(200)
  clock.steadyMs += MINUTE_MS
  expect((await wrong()).status).toBe(401)
})

test("sixty requests a second are answered, the next one waits unless it stops everything, and another caller does not notice", async () => {
  const [one, other] = [await relay.bearer("admin"), await relay.bearer("admin")]
  for (let n = 0; n < 60; n++) expect((await relay.ask("GET /api/tokens", { headers: one })).status).toBe(200)
  const next = await relay.ask("GET /api/tokens", { headers: one })
  expect(await codeOf(next)).toEqual([429, "too-fast"])
  expect((await relay.ask("POST /api/kill", { headers: one })).status).toBe(200)
  expect((await relay.ask("GET /api/tokens", { headers: other })).status).toBe(200)
  clock.steadyMs += 1_000
  expect((await relay.ask("GET /api/tokens", { headers: one })).status).toBe(200)
})
