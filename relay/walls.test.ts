import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { policies, scopes, type Policy } from "./door/policy.ts"
import { openedApp, type OpenedApp } from "./testing/opened-app.ts"
import { realSurroundings } from "./surroundings.ts"

// Every bad request on every resource: generated from the table of policies, so that a new route is tried at once.

const routes = Object.entries(policies) as [string, Policy][]
const guarded = routes.filter(([, policy]) => policy !== "everyone")
const writing = guarded.filter(([route]) => /^(POST|PUT|PATCH) /.test(route))
const addressed = guarded.filter(([route]) => route.includes(":"))
let relay: OpenedApp
let admin: Record<string, string>

beforeAll(async () => {
  // A clock that runs fast enough for any pace.
  let steadyMs = 0
  relay = await openedApp({ surroundings: { ...realSurroundings(), steadyMs: () => (steadyMs += 60_000) } })
  admin = await relay.bearer("admin")
})

afterAll(() => relay.close())

const addressOf = (route: string, id = "nobody") => route.replace(/:\w+/g, encodeURIComponent(id)).replace("*", "x")

/** Every refusal has one shape, whatever the resource. */
async function check(answer: Response, statuses: number[], what: string) {
  expect(statuses, what).toContain(answer.status)
  const body = (await answer.json()) as Record<string, unknown>
  expect(body, what).toMatchObject({
    error: expect.stringMatching(/^\P{C}{10,}$/u),
    code: expect.stringMatching(/^[a-z]+(-[a-z]+)*$/),
  })
  expect(JSON.stringify(body).length, what).toBeLessThan(2_000)
}

test("nobody comes in without a token, with a wrong one, or with one of another shape", async () => {
  const credentials = [
    undefined,
    "",
    "Bearer",
    "Bearer cw_x",
    `Bearer cw_000000000000_${"a".repeat(43)}`,
    "Basic YWRtaW46",
    "Proof a.b",
    "Proof ",
    "bearer null",
  ]
  for (const [route] of guarded)
    for (const authorization of credentials) {
      const headers = authorization === undefined ? undefined : { authorization }
      const answer = await relay.ask(addressOf(route), { headers, body: route.startsWith("GET") ? undefined : {} })
      await check(answer, [401], `${route} with ${authorization}`)
    }
})

test("HEAD asks for what GET does: nobody learns more by it", async () => {
  for (const [route] of guarded.filter(([name]) => name.startsWith("GET "))) {
    const head = addressOf(route).replace("GET", "HEAD")
    expect((await relay.ask(head)).status, route).toBe(401)
    expect((await relay.ask(head, { headers: await relay.bearer("read") })).status, route).not.toBe(401)
  }
})

test("a scope below a route's own is refused, one above is not", async () => {
  for (const [route, policy] of guarded)
    for (const scope of scopes) {
      const isEnough = scopes.indexOf(scope) >= scopes.indexOf(policy as (typeof scopes)[number])
      const answer = await relay.ask(addressOf(route), { headers: await relay.bearer(scope) })
      expect(answer.status === 403, `${route} as ${scope}`).toBe(!isEnough)
      expect(answer.status, `${route} as ${scope}`).not.toBe(401)
    }
})

test("pages of other origins and names of other hosts are refused before anything else", async () => {
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "http://localhost:3000" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ]
  for (const [route] of routes) {
    for (const headers of foreign)
      await check(await relay.ask(addressOf(route), { headers: { ...admin, ...headers } }), [403], route)
    for (const host of ["evil.example", "localhost", "localhost:1", "127.0.0.1.evil.example:8787", "[::2]:8787"])
      await check(await relay.ask(addressOf(route), { headers: { ...admin, host } }), [421], `${route} at ${host}`)
  }
})

