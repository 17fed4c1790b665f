import type { IncomingMessage } from "node:http"
import { Hono, type Context, type MiddlewareHandler } from "hono"
import { HTTPException } from "hono/http-exception"
import { bodyLimit } from "./door/body-limit.ts"
import { callerFrom, refusalOf } from "./door/origin-guard.ts"
import { securityHeaders } from "./door/security-headers.ts"
import { serveWebFiles, type WebFiles } from "./door/web-files.ts"
import type { Venue } from "#venues"
import { healthRoutes } from "./routes/health.ts"
import { marketDataRoutes } from "./routes/market-data.ts"
import type { Surroundings } from "./surroundings.ts"

/** What the app receives instead of reaching for it. */
export interface AppDeps {
  /** The port in the address that people open. */
  port: number
  version: string
  webFiles: WebFiles
  /** Whose public market data is passed on to the browser. */
  venues: readonly Venue[]
  surroundings: Surroundings
  /** Receives our own bugs, with the stack; never a caller's mistake. */
  onBug(error: unknown): void
}

/** The relay as one function from request to answer. Building it opens no port and writes nothing. */
export function createApp(deps: AppDeps) {
  const app = new Hono()
  app.use(securityHeaders())
  app.use(ownPagesOnly(deps.port))
  app.use(
    "/api/*",
    jsonOnly,
    bodyLimit((c, { status, sentence }) => refuse(c, status, sentence)),
  )
  app.route("/api", apiRoutes(deps))
  app.use(serveWebFiles(deps.webFiles))
  app.notFound((c) => refuse(c, 404, nothingAt(c, deps.webFiles)))
  app.onError((error, c) => answerError(error, c, deps))
  return app
}

/** Every resource under /api; its type is what the web imports as `Api`. */
export function apiRoutes(deps: AppDeps) {
  return new Hono().route("/health", healthRoutes(deps.version)).route("/md", marketDataRoutes(deps))
}

function ownPagesOnly(port: number): MiddlewareHandler {
  return async (c, next) => {
    const refusal = refusalOf(
      callerFrom({ method: c.req.method, path: c.req.path, target: sentTarget(c) }, (name) => c.req.header(name)),
      port,
    )
    return refusal ? refuse(c, refusal.status, refusal.sentence) : next()
  }
}

/** The raw address of the request; undefined where no server received it. */
function sentTarget(c: Context): string | undefined {
  return (c.env as { incoming?: IncomingMessage } | undefined)?.incoming?.url
}

/** A form on a foreign page can send text or form data without a preflight; it cannot send JSON. */
const jsonOnly: MiddlewareHandler = async (c, next) => {
  const carriesBody = !["GET", "HEAD", "OPTIONS"].includes(c.req.method)
  const isJson = /^application\/json\s*(;|$)/i.test(c.req.header("content-type") ?? "")
  if (carriesBody && !isJson)
    return refuse(c, 415, "This address takes JSON only: send it with Content-Type: application/json.")
  return next()
}

function answerError(error: Error, c: Context, deps: AppDeps) {
  if (error instanceof HTTPException) return refuse(c, error.status, error.message)
  deps.onBug(error)
  return refuse(
    c,
    500,
    "Candlewright made a mistake and stopped this request. Nothing else was touched; the terminal says more.",
  )
}

function nothingAt(c: Context, files: WebFiles) {
  if (files.isEmpty) return 'The app is not built yet. Run "npm run build" and start again.'
  return c.req.path.startsWith("/api/") ? "The API has nothing at this address." : "There is nothing at this address."
}

/** One shape for every refusal: JSON with one sentence under /api, the bare sentence for a person elsewhere. */
function refuse(c: Context, status: HTTPException["status"], sentence: string) {
  return c.req.path.startsWith("/api/")
    ? c.json({ error: sentence }, status as 400)
    : c.text(`${sentence}\n`, status as 400)
}
