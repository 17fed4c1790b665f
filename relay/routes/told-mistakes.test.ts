import { afterAll, beforeAll, expect, test } from "vitest"
import { policies } from "../door/policy.ts"
import { realSurroundings } from "../surroundings.ts"
import { openedApp, type OpenedApp } from "../testing/opened-app.ts"
import { type Description, operationOf } from "./description.ts"

type Schema = {
  properties?: Record<string, Schema>
  additionalProperties?: unknown
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  type?: string | string[]
}

let relay: OpenedApp
let headers: Record<string, string>
let document: Description

beforeAll(async () => {
  let steadyMs = 0
  // Requests are far enough apart for anybody's pace.
  relay = await openedApp({ surroundings: { ...realSurroundings(), steadyMs: () => (steadyMs += 100) } })
  headers = await relay.bearer("admin")
  document = (await (await relay.ask("GET /api/openapi.json")).json()) as Description
})
afterAll(() => relay.close())

const routes = Object.keys(policies).filter((route) => !/\/md\/|GET \/api\/events|GET \/mcp/.test(route))
const changing = routes.filter((route) => !route.startsWith("GET"))
const at = (route: string) => route.replace(/:command/, "pause").replace(/:\w+/g, "nobody")

function bodyOf(route: string): Schema | undefined {
  const asked = operationOf(document, route)?.requestBody as
    | { content: { "application/json": { schema: Schema } } }
    | undefined
  return asked?.content["application/json"].schema
}

/** The schemas in a schema, each with its place. */
function* parts(schema: Schema, place = ""): Generator<[place: string, Schema]> {
  yield [place, schema]
  for (const [name, one] of Object.entries(schema.properties ?? {})) yield* parts(one, `${place}.${name}`)
  for (const one of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) yield* parts(one, place)
  if (schema.items) yield* parts(schema.items, `${place}[]`)
}

test("whatever takes no body refuses one that says something, with the place, and does nothing", async () => {
  const bodyless = changing.filter((route) => bodyOf(route) === undefined)
  expect(bodyless).toContain("POST /api/kill")
  expect(bodyless).toContain("POST /api/bots/:id/:command")
  for (const route of bodyless) {
    const answer = await relay.ask(at(route), { headers, body: { surprise: 1 } })
    expect([answer.status, await answer.json()], route).toMatchObject([422, { code: "not-valid", field: "surprise" }])
    for (const body of [["surprise"], 5, "surprise"])
      expect((await relay.ask(at(route), { headers, body })).status, route).toBe(422)
    expect((await relay.ask(at(route), { headers, text: "{" })).status, route).toBe(400)
  }
  expect(relay.killSwitch.isOn).toBe(false)
  for (const text of ["", "{}", " null "])
    expect((await relay.ask("POST /api/kill", { headers, text })).status, text).toBe(200)
  relay.killSwitch.release()
})

test("no body has room for a field that nobody reads, but a strategy and what assistants and models speak", () => {
  const open = changing.flatMap((route) =>
    [...parts(bodyOf(route) ?? {})]
      .filter(([, one]) => one.properties !== undefined || one.type === "object")
      .filter(([, { additionalProperties: more }]) => more === undefined || JSON.stringify(more) === "{}")
      .map(([place]) => `${route} ${place}`),
  )
  expect(open).toEqual([
    "POST /api/bots .strategy",
    "POST /api/bots/gate .strategy",
    "POST /api/backtests .strategy",
    "POST /api/optimisations .strategy",
    "POST /api/model-keys/:id/chat/completions ",
    "POST /api/model-keys/:id/chat/completions .messages[]",
    "POST /api/signals/models .model",
    "POST /mcp ",
  ])
})

test("every route tells a mistake in a body or address in our own words, with its place", async () => {
  const wrong = [null, -1, 1e30, "", "x", [], {}, [{}], ["x", 1], true]
  const said = async (route: string, body: unknown, query = "") => {
    const answer = await relay.ask(`${at(route)}${query}`, { headers, body })
    if (answer.status !== 422 && answer.status !== 400) return
    const { error, field = "" } = (await answer.json()) as { error: string; field?: string }
    expect(error, `${route} ${JSON.stringify(body)} ${query}`).not.toMatch(/invalid|unrecognized|expected|received/i)
    expect(error, route).toContain(field.replace(/^(strategy|model)\./, ""))
  }
  for (const route of routes) {
    const operation = operationOf(document, route)!
    const query = (operation.parameters ?? []) as { in: string; name: string }[]
    for (const { in: place, name } of query.filter((one) => one.in === "query"))
      for (const value of ["-1", "x", "1.5", "9".repeat(20)])
        await said(route, undefined, `?${name}=${value}&${place}=1`)
    const body = bodyOf(route)
    if (body === undefined) continue
    for (const value of wrong) await said(route, value)
    for (const [, part] of parts(body))
      for (const name of Object.keys(part.properties ?? {}))
        for (const value of wrong) await said(route, { [name]: value })
  }
  const account = { name: "a", venue: "practice", mode: "paper" }
  for (const name of Object.keys(bodyOf("POST /api/accounts")!.properties!.risk.properties!))
    for (const value of [...wrong, 0, 1.55555]) {
      const risk = { [name]: value }
      await said("POST /api/accounts", { ...account, name: JSON.stringify(risk), risk })
    }
})

test.each([
  ["dailyLossPercent", [-1, 0, 101, 1.55555, "x", null], /a number from 0\.0001 to 100 with at most four digits/],
  ["maxCorrelation", [-1, 2, "0,5"], /a number from 0 to 1 with/],
  ["maxPositions", [-1, 0, 1_001, 1.5, "3", null], /a whole number from 1 to 1000/],
  ["maxOrderQuote", [-1, 5, "-1", "0", "", []], /an amount above 0 as decimal text/],
])("a limit that cannot be hears all that %s may be", async (name, values, words) => {
  for (const value of values) {
    const risk = { [name]: value }
    const answer = await relay.ask("POST /api/accounts", {
      headers,
      body: { name: "a", venue: "practice", mode: "paper", risk },
    })
    expect([answer.status, await answer.json()], JSON.stringify(risk)).toMatchObject([
      422,
      { field: `risk.${name}`, error: expect.stringMatching(words) },
    ])
  }
})

test("a change under a condition is refused: nothing compares it, so it would seem to have held", async () => {
  for (const [header, value] of [
    ["if-match", '"v1"'],
    ["if-unmodified-since", "Mon, 30 Nov 2026 08:00:00 GMT"],
  ])
    for (const route of changing) {
      const answer = await relay.ask(at(route), { headers: { ...headers, [header]: value }, body: {} })
      expect([answer.status, await answer.json()], route).toMatchObject([400, { code: "no-conditions" }])
    }
  expect(relay.killSwitch.isOn).toBe(false)
  expect((await relay.ask("GET /api/kill", { headers: { ...headers, "if-match": '"v1"' } })).status).toBe(200)
})
