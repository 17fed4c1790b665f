import type { IncomingMessage } from "node:http"
import { Hono, type Context, type MiddlewareHandler } from "hono"
import { matchedRoutes } from "hono/route"
import type { ExtractSchema } from "hono/types"
import { HTTPException } from "hono/http-exception"
import type { Accounts } from "./accounts/accounts.ts"
import type { AuditLog } from "./audit/audit-log.ts"
import type { AccountQuestions } from "./desk/account-questions.ts"
import { exchangeAway } from "./desk/exchange-away.ts"
import { bodyLimit } from "./door/body-limit.ts"
import { type CallerGuard, guardRequests } from "./door/caller-guard.ts"
import { policyOf, type PolicyName } from "./door/policy.ts"
import { asSentence, Refusal, refuse } from "./door/refusal.ts"
import type { Front } from "./door/front.ts"
import { type Carrier, callerFrom, entranceOf } from "./door/origin-guard.ts"
import { plainAddressesOnly } from "./door/plain-addresses.ts"
import { securityHeaders } from "./door/security-headers.ts"
import { serveWebFiles, type WebFiles } from "./door/web-files.ts"
import type { Venue } from "#venues"
import { ExchangeUnreachable } from "./exchange/exchange.ts"
import { VaultLocked } from "./keys/key-source.ts"
import type { ModelKeys } from "./hosted-models/model-keys.ts"
import type { KillSwitch } from "./guard/kill-switch.ts"
import type { History } from "./ledger/history.ts"
import type { Ledger } from "./ledger/ledger.ts"
import type { Bots } from "./bots/bots.ts"
import type { HandOrders } from "./bots/hand/hand-orders.ts"
import type { TradeSignals } from "./bots/trade-signal.ts"
import type { PublicMarkets } from "./desk/public-markets.ts"
import type { Jobs } from "./jobs/jobs.ts"
import { followRequests } from "./log/followed-request.ts"
import type { Log } from "./log/log.ts"
import { currentRequestId } from "./log/request-id.ts"
import type { Metrics } from "./metrics.ts"
import type { Notices } from "./notifications/notices.ts"
import type { Access } from "./people/access.ts"
import type { People } from "./people/people.ts"
import type { Analyses } from "./analyses/analyses.ts"
import type { Signals } from "./signals/signals.ts"
import type { Workbench } from "./assistants/workbench.ts"
import type { Readiness } from "./readiness.ts"
import { accountHistoryRoutes } from "./routes/account-history.ts"
import { accountRoutes } from "./routes/accounts.ts"
import { analysisRoutes } from "./routes/analyses.ts"
import { draftRoutes, mcpRoutes } from "./routes/assistants.ts"
import { auditRoutes } from "./routes/audit.ts"
import { botHistoryRoutes } from "./routes/bot-history.ts"
import { botRoutes } from "./routes/bots.ts"
import { type Described, descriptionRoutes } from "./routes/description.ts"
import { eventRoutes } from "./routes/events.ts"
import { handOrderRoutes } from "./routes/hand-orders.ts"
import { type Health, healthRoutes } from "./routes/health.ts"
import { jobRoutes } from "./routes/jobs.ts"
import { killRoutes } from "./routes/kill.ts"
import { marketDataRoutes } from "./routes/market-data.ts"
import { marketRoutes } from "./routes/markets.ts"
import { metricsRoutes } from "./routes/metrics.ts"
import { modelRoutes } from "./routes/models.ts"
import { noticeRoutes } from "./routes/notices.ts"
import { peopleRoutes } from "./routes/people.ts"
import { passkeyRoutes } from "./routes/passkeys.ts"
import { personRoutes } from "./routes/persons.ts"
import { reconcileRoutes } from "./routes/reconcile.ts"
import { shareRoutes } from "./routes/account-shares.ts"
import { signalRoutes } from "./routes/signals.ts"
import { storeFailure } from "./store/store-failure.ts"
import type { Surroundings } from "./surroundings.ts"

