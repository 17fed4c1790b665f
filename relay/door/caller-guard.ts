import { isIPv6 } from "node:net"
import type { Context, MiddlewareHandler } from "hono"
import { matchedRoutes } from "hono/route"
import { MINUTE_MS } from "#engine/candles"
import type { Surroundings } from "../surroundings.ts"
import { Allowance } from "./allowance.ts"
import type { Entrance } from "./front.ts"
import { neededReach, onlyShared, type Reach, reachesTo, refuseRole, type Thing, thingOf } from "./matters.ts"
import { allows, type Policy, isUrgent, policyOf, type Who } from "./policy.ts"
import { Refusal } from "./refusal.ts"
import { withoutProof } from "./signed-address.ts"

/** What of a request shows who sends it. */
export type Asked = {
  method: string
  /** The whole address as the sender knows it: "http://localhost:8787/api/devices?limit=5". */
  address: string
  authorization: string | undefined
  /** The network address that sends it. */
  from: string
  body: () => Promise<Uint8Array>
}

/** How far somebody may go with a thing; undefined where there is none, or it is somebody else's. */
export type ReachOf = (who: Who, thing: Thing, id: string) => Promise<Reach | undefined>

/** Finds out who asks: undefined for a caller who says nothing; throws a `Refusal` for one who says something wrong. */
export type Identify = (asked: Asked) => Promise<Who | undefined>

type GuardDeps = { identify: Identify; surroundings: Pick<Surroundings, "steadyMs"> }

const attemptPace = { most: 5, perMs: MINUTE_MS }
const requestPace = { most: 60, perMs: 1_000 }

/** Lets in who may come in, at a pace that leaves room for others; the same for requests and upgrades. */
export class CallerGuard {
  readonly #identify: Identify
  readonly #attempts: Allowance
  readonly #requests: Allowance

  constructor({ identify, surroundings }: GuardDeps) {
    this.#identify = identify
    this.#attempts = new Allowance(attemptPace, surroundings.steadyMs)
    this.#requests = new Allowance(requestPace, surroundings.steadyMs)
  }

  /**
   * Answers who asks, where that matters; throws a `Refusal` for a caller who may not. `from` is the caller's network
   * address; `atAnyPace` lets in one who asks too often.
   */
  async admit(policy: Policy, asked: Asked, from: string, atAnyPace = false): Promise<Who | undefined> {
    if (policy === "everyone") return undefined
    const who = await this.#identify(asked).catch((error: unknown) => this.#count(error, from))
    if (who === undefined) throw nobody
    if (!allows(policy, who)) throw tooSmall(policy)
    if (who.kind !== "owner" && !atAnyPace) keepPace(this.#requests.take(`${who.kind} ${who.id}`))
    return who
  }

  /** An attempt to come in, such as with a pairing link, counts whether or not it is right. */
  attempt(from: string): void {
    const taken = this.#attempts.take(networkOf(from))
    if (!taken.ok)
      throw new Refusal(429, "too-many-attempts", "Too many wrong attempts to come in. Wait a minute and try again.", {
        retryAfterS: seconds(taken.waitMs),
      })
  }

  #count(error: unknown, from: string): never {
    if (error instanceof Refusal && error.code === "wrong-credential") this.attempt(from)
    throw error
  }
}

/** Who has one address of version 6 has the 2^64 beside it. */
function networkOf(address: string): string {
  return isIPv6(address) && !address.includes(".") ? sixOf(address).slice(0, NETWORK_PARTS).join(":") : address
}

const SIX_PARTS = 8
const NETWORK_PARTS = 4

/** The eight parts of an address of version 6, those that :: stands for too. */
function sixOf(address: string): string[] {
  const [before, after = ""] = address.split("::")
  const [left, right] = [before, after].map((parts) => parts.split(":").filter(Boolean))
  return [...left, ...Array<string>(SIX_PARTS - left.length - right.length).fill("0"), ...right]
}

const nobody = new Refusal(
  401,
  "not-paired",
  "Candlewright does not know who asks. Pair this browser with the link the relay printed (`candlewright pair` prints a new one), or send a token.",
)

function tooSmall(policy: Policy): Refusal {
  return new Refusal(403, "scope-too-small", `This needs a token with the scope "${policy}"; yours may do less.`)
}

function keepPace(taken: ReturnType<Allowance["take"]>): void {
  if (taken.ok) return
  throw new Refusal(
    429,
    "too-fast",
    `More than ${requestPace.most} requests in a second. Nothing was done; ask again in a moment.`,
    {
      retryAfterS: seconds(taken.waitMs),
    },
  )
}

function seconds(waitMs: number): number {
  return Math.max(1, Math.ceil(waitMs / 1_000))
}

declare module "hono" {
  interface ContextVariableMap {
    /** Who asks, where the route needs to know. */
    who: Who | undefined
    /** By which of our addresses the request came in. */
    entrance: Entrance
    /** What the address names and the caller does not have: it is unknown to them once the rest is understood. */
    missing: Thing | undefined
  }
}

/**
 * The guard before every route of the API, each by its policy and by whose matter it is; an address without a route goes
 * on to its 404.
 */
export function guardRequests(guard: CallerGuard, reachOf: ReachOf): MiddlewareHandler {
  return async (c, next) => {
    const route = matchedRoutes(c).find(({ method }) => method !== "ALL")
    if (route === undefined) return next()
    const name = `${route.method} ${route.path}`
    const policy = policyOf(name, c.get("entrance"))
    if (policy === undefined) throw new Error(`${name} has no policy`)
    const who = await guard.admit(policy, askedOf(c), addressOf(c), isUrgent(name))
    c.set("who", who)
    if (who !== undefined) {
      refuseRole(name, who)
      c.set("missing", await missingFrom(c, name, (thing, id) => reachOf(who, thing, id)))
    }
    return next()
  }
}

type OwnReach = (thing: Thing, id: string) => Promise<Reach | undefined>

/** The thing in the address that the caller does not have; throws a `Refusal` where they share too little of it. */
async function missingFrom(c: Context, route: string, reachOf: OwnReach): Promise<Thing | undefined> {
  const thing = thingOf(route)
  if (thing === undefined) return undefined
  const id = idIn(c.req.path, route)
  // What is no id is asked for nowhere: a database does not take every letter.
  const reach = isId.test(id) ? await reachOf(thing, id) : undefined
  if (reach === undefined) return thing
  if (!reachesTo(reach, neededReach(route))) throw onlyShared
  return undefined
}

/** Passkeys have the longest. */
const isId = /^[\w-]{1,1400}$/

/** The id of a thing in an address, as its route reads it. */
function idIn(path: string, route: string): string {
  const place = route.split(" ")[1].split("/").indexOf(":id")
  const written = path.split("/")[place] ?? ""
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}

function askedOf(c: Context): Asked {
  const { pathname, search } = new URL(c.req.raw.url)
  const { address, proof } = withoutProof(`${c.get("entrance").origin}${pathname}${search}`)
  return {
    method: c.req.method,
    address,
    from: addressOf(c),
    authorization: c.req.header("authorization") ?? (c.req.method === "GET" ? proof : undefined),
    body: async () => new Uint8Array(await c.req.arrayBuffer()),
  }
}

/** The caller's network address; "here" in a test without a server. */
export function addressOf(c: Context): string {
  return c.get("entrance").from
}
