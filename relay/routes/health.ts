import { createRoute, z } from "@hono/zod-openapi"
import { given, resource } from "./resource.ts"

const health = z.object({
  status: z.enum(["ok", "degraded", "starting", "locked"]),
  version: z.string(),
  /** The engine's sha256; null before the first build. */
  engine: z.string().nullable(),
  uptimeMs: z.int(),
  /** The kill switch is on: nothing that adds risk leaves. */
  killed: z.boolean(),
  checks: z.object({
    database: z.string(),
    practice: z.string(),
    keys: z.enum(["ok", "locked"]),
    /** Bots that have not ended, and how many of them have yet to open since the relay started. */
    bots: z.object({ starting: z.int(), count: z.int() }),
    venues: z.record(z.string(), z.enum(["real", "stand-in"])),
  }),
})

export type Health = z.infer<typeof health>

const route = createRoute({
  method: "get",
  path: "/",
  summary: "Whether the relay works, and what does not",
  responses: { 200: given("how it is", health) },
})

/** `GET /api/health`: the one address that needs no token. */
export function healthRoutes(health: () => Promise<Health>) {
  return resource().openapi(route, async (c) => c.json(await health(), 200))
}
