import { type Policy, policies, type PolicyName, type Role, type Scope, scopes, type Who } from "./policy.ts"
import { Refusal } from "./refusal.ts"

/** What somebody has: its id stands in an address, and is unknown to everybody else. */
export const things = [
  "account",
  "bot",
  "difference",
  "job",
  "draft",
  "model key",
  "channel",
  "device",
  "token",
  "passkey",
] as const
export type Thing = (typeof things)[number]

/**
 * Whose matter a route is. `relay`: the relay's own, for its owners. `all`: the same for everybody here, and nobody's
 * own. `self`: one's own ways in, whatever one may do else. `own`: it lists or makes what is the caller's, and its
 * handler sees to that. A thing: the address has its id, and only whoever has or shares it finds it.
 */
export type Matter = "relay" | "all" | "self" | "own" | Thing

/** The matter of every route. One that is not here does not compile. */
export const matters = {
  "GET /api/health": "all",
  "GET /api/health/live": "all",
  "GET /api/health/ready": "all",
  "GET /api/metrics": "relay",
  "GET /api/openapi.json": "all",
  "GET /api/docs": "all",
  "GET /api/md/venues": "all",
  "GET /api/md/:venue/*": "all",
  "POST /api/pair": "all",
  "GET /api/me": "self",
  "GET /api/people": "relay",
  "PATCH /api/people/:id": "relay",
  "DELETE /api/people/:id": "relay",
  "GET /api/people/invitations": "relay",
  "POST /api/people/invitations": "relay",
  "DELETE /api/people/invitations/:id": "relay",
  "GET /api/passkeys": "self",
  "POST /api/passkeys": "self",
  "DELETE /api/passkeys/:id": "passkey",
  "POST /api/passkeys/creation": "self",
  "POST /api/passkeys/sign-in-options": "all",
  "POST /api/passkeys/sign-in": "all",
  "POST /api/passkeys/step-up-options": "self",
  "POST /api/passkeys/step-up": "self",
  "POST /api/pairing-links": "self",
  "GET /api/devices": "self",
  "DELETE /api/devices/:id": "device",
  "GET /api/tokens": "self",
  "POST /api/tokens": "self",
  "DELETE /api/tokens/:id": "token",
  "GET /api/accounts": "own",
  "POST /api/accounts": "own",
  "GET /api/accounts/:id": "account",
  "PATCH /api/accounts/:id": "account",
  "DELETE /api/accounts/:id": "account",
  "PUT /api/accounts/:id/key": "account",
  "GET /api/accounts/:id/key-log": "account",
  "GET /api/accounts/:id/shares": "account",
  "PUT /api/accounts/:id/shares/:person": "account",
  "DELETE /api/accounts/:id/shares/:person": "account",
  "GET /api/accounts/:id/balances": "account",
  "GET /api/accounts/:id/orders": "account",
  "POST /api/accounts/:id/orders": "account",
  "DELETE /api/accounts/:id/orders/:orderId": "account",
  "GET /api/accounts/:id/fills": "account",
  "GET /api/accounts/:id/trades": "account",
  "GET /api/accounts/:id/risk-events": "account",
  "GET /api/accounts/:id/positions": "account",
  "GET /api/accounts/:id/costs": "account",
  "GET /api/bots": "own",
  "POST /api/bots": "own",
  "POST /api/bots/gate": "own",
  "GET /api/bots/:id": "bot",
  "DELETE /api/bots/:id": "bot",
  "GET /api/bots/:id/parity": "bot",
  "GET /api/bots/:id/why": "bot",
  "POST /api/bots/:id/:command": "bot",
  "GET /api/bots/:id/events": "bot",
  "GET /api/bots/:id/orders": "bot",
  "GET /api/bots/:id/trades": "bot",
  "GET /api/bots/:id/equity": "bot",
  "GET /api/events": "own",
  "GET /api/reconcile": "own",
  "POST /api/reconcile/:id": "difference",
  // Whoever may trade may stop everything; what an owner has stopped, only an owner lets go.
  "GET /api/kill": "all",
  "POST /api/kill": "all",
  "DELETE /api/kill": "relay",
  "GET /api/live-data/:symbol": "all",
  "GET /api/historical-data/:symbol": "all",
  "GET /api/trade-signal/:symbol": "own",
  "POST /api/trading/accounts/:id/analyze": "account",
  "POST /api/backtests": "own",
  "POST /api/optimisations": "own",
  "GET /api/jobs": "own",
  "GET /api/jobs/:id": "job",
  "DELETE /api/jobs/:id": "job",
  "GET /api/notices": "own",
  "POST /api/notices": "own",
  "DELETE /api/notices/:id": "channel",
  "POST /api/notices/:id/test": "channel",
  "GET /api/model-keys": "own",
  "POST /api/model-keys": "own",
  "PUT /api/model-keys/:id": "model key",
  "DELETE /api/model-keys/:id": "model key",
  "GET /api/model-keys/:id/models": "model key",
  "POST /api/model-keys/:id/chat/completions": "model key",
  // The relay looks at public markets for everybody; its owner says at which, and pays for it.
  "GET /api/analyses": "all",
  "GET /api/analyses/record": "all",
  "GET /api/analyses/watch": "all",
  "PUT /api/analyses/watch": "relay",
  "GET /api/signals": "all",
  "GET /api/signals/models": "own",
  "POST /api/signals/models": "relay",
  "DELETE /api/signals/models/:hash": "relay",
  "POST /api/signals/models/:hash/adopt": "own",
  "GET /api/signals/watch": "all",
  "PUT /api/signals/watch": "relay",
  "GET /api/drafts": "own",
  "DELETE /api/drafts/:id": "draft",
  "POST /mcp": "own",
  "GET /mcp": "own",
  "GET /api/audit": "relay",
  "GET /api/audit/verification": "relay",
} as const satisfies Record<PolicyName, Matter>

