import { createRoute, z } from "@hono/zod-openapi"
import type { AuditLog } from "../audit/audit-log.ts"
import { given, listOf, pageOf, resource, timeMs } from "./resource.ts"

const entry = z.object({
  seq: z.int(),
  atMs: timeMs,
  actor: z.object({
    kind: z.enum(["device", "token", "owner", "link", "relay"]),
    id: z.string(),
    name: z.string(),
    /** Whose device or token it is, where it is not the first person's. */
    person: z.string().optional(),
  }),
  what: z.string(),
  subject: z.string(),
  /** sha256 of what it was and is; null where it was not or is no more. */
  beforeHash: z.string().nullable(),
  afterHash: z.string().nullable(),
  hash: z.string(),
})
const fault = z.object({
  seq: z.int(),
  kind: z.enum(["changed", "missing", "added", "moved", "stray"]),
  sentence: z.string(),
})
const cursor = /^\d{1,15}$/

const routes = {
  list: createRoute({
    method: "get",
    path: "/",
    summary: "Changes of people, tokens, accounts, keys and risk, the newest first",
    request: { query: pageOf(cursor) },
    responses: { 200: given("them", listOf(entry)) },
  }),
  verify: createRoute({
    method: "get",
    path: "/verification",
    summary: "Whether every entry is as it was written, and which are not",
    responses: {
      200: given("the verdict", z.object({ entries: z.int(), head: z.string(), faults: z.array(fault) })),
    },
  }),
}

/** The log of changes. */
export function auditRoutes({ audit }: { audit: AuditLog }) {
  return resource()
    .openapi(routes.list, async (c) => {
      const { after, limit } = c.req.valid("query")
      const items = await audit.list({ after: after === undefined ? undefined : Number(after), limit })
      return c.json({ items, next: items.length < limit ? null : String(items.at(-1)!.seq) }, 200)
    })
    .openapi(routes.verify, async (c) => c.json(await audit.check(), 200))
}