/** What the app receives instead of reaching for it. */
export interface AppDeps {
  front: Front
  webFiles: WebFiles
  people: People
  /** Who has what. */
  access: Access
  accounts: Accounts
  questions: AccountQuestions
  bots: Bots
  hand: HandOrders
  jobs: Jobs
  publicMarkets: PublicMarkets
  signals: TradeSignals
  analyses: Analyses
  forecasts: Signals
  workbench: Workbench
  audit: AuditLog
  ledger: Ledger
  history: History
  killSwitch: KillSwitch
  notices: Notices
  modelKeys: ModelKeys
  /** Lets callers in; upgrades have the same. */
  guard: CallerGuard
  health: () => Promise<Health>
  /** Whether requests should be sent here. */
  readiness: Pick<Readiness, "look">
  metrics: Metrics
  /** Hears of every answer; nothing is logged without one. */
  log?: Pick<Log, "answered">
  version: string
  /** Whose public market data is passed on to the browser. */
  venues: readonly Venue[]
  surroundings: Surroundings
  /** Aborted when the relay stops: answers that would go on end. */
  stopping: AbortSignal
  /** Receives our own bugs, with the stack; never a caller's mistake. */
  onBug: (error: unknown) => void
}

/** The relay as one function from request to answer. Building it opens no port and writes nothing. */
export function createApp(deps: AppDeps) {
  const app = new Hono()
  for (const followable of ["/api/*", "/mcp"]) app.use(followable, followed(deps))
  app.use(securityHeaders())
  app.use("/api/*", countAnswers(deps.metrics))
  app.use("/mcp", countAnswers(deps.metrics))
  app.use(ownPagesOnly(deps.front))
  app.use(plainAddressesOnly())
  for (const guarded of ["/api/*", "/mcp"])
    app.use(guarded, bodyLimit(refuse), guardRequests(deps.guard, deps.access.reach), jsonOnly, unconditional)
  app.route("/api", apiRoutes(deps))
  app.route("/", mcpRoutes(deps))
  refuseUndecided(app)
  app.use(serveWebFiles(deps.webFiles))
  app.notFound((c) => refuse(c, new Refusal(404, "unknown-address", nothingAt(c, deps.webFiles))))
  app.onError((error, c) => refuse(c, refusalFor(error, deps)))
  return app
}

/** Every resource under /api; its type is what the web imports as `Api`. */
export function apiRoutes(deps: AppDeps) {
  const [health, people] = [healthRoutes(deps), peopleRoutes(deps)]
  const [persons, shares, passkeys] = [personRoutes(deps), shareRoutes(deps), passkeyRoutes(deps)]
  const [accounts, audit] = [accountRoutes(deps), auditRoutes(deps)]
  const [bots, hand] = [botRoutes(deps), handOrderRoutes(deps)]
  const [accountHistory, botHistory, kill] = [accountHistoryRoutes(deps), botHistoryRoutes(deps), killRoutes(deps)]
  const [notices, models] = [noticeRoutes(deps), modelRoutes(deps)]
  const [events, reconcile, jobs] = [eventRoutes(deps), reconcileRoutes(deps), jobRoutes(deps)]
  const [markets, drafts, analyses] = [marketRoutes(deps), draftRoutes(deps.workbench), analysisRoutes(deps)]
  const signals = signalRoutes({ signals: deps.forecasts, access: deps.access })
  const described: Described = [
    ["/health", health],
    ["/", people],
    ["/", persons],
    ["/passkeys", passkeys],
    ["/accounts", accounts],
    ["/accounts", shares],
    ["/accounts", accountHistory],
    ["/accounts", hand],
    ["/bots", bots],
    ["/bots", botHistory],
    ["/events", events],
    ["/reconcile", reconcile],
    ["/kill", kill],
    ["/", jobs],
    ["/", markets],
    ["/notices", notices],
    ["/model-keys", models],
    ["/drafts", drafts],
    ["/analyses", analyses],
    ["/signals", signals],
    ["/", mcpRoutes(deps)],
    ["/audit", audit],
  ]
  return new Hono()
    .route("/health", health)
    .route("/", metricsRoutes(deps.metrics))
    .route("/", descriptionRoutes({ described, version: deps.version }))
    .route("/md", marketDataRoutes(deps))
    .route("/", people)
    .route("/", persons)
    .route("/passkeys", passkeys)
    .route("/accounts", accounts)
    .route("/accounts", shares)
    .route("/accounts", accountHistory)
    .route("/accounts", hand)
    .route("/bots", bots)
    .route("/bots", botHistory)
    .route("/events", events)
    .route("/reconcile", reconcile)
    .route("/kill", kill)
    .route("/", jobs)
    .route("/", markets)
    .route("/notices", notices)
    .route("/model-keys", models)
    .route("/drafts", drafts)
    .route("/analyses", analyses)
    .route("/signals", signals)
    .route("/audit", audit)
}

