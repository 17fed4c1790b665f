import { DAY_MS, MINUTE_MS } from "#engine/candles"
import { createRoute, z } from "@hono/zod-openapi"
import { addressOf, type CallerGuard } from "../door/caller-guard.ts"
import type { Front } from "../door/front.ts"
import { scopes } from "../door/policy.ts"
import { Refusal } from "../door/refusal.ts"
import { keyObject } from "../people/devices.ts"
import type { People } from "../people/people.ts"
import type { Surroundings } from "../surroundings.ts"
import {
  actorOf,
  given,
  givenName,
  listOf,
  nothing,
  oneOf,
  resource,
  taken,
  timeMs,
  unknown,
  whoIn,
} from "./resource.ts"

const coordinate = z.string().regex(/^[\w-]{43}$/, "a coordinate of a P-256 key, base64url")
/** The public part of a browser's key. */
export const deviceKey = z.strictObject({ kty: z.literal("EC"), crv: z.literal("P-256"), x: coordinate, y: coordinate })
const device = z.object({
  id: z.string(),
  name: z.string(),
  createdMs: timeMs,
  lastSeenMs: timeMs,
  /** How long it is known without being used; null: until somebody ends it. */
  goodForMs: timeMs.nullable(),
  /** The network address it came from last; null where nobody looked. */
  address: z.string().nullable(),
  /** Whether it is the one that asks. */
  isThis: z.boolean(),
})
const newToken = z.strictObject({
  name: givenName,
  scope: z.enum(scopes),
  /** Until when it is good, a year from now at most; without it, until it is revoked. */
  expiresMs: timeMs.nullish(),
})
const token = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.enum(scopes),
  createdMs: timeMs,
  expiresMs: timeMs.nullable(),
  lastUsedMs: timeMs.nullable(),
})

/** What nobody ends by then has been forgotten. A moment more: the caller's clock is not ours. */
const LONGEST_LIFE_MS = 365 * DAY_MS + MINUTE_MS

const routes = {
  pair: createRoute({
    method: "post",
    path: "/pair",
    summary: "Pair this browser with a link's token",
    request: taken(z.strictObject({ token: z.string().max(200), name: givenName, publicKey: deviceKey })),
    responses: { 201: given("paired", z.object({ id: z.string(), run: z.string(), nowMs: timeMs })) },
  }),
  offer: createRoute({
    method: "post",
    path: "/pairing-links",
    summary: "A link that pairs one browser",
    responses: { 201: given("the link", z.object({ url: z.string(), goodForMs: timeMs })) },
  }),
  devices: createRoute({
    method: "get",
    path: "/devices",
    summary: "Your paired browsers, the newest first",
    responses: { 200: given("them", listOf(device)) },
  }),
  unpair: createRoute({
    method: "delete",
    path: "/devices/{id}",
    summary: "End a browser's pairing",
    request: oneOf("device"),
    responses: { 204: nothing },
  }),
  tokens: createRoute({
    method: "get",
    path: "/tokens",
    summary: "Your tokens of programs, the newest first, without their secrets",
    responses: { 200: given("them", listOf(token)) },
  }),
  createToken: createRoute({
    method: "post",
    path: "/tokens",
    summary: "Make a token; its secret is answered once",
    request: taken(newToken),
    responses: { 201: given("the token", z.object({ id: z.string(), token: z.string() })) },
  }),
  revokeToken: createRoute({
    method: "delete",
    path: "/tokens/{id}",
    summary: "End a token",
    request: oneOf("token"),
    responses: { 204: nothing },
  }),
}

export type PeopleDeps = {
  people: People
  guard: CallerGuard
  front: Pick<Front, "home">
  surroundings: Pick<Surroundings, "nowMs">
}

/** Pairing, devices and tokens. */
export function peopleRoutes({ people, guard, front, surroundings }: PeopleDeps) {
  return resource()
    .openapi(routes.pair, async (c) => {
      guard.attempt(addressOf(c))
      const { token: given, name, publicKey } = c.req.valid("json")
      if (keyObject(publicKey) === undefined)
        throw new Refusal(422, "not-valid", "This is no P-256 key.", { field: "publicKey" })
      const { isPublic, from: address } = c.get("entrance")
      const device = await people.letIn(given, { name, key: publicKey, address, isPublic })
      if (device === undefined) throw usedUp
      return c.json({ id: device.id, run: people.run, nowMs: surroundings.nowMs() }, 201)
    })
    .openapi(routes.offer, (c) => {
      const { token: secret, goodForMs } = people.pairing.offer(whoIn(c).person)
      return c.json({ url: pairingLink(front, secret), goodForMs }, 201)
    })
    .openapi(routes.devices, async (c) => {
      const all = await people.devices.list(whoIn(c).person)
      return c.json({ items: all.map((one) => ({ ...one, isThis: one.id === c.get("who")?.id })), next: null }, 200)
    })
    .openapi(routes.unpair, async (c) => {
      if (!(await people.devices.revoke(c.req.valid("param").id, actorOf(c)))) throw unknown("device")
      return c.body(null, 204)
    })
    .openapi(routes.tokens, async (c) => c.json({ items: await people.tokens.list(whoIn(c).person), next: null }, 200))
    .openapi(routes.createToken, async (c) => {
      const { name, scope, expiresMs = null } = c.req.valid("json")
      if (expiresMs !== null && expiresMs <= surroundings.nowMs())
        throw new Refusal(422, "not-valid", "This token would have expired already.", { field: "expiresMs" })
      if (expiresMs !== null && expiresMs > surroundings.nowMs() + LONGEST_LIFE_MS)
        throw new Refusal(422, "not-valid", "A token lives for a year at most. Make it shorter; nothing was made.", {
          field: "expiresMs",
        })
      return c.json(await people.tokens.create({ name, scope, expiresMs }, actorOf(c)), 201)
    })
    .openapi(routes.revokeToken, async (c) => {
      if (!(await people.tokens.revoke(c.req.valid("param").id, actorOf(c)))) throw unknown("token")
      return c.body(null, 204)
    })
}

/** The address that pairs a browser: what follows # never leaves it. */
export function pairingLink({ home }: Pick<Front, "home">, token: string): string {
  return `${home}/#pair=${token}`
}

const usedUp = new Refusal(
  401,
  "wrong-credential",
  "This pairing link was used before or is too old: one for a browser of yours is good for two minutes (`candlewright pair` prints a new one), an invitation for two days.",
)
