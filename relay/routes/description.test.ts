import { afterAll, beforeAll, expect, test } from "vitest"
import { policies, type PolicyName } from "../door/policy.ts"
import { type RefusalCode, refusals } from "../door/refusals.ts"
import { openedApp, type OpenedApp } from "../testing/opened-app.ts"
import { type Description, operationOf } from "./description.ts"
import { isDocumented } from "./route-refusals.ts"

type Schema = {
  type?: string | string[]
  properties?: Record<string, Schema>
  anyOf?: Schema[]
  oneOf?: Schema[]
  items?: Schema
}
type Problemlike = { $ref: string; properties?: { code: { enum: RefusalCode[] } } }

let relay: OpenedApp
let headers: Record<string, string>

beforeAll(async () => {
  relay = await openedApp()
  headers = await relay.bearer("read")
})

afterAll(() => relay.close())

const description = async () => (await (await relay.ask("GET /api/openapi.json", { headers })).json()) as Description

test("every route of the table of policies is in the document, with who may use it, and no other", async () => {
  const document = await description()
  for (const [route, policy] of Object.entries(policies))
    expect(operationOf(document, route), route).toMatchObject({
      "x-scope": policy,
      summary: expect.stringMatching(/.{5}/),
    })
  const operations = Object.values(document.paths ?? {}).flatMap((item) => Object.keys(item))
  expect(operations).toHaveLength(Object.keys(policies).length)
  expect(document).toMatchObject({ openapi: "3.1.0", info: { title: "Candlewright", version: "1.2.3" } })
})

test("a body is described by the schema that checks it: what it needs, and that nothing else may be in it", async () => {
  const add = operationOf(await description(), "POST /api/accounts") as {
    requestBody: { content: { "application/json": { schema: Record<string, unknown> } } }
  }
  const { schema } = add.requestBody.content["application/json"]
  expect(schema).toMatchObject({ required: ["name", "venue", "mode"], additionalProperties: false })
  expect(Object.keys(schema.properties ?? {})).toEqual(["name", "venue", "mode", "key", "risk"])
})

test("no answer has money, a price or a quantity as a number: they are decimal texts", async () => {
  const document = await description()
  const money =
    /(price|quantity|amount|cash|equity|profit|pnl|unrealised|quote|fee|fees|paid|free|locked|worth|entry|stop|target|loss|volume|dust)$/i
  const candle = /^(open|high|low|close|atr)$/
  const found: string[] = []
  const look = (schema: Schema, place: string): void => {
    const types = [schema.type ?? []].flat()
    const name = place.split(".").at(-1)!
    const isMoney = (money.test(name) || candle.test(name)) && !/Ms$|percent$/i.test(name)
    if (isMoney && (types.includes("number") || types.includes("integer"))) found.push(place)
    for (const [key, one] of Object.entries(schema.properties ?? {})) look(one, `${place}.${key}`)
    for (const one of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.items ? [schema.items] : [])])
      look(one, place)
  }
  for (const route of Object.keys(policies))
    for (const [status, { content }] of Object.entries(operationOf(document, route)!.responses ?? {})) {
      const answer = (content as { "application/json"?: { schema: Schema } } | undefined)?.["application/json"]
      if (status < "300" && answer) look(answer.schema, route)
    }
  // How many positions stand without a stop.
  expect(found).toEqual(["GET /api/health.checks.bots.withoutStop"])
})

test("every route lists its refusals by status, each with its codes, in one shape", async () => {
  const document = await description()
  const { Problem } = document.components!.schemas as { Problem: { properties: { code: { enum: string[] } } } }
  expect(Problem).toMatchObject({ required: ["error", "code"], properties: { code: { type: "string" } } })
  expect(Problem.properties.code.enum).toEqual(Object.keys(refusals))
  for (const [route, policy] of Object.entries(policies)) {
    const { responses = {} } = operationOf(document, route)!
    const refused = Object.keys(responses).filter((status) => status >= "400")
    expect(refused, route).toEqual(
      expect.arrayContaining([...(policy === "everyone" ? [] : ["401", "429"]), "400", "403", "default"]),
    )
    for (const status of refused) {
      const { content } = responses[status] as {
        content: { "application/json": { schema: Problemlike | { anyOf: Problemlike[] } } }
      }
      const { schema } = content["application/json"]
      const { $ref, properties } = "anyOf" in schema ? schema.anyOf[0] : schema
      expect($ref, `${route} ${status}`).toBe("#/components/schemas/Problem")
      for (const code of properties?.code.enum ?? [])
        expect(refusals[code][0], `${route} ${code}`).toContain(Number(status))
    }
  }
  expect(operationOf(document, "POST /api/accounts/:id/orders")!.responses!["409"].description).toContain("key-used")
})

test("the document has each code, with each of its statuses, at some route", () => {
  const routes = Object.keys(policies) as PolicyName[]
  const missing = (Object.keys(refusals) as RefusalCode[]).flatMap((code) =>
    refusals[code][0]
      .filter((status) => ![undefined, ...routes].some((route) => isDocumented(route, status, code)))
      .map((status) => `${status} ${code}`),
  )
  // Of an upgrade to a live stream, whose refusals are bare sentences.
  expect(missing).toEqual(["503 too-many-streams"])
})

test("a browser opens the page by its address, and the document it links to; other pages are kept out", async () => {
  for (const path of ["/api/docs", "/api/openapi.json"]) {
    const navigation = { "sec-fetch-site": "none", "sec-fetch-mode": "navigate" }
    expect((await relay.ask(`GET ${path}`, { headers: navigation })).status, path).toBe(200)
    expect((await relay.ask(`GET ${path}`, { headers: { "sec-fetch-site": "cross-site" } })).status, path).toBe(403)
  }
})

test("the page of the document needs nothing but itself: no script, no address elsewhere, and it obeys the policy", async () => {
  const answer = await relay.ask("GET /api/docs")
  const page = await answer.text()
  expect(answer.headers.get("content-type")).toContain("text/html")
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'")
  expect(page).not.toMatch(/<script|<link|<img|\son\w+=|https?:\/\/|@import|url\(/i)
  for (const route of ["/api/accounts/{id}/key-log", "/api/md/{venue}/{path}"]) expect(page).toContain(route)
})

test("figures are Prometheus text, and count what was answered by which route", async () => {
  await relay.ask("GET /api/health")
  await relay.ask("GET /api/nothing-here")
  await relay.ask('GET /api/tokens/"}\n', { headers }).catch(() => undefined)
  const answer = await relay.ask("GET /api/metrics", { headers })
  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8")
  const lines = (await answer.text()).trimEnd().split("\n")
  for (const line of lines)
    expect(line).toMatch(
      /^(# (HELP|TYPE) candlewright_\w+ .+|candlewright_\w+(\{(\w+="[^"\\\n]*",?)+\})? -?\d+(\.\d+)?(e-?\d+)?)$/,
    )
  expect(lines).toContain('candlewright_answers_total{route="GET /api/health",status="200"} 1')
  expect(lines).toContain('candlewright_answers_total{route="none",status="404"} 2')
  expect(lines).toContain("candlewright_keys_locked 0")
})