test("a body that is not JSON, not an object, too long or of unknown length is refused with its reason", async () => {
  for (const [route] of writing) {
    const send = (text: string, headers: Record<string, string> = {}) =>
      relay.ask(addressOf(route), { text, headers: { ...admin, ...headers } })
    await check(await send("{}", { "content-type": "text/plain" }), [415], route)
    await check(await send("{}", { "content-type": "multipart/form-data; boundary=x" }), [415], route)
    await check(await send(`"${"x".repeat(256 * 1024)}"`), [413], route)
    await check(await send("{}", { "transfer-encoding": "chunked" }), [411], route)
    if (withoutBody.includes(route)) continue
    for (const text of ["{", "{]", "\u0000", '{"a":1}{"b":2}', "NaN", "'a'"])
      await check(await send(text), [400], `${route} ${text}`)
    for (const text of ["null", "[]", "7", '"text"', "true", "{}"])
      await check(await send(text), [422], `${route} ${text}`)
  }
})

/** Routes that take no body. */
const withoutBody = [
  "POST /api/pairing-links",
  "POST /api/passkeys/creation",
  "POST /api/passkeys/sign-in-options",
  "POST /api/passkeys/step-up-options",
  "POST /api/bots/:id/:command",
  "POST /api/kill",
  "POST /api/notices/:id/test",
]

test("whatever JSON is sent, the answer is a refusal that names what is wrong, never a mistake of ours", async () => {
  const hostile = fc.oneof(
    fc.json(),
    fc.constantFrom(
      '{"__proto__":{"scope":"admin"},"name":"a"}',
      '{"constructor":{"prototype":{}}}',
      `${"[".repeat(5_000)}${"]".repeat(5_000)}`,
      `${'{"name":'.repeat(2_000)}1${"}".repeat(2_000)}`,
      '{"name":"\\ud800"}',
      '{"name":"a\\u0000b"}',
      '{"expiresMs":1e400,"name":"a","scope":"read"}',
      '{"expiresMs":9007199254740993,"name":"a","scope":"read"}',
    ),
  )
  for (const [route] of writing) {
    if (withoutBody.includes(route)) continue
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        await check(
          await relay.ask(addressOf(route), { text, headers: admin }),
          [400, 422],
          `${route} ${text.slice(0, 80)}`,
        )
      }),
      { numRuns: 40 },
    )
  }
})

test("an id that is nobody's, of whatever letters, is a 404 that does not tell whether it exists", async () => {
  const ids = fc.oneof(
    fc.string({ minLength: 1, maxLength: 90 }),
    fc.constantFrom("..", ".", "%00", "a/b", "\u0000", "'; drop table token; --", "__proto__", "💥".repeat(20)),
  )
  for (const [route] of addressed) {
    await fc.assert(
      fc.asyncProperty(ids, async (id) => {
        if (/^\.{1,2}$/.test(id)) return
        const body = /^(PUT|PATCH|POST) /.test(route) ? {} : undefined
        const answer = await relay.ask(addressOf(route, id), { headers: admin, body })
        // No exchange runs here, so nobody knows its markets.
        const unanswered = route.endsWith(":symbol") ? [503] : []
        const statuses = body === undefined ? [400, 404, ...unanswered] : [400, 404, 422]
        await check(answer, statuses, `${route} ${JSON.stringify(id)}`)
      }),
      { numRuns: 40 },
    )
  }
})

test("an unknown method or address under /api is a 404, and no answer allows other origins", async () => {
  for (const [route] of routes) {
    const path = addressOf(route).split(" ")[1]
    for (const method of ["TRACE", "PROPFIND", "OPTIONS"]) {
      const answer = await relay.ask(`${method} ${path}`, { headers: admin }).catch((error: TypeError) => error)
      if (!(answer instanceof Response)) continue
      expect(answer.headers.get("access-control-allow-origin")).toBeNull()
      await check(answer, [404], `${method} ${path}`)
    }
  }
  for (const path of ["/api", "/api/", "/api/nothing", "/api/tokens/a/b", "/api//tokens", "/API/tokens"])
    expect((await relay.ask(`GET ${path}`, { headers: admin })).status, path).toBe(404)
})

test("none of this met a mistake of ours", () => {
  expect(relay.bugs).toEqual([])
})
