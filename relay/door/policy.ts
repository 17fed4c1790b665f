/** What a caller may do, each including those before it. */
export const scopes = ["research", "read", "trade", "admin"] as const
export type Scope = (typeof scopes)[number]

/** Who may use a route: everyone on this computer, or callers of at least this scope. */
export type Policy = "everyone" | Scope

/** Every route of the API, and that of assistants. A route that is not here does not compile (relay/app.ts) and is never answered. */
export const policies = {
  "GET /api/health": "everyone",
  "GET /api/health/live": "everyone",
  "GET /api/health/ready": "everyone",
  "GET /api/metrics": "read",
  // Both are made of the program alone and tell nothing of its owner; a browser's address bar can prove no key.
  "GET /api/openapi.json": "everyone",
  "GET /api/docs": "everyone",
  "GET /api/md/venues": "everyone",
  "GET /api/md/:venue/*": "everyone",
  "POST /api/pair": "everyone",
  "GET /api/me": "research",
  "GET /api/people": "admin",
  "PATCH /api/people/:id": "admin",
  "DELETE /api/people/:id": "admin",
  "GET /api/people/invitations": "admin",
  "POST /api/people/invitations": "admin",
  "DELETE /api/people/invitations/:id": "admin",
  "GET /api/passkeys": "admin",
  "POST /api/passkeys": "admin",
  "DELETE /api/passkeys/:id": "admin",
  "POST /api/passkeys/creation": "admin",
  "POST /api/passkeys/sign-in-options": "everyone",
  "POST /api/passkeys/sign-in": "everyone",
  "POST /api/passkeys/step-up-options": "admin",
  "POST /api/passkeys/step-up": "admin",
  "POST /api/pairing-links": "admin",
  "GET /api/devices": "admin",
  "DELETE /api/devices/:id": "admin",
  "GET /api/tokens": "admin",
  "POST /api/tokens": "admin",
  "DELETE /api/tokens/:id": "admin",
  "GET /api/accounts": "read",
  "POST /api/accounts": "admin",
  "GET /api/accounts/:id": "read",
  "PATCH /api/accounts/:id": "admin",
  "DELETE /api/accounts/:id": "admin",
  "PUT /api/accounts/:id/key": "admin",
  "GET /api/accounts/:id/key-log": "admin",
  "GET /api/accounts/:id/shares": "admin",
  "PUT /api/accounts/:id/shares/:person": "admin",
  "DELETE /api/accounts/:id/shares/:person": "admin",
  "GET /api/accounts/:id/balances": "read",
  "GET /api/accounts/:id/orders": "read",
  "POST /api/accounts/:id/orders": "trade",
  "DELETE /api/accounts/:id/orders/:orderId": "trade",
  "GET /api/accounts/:id/fills": "read",
  "GET /api/accounts/:id/trades": "read",
  "GET /api/accounts/:id/risk-events": "read",
  "GET /api/accounts/:id/positions": "read",
  "GET /api/accounts/:id/costs": "read",
  "GET /api/bots": "read",
  "POST /api/bots": "trade",
  "POST /api/bots/gate": "trade",
  "GET /api/bots/:id": "read",
  "DELETE /api/bots/:id": "trade",
  "GET /api/bots/:id/parity": "read",
  "GET /api/bots/:id/why": "read",
  "POST /api/bots/:id/:command": "trade",
  "GET /api/bots/:id/events": "read",
  "GET /api/bots/:id/orders": "read",
  "GET /api/bots/:id/trades": "read",
  "GET /api/bots/:id/equity": "read",
  "GET /api/events": "read",
  "GET /api/reconcile": "read",
  "POST /api/reconcile/:id": "trade",
  "GET /api/kill": "read",
  "POST /api/kill": "trade",
  "DELETE /api/kill": "trade",
  "GET /api/live-data/:symbol": "read",
  "GET /api/historical-data/:symbol": "read",
  "GET /api/trade-signal/:symbol": "read",
  "POST /api/trading/accounts/:id/analyze": "trade",
  "POST /api/backtests": "trade",
  "POST /api/optimisations": "trade",
  "GET /api/jobs": "read",
  "GET /api/jobs/:id": "read",
  "DELETE /api/jobs/:id": "trade",
  "GET /api/notices": "admin",
  "POST /api/notices": "admin",
  "DELETE /api/notices/:id": "admin",
  "POST /api/notices/:id/test": "admin",
  "GET /api/model-keys": "read",
  "POST /api/model-keys": "admin",
  "PUT /api/model-keys/:id": "admin",
  "DELETE /api/model-keys/:id": "admin",
  "GET /api/model-keys/:id/models": "trade",
  "POST /api/model-keys/:id/chat/completions": "trade",
  "GET /api/analyses": "read",
  "GET /api/analyses/record": "read",
  "GET /api/analyses/watch": "read",
  "PUT /api/analyses/watch": "admin",
  "GET /api/signals": "read",
  "GET /api/signals/models": "read",
  "POST /api/signals/models": "admin",
  "DELETE /api/signals/models/:hash": "admin",
  "POST /api/signals/models/:hash/adopt": "trade",
  "GET /api/signals/watch": "read",
  "PUT /api/signals/watch": "admin",
  "GET /api/drafts": "read",
  "DELETE /api/drafts/:id": "trade",
  "POST /mcp": "research",
  "GET /mcp": "research",
  "GET /api/audit": "admin",
  "GET /api/audit/verification": "admin",
} as const satisfies Record<string, Policy>

export type PolicyName = keyof typeof policies

/** Public prices are for everyone on this computer; to the open internet the relay is no free way to exchanges. */
const PASS_THROUGH = "/api/md/"

/** The policy of a route ("GET /api/health"); undefined for one that nobody has decided on. */
export function policyOf(route: string, { isPublic = false } = {}): Policy | undefined {
  if (!Object.hasOwn(policies, route)) return undefined
  return isPublic && route.includes(PASS_THROUGH) ? "read" : policies[route as PolicyName]
}

/** Whether a route answers at any pace: what stops everything must not wait behind a page that asks too often. */
export function isUrgent(route: string): boolean {
  return route === ("POST /api/kill" satisfies PolicyName)
}

/** Public prices are for everyone; any other stream of the API says nothing, not even whether it exists, to a stranger. */
export function upgradePolicyOf(address: string, { isPublic = false } = {}): Policy {
  return isPublic || (address.startsWith("/api/") && !address.startsWith(PASS_THROUGH)) ? "read" : "everyone"
}

/** What a person is here: an owner has the relay, a trader accounts of their own, a viewer looks at what is shown to them. */
export const roles = ["viewer", "trader", "owner"] as const
export type Role = (typeof roles)[number]

/** Who asks, once known: with what, whose that is, and what it is good for by itself. */
export type Who = {
  kind: "device" | "token" | "owner"
  id: string
  name: string
  scope: Scope
  person: string
  role: Role
}

export function allows(policy: Scope, who: Who): boolean {
  return scopes.indexOf(who.scope) >= scopes.indexOf(policy)
}
