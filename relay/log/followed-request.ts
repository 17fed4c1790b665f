import type { MiddlewareHandler } from "hono"
import { matchedRoutes } from "hono/route"
import type { Surroundings } from "../surroundings.ts"
import type { Log } from "./log.ts"
import { withinRequest } from "./request-id.ts"

const HEADER = "x-request-id"
const wellFormed = /^[\w-]{8,64}$/
const ID_LENGTH = 16

type FollowDeps = {
  log?: Pick<Log, "answered">
  surroundings: Pick<Surroundings, "secret" | "steadyMs">
  /** Whether the computer at a network address is the declared proxy, whose ids are taken. */
  isProxy: (address: string | undefined) => boolean
  /** The network address that a request came from. */
  senderOf: (c: Parameters<MiddlewareHandler>[0]) => string | undefined
}

/** Gives every request an id that its answer, its log line and whatever it leads to have too. */
export function followRequests({ log, surroundings, isProxy, senderOf }: FollowDeps): MiddlewareHandler {
  const idOf = (given: string | undefined, sender: string | undefined) =>
    given !== undefined && wellFormed.test(given) && isProxy(sender) ? given : surroundings.secret().slice(0, ID_LENGTH)
  return async (c, next) => {
    const [requestId, startMs] = [idOf(c.req.header(HEADER), senderOf(c)), surroundings.steadyMs()]
    await withinRequest(requestId, next)
    c.header(HEADER, requestId)
    const found = matchedRoutes(c).find(({ method }) => method !== "ALL")
    const route = found === undefined ? "none" : `${found.method} ${found.path}`
    if (isQuiet(route, c.res.status)) return
    log?.answered({
      requestId,
      method: c.req.method,
      route,
      status: c.res.status,
      tookMs: Math.round(surroundings.steadyMs() - startMs),
      who: c.get("who"),
    })
  }
}

/** Who asks every few seconds whether the relay lives, and hears yes, fills no log. */
function isQuiet(route: string, status: number): boolean {
  return route.startsWith("GET /api/health") && status < 400
}