type Routes = ExtractSchema<ReturnType<typeof apiRoutes>>
type RouteName = {
  [Path in keyof Routes]: keyof Routes[Path] extends `$${infer Method}` ? `${Uppercase<Method>} /api${Path}` : never
}[keyof Routes]
type Undecided = Exclude<RouteName, PolicyName>
/** Does not compile while a route has no policy; the error names the route. */
const undecided: [Undecided] extends [never] ? [] : [Undecided] = []

/** The same once more for what types do not see, such as a route by `on`. */
function refuseUndecided(app: Hono): void {
  const names = app.routes.filter(({ method }) => method !== "ALL").map(({ method, path }) => `${method} ${path}`)
  const without = [...undecided, ...names.filter((name) => policyOf(name) === undefined)]
  if (without.length > 0) throw new Error(`These routes have no policy: ${without.join(", ")}`)
}

function followed({ log, surroundings, front }: AppDeps): MiddlewareHandler {
  const senderOf = (c: Context) => received(c).socket?.remoteAddress
  return followRequests({ log, surroundings, senderOf, isProxy: (address) => front.isFromProxy(address) })
}

/** Counts every answer of the API, refusals too, by the route that gave it. */
function countAnswers(metrics: Metrics): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const route = matchedRoutes(c).find(({ method }) => method !== "ALL")
    metrics.count(route === undefined ? "none" : `${route.method} ${route.path}`, c.res.status)
  }
}

function ownPagesOnly(front: Front): MiddlewareHandler {
  return async (c, next) => {
    const { url: target, socket } = received(c)
    const sent = { method: c.req.method, path: c.req.path, target, carrier: socket }
    c.set(
      "entrance",
      entranceOf(
        callerFrom(sent, (name) => c.req.header(name)),
        front,
      ),
    )
    return next()
  }
}

/** What came over the network; nothing where no server received it. */
function received(c: Context): { url?: string; socket?: Carrier } {
  return (c.env as { incoming?: IncomingMessage } | undefined)?.incoming ?? {}
}

/** A form on a foreign page can send text or form data without a preflight; it cannot send JSON. */
const jsonOnly: MiddlewareHandler = async (c, next) => {
  const carriesBody = Number(c.req.header("content-length") ?? 0) > 0
  const isJson = /^application\/json\s*(;|$)/i.test(c.req.header("content-type") ?? "")
  if (carriesBody && !isJson)
    throw new Refusal(415, "not-json", "This address takes JSON only: send it with Content-Type: application/json.")
  return next()
}

/** A condition that nobody checks would seem to have held. */
const unconditional: MiddlewareHandler = async (c, next) => {
  const condition = ["If-Match", "If-Unmodified-Since"].find((name) => c.req.header(name) !== undefined)
  if (condition !== undefined && c.req.method !== "GET")
    throw new Refusal(
      400,
      "no-conditions",
      `Nothing here has a version that ${condition} could be compared with. Leave the header out; nothing was changed.`,
      { field: condition },
    )
  return next()
}

function refusalFor(error: Error, deps: AppDeps): Refusal {
  if (error instanceof Refusal) return error
  // Hono's own, for a body that is no JSON.
  if (error instanceof HTTPException)
    return new Refusal(400, "bad-request", `${asSentence(error.message)} Nothing was changed.`)
  if (error instanceof VaultLocked) return new Refusal(503, "locked", error.message)
  if (error instanceof ExchangeUnreachable) return exchangeAway(error)
  const failure = storeFailure(error)
  if (failure) return new Refusal(503, `store-${failure.kind}`, failure.message, { retryAfterS: STORE_BACK_S })
  deps.onBug(error)
  return new Refusal(
    500,
    "our-mistake",
    "Candlewright made a mistake and stopped this request. Nothing else was touched; the terminal says more.",
    { answer: { requestId: currentRequestId() } },
  )
}

/** What keeps the store from answering is rarely over sooner. */
const STORE_BACK_S = 5

function nothingAt(c: Context, files: WebFiles) {
  if (files.isEmpty) return 'The app is not built yet. Run "npm run build" and start again.'
  return c.req.path.startsWith("/api/") ? "The API has nothing at this address." : "There is nothing at this address."
}
