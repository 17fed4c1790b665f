import { createRoute, z } from "@hono/zod-openapi"
import { McpDoor } from "../assistants/mcp-door.ts"
import { benchOf, type Workbench } from "../assistants/workbench.ts"
import { Refusal } from "../door/refusal.ts"
import { given, listOf, nothing, oneOf, resource, taken, timeMs, unknown, whoIn } from "./resource.ts"

const draft = z.object({
  id: z.string(),
  savedMs: timeMs,
  name: z.string(),
  /** Why it was made, in the assistant's words. */
  note: z.string(),
  /** A whole strategy document; it is in use nowhere. */
  strategy: z.looseObject({}),
})

const drafts = {
  list: createRoute({
    method: "get",
    path: "/",
    summary: "Strategies that assistants left for a person; nothing uses them",
    responses: { 200: given("them", listOf(draft)) },
  }),
  remove: createRoute({
    method: "delete",
    path: "/{id}",
    summary: "Throw a draft away",
    request: oneOf("draft"),
    responses: { 204: nothing },
  }),
}

/** What assistants drafted, for a person to take or throw away. */
export function draftRoutes({ drafts: kept }: Pick<Workbench, "drafts">) {
  return resource()
    .openapi(drafts.list, async (c) => c.json({ items: await kept.list(whoIn(c).person), next: null }, 200))
    .openapi(drafts.remove, async (c) => {
      if (!(await kept.remove(c.req.valid("param").id))) throw unknown("draft")
      return c.body(null, 204)
    })
}

const message = z.looseObject({
  jsonrpc: z.literal("2.0"),
  method: z.string().max(200).optional(),
  id: z.union([z.string().max(200), z.number()]).optional(),
})
const atRoot = { path: "/mcp" as const, servers: [{ url: "/" }] }

const mcp = {
  ask: createRoute({
    ...atRoot,
    method: "post",
    summary: "For assistants: drafts and tests of strategies in the Model Context Protocol (Streamable HTTP)",
    request: taken(message),
    responses: { 200: { description: "a JSON-RPC answer" }, 202: { description: "taken; there is nothing to answer" } },
  }),
  stream: createRoute({
    ...atRoot,
    method: "get",
    summary: "There is no stream: every message is answered by itself",
    responses: { 405: { description: "always" } },
  }),
}

type McpDeps = { workbench: Workbench; stopping: AbortSignal }

/** Where outside assistants speak, beside /api. */
export function mcpRoutes({ workbench, stopping }: McpDeps) {
  const door = new McpDoor()
  return resource()
    .openapi(mcp.ask, (c) => {
      const signal = AbortSignal.any([c.req.raw.signal, stopping])
      return door.answer(c.req.raw, c.req.valid("json"), { bench: benchOf(workbench, whoIn(c).person), signal })
    })
    .openapi(mcp.stream, () => {
      throw new Refusal(
        405,
        "no-stream",
        "There is no stream here. Send each message with POST; it is answered by itself.",
      )
    })
}
