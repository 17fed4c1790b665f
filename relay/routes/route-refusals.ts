import { policies, type PolicyName } from "../door/policy.ts"
import { refusals, type RefusalCode, type RefusalName } from "../door/refusals.ts"

const unanswered = ["503 key-not-accepted", "503 exchange-away"] as const
const atExchange = [
  "409 changed-meanwhile",
  "409 key-tampered",
  "422 no-key",
  "422 venue-later",
  ...unanswered,
] as const
const ofNewKey = [
  ...unanswered,
  "409 key-in-use",
  "409 removed-today",
  "409 changed-meanwhile",
  "422 key-not-accepted",
  "422 key-can-withdraw",
  "422 key-cannot-trade",
  "422 venue-later",
  "503 key-unclear",
  "503 clock-differs",
] as const
const ofMarket = ["404 unknown-market", "503 exchange-away"] as const
const ofReplay = ["409 not-readable", "409 nothing-yet", "422 not-valid"] as const
const ofDeployment = ["404 unknown-id", ...atExchange] as const
const ofHandOrder = ["409 not-running", ...atExchange] as const

const ofStepUp = ["403 step-up-needed", "403 passkey-needed"] as const

/** What a route refuses beside what follows from its shape. */
const own: { [Route in PolicyName]?: readonly RefusalName[] } = {
  "GET /api/md/:venue/*": [
    "404 unknown-venue",
    "404 unknown-address",
    "502 exchange-away",
    "502 exchange-redirects",
    "502 answer-too-large",
    "502 answer-without-data",
    "503 no-room",
    "504 exchange-late",
  ],
  "POST /api/passkeys": [...ofStepUp, "401 wrong-credential", "409 browser-only", "409 too-many"],
  "DELETE /api/passkeys/:id": ofStepUp,
  "POST /api/passkeys/creation": [...ofStepUp, "409 browser-only"],
  "POST /api/passkeys/sign-in-options": ["429 too-many-attempts"],
  "POST /api/passkeys/sign-in": ["401 wrong-credential", "429 too-many-attempts"],
  "POST /api/passkeys/step-up-options": ["409 browser-only"],
  "POST /api/passkeys/step-up": ["409 browser-only"],
  "POST /api/pair": ["401 wrong-credential", "429 too-many-attempts"],
  "PATCH /api/people/:id": [...ofStepUp, "409 last-owner"],
  "DELETE /api/people/:id": ["409 last-owner"],
  "POST /api/people/invitations": [...ofStepUp, "409 too-many"],
  "PUT /api/accounts/:id/shares/:person": ["409 too-many"],
  "POST /api/accounts": [
    ...ofStepUp,
    "409 name-taken",
    "409 too-many",
    "422 no-prices",
    "422 unknown-market",
    ...ofNewKey,
  ],
  "PATCH /api/accounts/:id": [...ofStepUp, "409 name-taken", "422 unknown-market"],
  "DELETE /api/accounts/:id": ["409 in-use"],
  "PUT /api/accounts/:id/key": [...ofStepUp, "409 other-account", ...ofNewKey],
  "GET /api/accounts/:id/balances": atExchange,
  "POST /api/accounts/:id/orders": [
    "400 no-idempotency-key",
    "409 key-used",
    "409 too-many",
    "422 not-allowed",
    "422 refused-by-exchange",
    ...ofHandOrder,
  ],
  "DELETE /api/accounts/:id/orders/:orderId": [
    "409 has-ended",
    "409 of-a-bot",
    "409 not-cancelled",
    "422 refused-by-exchange",
    ...ofHandOrder,
  ],
  "POST /api/bots": [...ofStepUp, "409 too-many", "422 not-ready", "422 not-confirmed", ...ofDeployment],
  "POST /api/bots/gate": ofDeployment,
  "DELETE /api/bots/:id": ["409 not-stopped"],
  "GET /api/bots/:id/parity": ofReplay,
  "GET /api/bots/:id/why": ["404 unknown-market", "409 not-decided", ...ofReplay],
  "POST /api/bots/:id/:command": [
    "409 is-ending",
    "409 has-ended",
    "409 not-at-work",
    "409 other-relay",
    ...unanswered,
  ],
  "GET /api/events": ["429 too-many-streams"],
  "POST /api/reconcile/:id": [
    "409 ignored-already",
    "409 not-at-work",
    "409 settled",
    "409 under-way",
    "409 has-changed",
    "409 not-bought",
    ...unanswered,
  ],
  "GET /api/health/ready": ["503 relay-not-ready"],
  "POST /api/kill": ["503 disk-refused"],
  "GET /api/live-data/:symbol": ofMarket,
  "GET /api/historical-data/:symbol": ofMarket,
  "GET /api/trade-signal/:symbol": ["503 not-built", ...ofMarket],
  "POST /api/trading/accounts/:id/analyze": ["503 not-built", ...ofMarket],
  "POST /api/backtests": ["429 too-many-jobs", "503 exchange-away"],
  "POST /api/optimisations": ["429 too-many-jobs", "503 exchange-away"],
  "POST /api/signals/models": ["409 too-many", "503 not-built"],
  "DELETE /api/signals/models/:hash": ["409 is-watched"],
  "POST /api/signals/models/:hash/adopt": ["409 not-carried"],
  "PUT /api/signals/watch": ["503 exchange-away"],
  "POST /api/notices": ["409 too-many"],
  "POST /api/model-keys": ["409 too-many"],
  "PUT /api/model-keys/:id": ["409 changed"],
  "GET /api/model-keys/:id/models": ["429 too-many-at-once", "503 model-away"],
  "POST /api/model-keys/:id/chat/completions": ["429 too-many-at-once", "503 model-away"],
  "POST /mcp": ["429 too-many-at-once", "503 stopped"],
  "GET /mcp": ["405 no-stream"],
}

