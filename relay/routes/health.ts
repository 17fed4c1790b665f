import { createRoute, z } from "@hono/zod-openapi"
import { Refusal } from "../door/refusal.ts"
import type { Surroundings } from "../surroundings.ts"
import { given, resource } from "./resource.ts"

/** How an exchange of our own is: it runs, nobody needs it, or it does not answer. */
const ownExchangeStates = ["ok", "off", "away"] as const
export type OwnExchangeState = (typeof ownExchangeStates)[number]

const health = z.object({
  status: z.enum(["ok", "degraded", "starting", "locked"]),
  version: z.string(),
  /** The engine's sha256; null before the first build. */
  engine: z.string().nullable(),
  uptimeMs: z.int(),
  /** The kill switch is on: nothing that adds risk leaves. */
  killed: z.boolean(),
  /** What is not well, in sentences; who asks need not have a token, so they name and number nothing of anybody's. */
  problems: z.array(z.string()),
  checks: z.object({
    database: z.string(),
    practice: z.enum(ownExchangeStates),
    /** Made-up money at real prices: off before there is an account of the kind, away while it has no prices. */
    paper: z.enum(ownExchangeStates),
    keys: z.enum(["ok", "locked"]),
    /**
     * Bots that have not ended: how many there are, have yet to open since the relay started, are halted, and cannot
     * work now; how many positions of theirs stand without the stop they want; how many of their markets do not trade, or
     * send no candles; and how far this computer's clock is ahead of an exchange's of theirs.
     */
    bots: z.object({
      count: z.int(),
      starting: z.int(),
      halted: z.int(),
      failing: z.int(),
      withoutStop: z.int(),
      stillMarkets: z.int(),
      clockErrorMs: z.int(),
    }),
    venues: z.record(z.string(), z.enum(["real", "stand-in"])),
  }),
})

export type Health = z.infer<typeof health>

const ready = z.object({ ready: z.literal(true) })

/** Whether requests should be sent here; why not, in sentences that name nothing of anybody's. */
export type Ready = { ready: boolean; missing: string[] }

const live = z.object({ live: z.literal(true), uptimeMs: z.int() })

const route = createRoute({
  method: "get",
  path: "/",
  summary: "Whether the relay works, and what does not",
  responses: { 200: given("how it is", health) },
})

const liveRoute = createRoute({
  method: "get",
  path: "/live",
  summary: "Answers while the process does: one that is stuck is to be started again",
  responses: { 200: given("it lives", live) },
})

const readyRoute = createRoute({
  method: "get",
  path: "/ready",
  summary: "Whether requests should be sent here: not while the relay starts, stops, is locked or has no database",
  responses: { 200: given("it is ready", ready) },
})

type HealthRoutesDeps = {
  health: () => Promise<Health>
  readiness: { look(): Promise<Ready> }
  surroundings: Pick<Surroundings, "steadyMs">
}

/** `GET /api/health`, and what load balancers and orchestrators ask. They need no token. */
export function healthRoutes({ health, readiness, surroundings }: HealthRoutesDeps) {
  const startedMs = surroundings.steadyMs()
  return resource()
    .openapi(route, async (c) => c.json(await health(), 200))
    .openapi(liveRoute, (c) =>
      c.json({ live: true as const, uptimeMs: Math.round(surroundings.steadyMs() - startedMs) }, 200),
    )
    .openapi(readyRoute, async (c) => {
      const { missing } = await readiness.look()
      if (missing.length > 0) throw new Refusal(503, "relay-not-ready", missing.join(" "), { answer: { missing } })
      return c.json({ ready: true as const }, 200)
    })
}