/** The thing whose id is in a route's address; undefined where there is none. */
export function thingOf(route: string): Thing | undefined {
  const matter = matterOf(route)
  return things.find((thing) => thing === matter)
}

/** How far somebody may go with a thing: look at it, trade with it, or all that its owner may. */
export const reaches = ["read", "trade", "own"] as const
export type Reach = (typeof reaches)[number]

/** What a route does with its thing. */
export function neededReach(route: string): Reach {
  const scope: Policy = policies[route as PolicyName]
  return scope === "admin" ? "own" : scope === "trade" ? "trade" : "read"
}

/** Whether somebody's reach is enough. */
export function reachesTo(reach: Reach, needed: Reach): boolean {
  return reaches.indexOf(reach) >= reaches.indexOf(needed)
}

/** Throws a `Refusal` where what a person is here is too little for a route, whatever their token is good for. */
export function refuseRole(route: string, { role }: Pick<Who, "role">): void {
  const matter = matterOf(route)
  if (waysIn.has(matter)) return
  if (matter === "relay" && role !== "owner") throw notTheirs
  const needed: Policy = policies[route as PolicyName]
  if (needed !== "everyone" && scopes.indexOf(needed) > scopes.indexOf(mostOf[role])) throw onlyLooks
}

/** Whoever is let in has browsers and tokens of their own; none of these is good for more than their role. */
const waysIn: ReadonlySet<Matter> = new Set<Matter>(["self", "device", "token", "passkey"])

const mostOf: Record<Role, Scope> = { viewer: "read", trader: "admin", owner: "admin" }

function matterOf(route: string): Matter {
  return matters[route as PolicyName]
}

const notTheirs = new Refusal(
  403,
  "role-too-small",
  "This is a matter of the relay itself, for its owner. Ask them; nothing was changed.",
)

const onlyLooks = new Refusal(
  403,
  "role-too-small",
  "You are here to look. A trader or the owner can do this; nothing was changed.",
)

/** Throws a `Refusal` where somebody who does not have the relay's computer would send to its own programs. */
export function refuseLocal({ role }: Pick<Who, "role">): void {
  if (role !== "owner") throw notTheirs
}

/** What is shared with somebody to look at, or to trade with, is still its owner's. */
export const onlyShared = new Refusal(
  403,
  "role-too-small",
  "This is shared with you, and not for this. Its owner can do it, or share more; nothing was changed.",
)