/** Routes that also pass on what somebody else answers: an exchange, a model's server, the protocol of assistants. */
export const passingOn: ReadonlySet<PolicyName> = new Set<PolicyName>([
  "GET /api/md/:venue/*",
  "GET /api/model-keys/:id/models",
  "POST /api/model-keys/:id/chat/completions",
  "POST /mcp",
])

/** What any route may refuse when the relay or its surroundings are not as they should be. */
const anywhere: readonly RefusalCode[] = [
  "without-tls",
  "wrong-host",
  "no-length",
  "no-conditions",
  "too-large",
  "not-json",
  "our-mistake",
  "stopped",
  "stopping",
  "locked",
  "store-disk-full",
  "store-busy",
  "store-read-only",
  "store-unreachable",
  "store-damaged",
  "store-broken",
]

/** The refusals that the document names for a route; what any route may refuse stands under `default`. */
export function namedRefusals(route: PolicyName): RefusalName[] {
  const [method, path] = route.split(" ")
  const changes = method !== "GET"
  return [
    "400 bad-address",
    ...(changes ? (["400 bad-request", "413 too-large", "415 not-json", "422 not-valid"] as const) : []),
    ...(policies[route] === "everyone" ? [] : ofCallers),
    "403 foreign-page",
    ...(path.includes(":") ? (["404 unknown-id"] as const) : []),
    ...(own[route] ?? []),
  ]
}

const ofCallers = [
  "401 not-paired",
  "401 wrong-credential",
  "401 stale-proof",
  "403 scope-too-small",
  "403 role-too-small",
  "429 too-fast",
  "429 too-many-attempts",
] as const satisfies RefusalName[]

/** Whether the document has this refusal; an undefined route is an address without one. */
export function isDocumented(route: PolicyName | undefined, status: number, code: string): boolean {
  const [statuses] = Object.hasOwn(refusals, code) ? refusals[code as RefusalCode] : [[]]
  if (!(statuses as readonly number[]).includes(status)) return false
  if (anywhere.includes(code as RefusalCode)) return true
  if (route === undefined) return code === "unknown-address" || code === "foreign-page"
  return namedRefusals(route).includes(`${status} ${code}` as RefusalName)
}
