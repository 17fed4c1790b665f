import { OpenAPIHono, z } from "@hono/zod-openapi"
import { Hono } from "hono"
import { type PolicyName, policies, policyOf, scopes } from "../door/policy.ts"
import { problem } from "../door/refusals.ts"
import { descriptionPage } from "./description-page.ts"
import { namedRefusals, passingOn } from "./route-refusals.ts"

/** The API's document, as OpenAPI 3.1 has it. */
export type Description = ReturnType<OpenAPIHono["getOpenAPI31Document"]>
export type Operation = {
  summary?: string
  "x-scope"?: string
  requestBody?: unknown
  parameters?: unknown[]
  responses?: Record<string, { description?: string; content?: unknown }>
}

/** The resources with schemas, and where they are below /api. */
export type Described = [path: string, resource: OpenAPIHono][]
type DescriptionDeps = { described: Described; version: string }

/** `GET /api/openapi.json`, made of the schemas that check every body, and `GET /api/docs`, a page of it. */
export function descriptionRoutes(deps: DescriptionDeps) {
  let made: Description | undefined
  const description = () => (made ??= describe(deps))
  let page: string | undefined
  return new Hono()
    .get("/openapi.json", (c) => c.body(JSON.stringify(description()), 200, json))
    .get("/docs", (c) => c.html((page ??= descriptionPage(description()))))
}

const json = { "content-type": "application/json" }

/** Where a route of the table is in the document: "/api/accounts/{id}". */
export function describedPath(route: string): { method: string; path: string } {
  const [method, path] = route.split(" ")
  return { method: method.toLowerCase(), path: path.replace(/:(\w+)/g, "{$1}").replace("*", "{path}") }
}

/** Describes the routes whose answers no schema of ours checks. */
function describePlain(registry: OpenAPIHono["openAPIRegistry"]): void {
  const plain: [path: string, type: string, summary: string][] = [
    ["/metrics", "text/plain", "The relay's figures, for Prometheus"],
    ["/openapi.json", "application/json", "This document"],
    ["/docs", "text/html", "This document as a page"],
    ["/md/venues", "application/json", "Exchanges whose public market data is passed on"],
    ["/md/{venue}/{path}", "application/json", "An exchange's public market data, as the exchange answers it"],
  ]
  for (const [path, type, summary] of plain)
    registry.registerPath({
      method: "get",
      path,
      summary,
      ...(path.includes("{") && {
        request: { params: z.object({ venue: z.string(), path: z.string() }) },
      }),
      responses: { 200: { description: "it", content: { [type]: { schema: {} } } } },
    })
}

function describe({ described, version }: DescriptionDeps): Description {
  const whole = new OpenAPIHono()
  whole.openAPIRegistry.register("Problem", problem)
  describePlain(whole.openAPIRegistry)
  for (const [path, part] of described) whole.route(path, part)
  const document = whole.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "Candlewright", version, description: DESCRIPTION },
    servers: [{ url: "/api" }],
    security: [{ token: [] }],
  })
  document.components = {
    ...document.components,
    securitySchemes: {
      token: { type: "http", scheme: "bearer", description: "A token of `candlewright tokens create`" },
    },
  }
  for (const name of Object.keys(policies) as PolicyName[]) {
    addScope(document, name)
    addRefusals(document, name)
  }
  return document
}

const DESCRIPTION = `Amounts, prices and quantities are decimal texts; times are UTC milliseconds. A refusal is a Problem: { "error", "code", "field"? }; each code stays what it is, its sentence may change. x-scope is what a token must be good for: ${scopes.join(", ")}, each including those before it.`

/** Says who may use an operation. */
function addScope(document: Description, name: PolicyName): void {
  const operation = operationOf(document, name)
  const policy = policyOf(name)!
  if (operation === undefined) return
  operation["x-scope"] = policy
  if (policy === "everyone") Object.assign(operation, { security: [] })
}

/** Says what an operation refuses, beside what its own answers are; `default` is for what any may refuse. */
function addRefusals(document: Description, name: PolicyName): void {
  const operation = operationOf(document, name)
  if (operation === undefined) return
  const codes = new Map<string, Set<string>>()
  for (const refusal of namedRefusals(name)) {
    const [status, code] = refusal.split(" ")
    codes.set(status, (codes.get(status) ?? new Set()).add(code))
  }
  const isPassingOn = passingOn.has(name)
  const refused = [...codes].map(([status, of]) => [status, refusedWith(isPassingOn, [...of])])
  operation.responses = { ...operation.responses, ...Object.fromEntries(refused), default: refusedWith(isPassingOn) }
}

/** A refusal of ours; where answers are passed on, one of theirs may come with the same status. */
function refusedWith(isPassingOn: boolean, codes?: string[]) {
  const ours = { $ref: "#/components/schemas/Problem", ...(codes && { properties: { code: { enum: codes } } }) }
  const description = `${codes?.join(" or ") ?? "any other refusal"}${isPassingOn ? ", or what is passed on, as it comes" : ""}`
  return { description, content: { "application/json": { schema: isPassingOn ? { anyOf: [ours, {}] } : ours } } }
}

/** What the document says of a route of the table; undefined when it says nothing. */
export function operationOf({ paths }: Description, route: string): Operation | undefined {
  const { method, path } = describedPath(route)
  return (paths?.[path.replace(/^\/api/, "")] as Record<string, Operation> | undefined)?.[method]
}
