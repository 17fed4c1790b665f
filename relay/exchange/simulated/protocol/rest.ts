import type { HttpBindings } from "@hono/node-server"
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response"
import { type Context, Hono } from "hono"
import { dispatch, type Exchange } from "./dispatch.ts"
import type { Strike } from "../faults/faults.ts"
import { isLocalCaller } from "./local-caller.ts"
import type { Operation } from "./operation.ts"
import { operations } from "./operations.ts"
import { TooMany } from "./rate-limits.ts"
import { Refusal, refuse } from "../refusal.ts"
import { restPayload } from "../account/signature.ts"
import { inMicroseconds } from "./time-unit.ts"

type RestContext = Context<{ Bindings: HttpBindings }>
type Answer = { status: number; body: string; type?: string }

const JSON_TYPE = "application/json;charset=UTF-8"
const MOST_BODY_BYTES = 64 * 1024
const GONE = "<html><head><title>410 Gone</title></head><body><center><h1>410 Gone</h1></center></body></html>"

/** Binance's REST paths over one exchange. */
export function createRest(exchange: Exchange): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.use(async ({ req, html }, next) => {
    const isLocal = isLocalCaller({
      host: req.header("host"),
      origin: req.header("origin"),
      site: req.header("sec-fetch-site"),
    })
    return isLocal ? next() : html(page("403 Forbidden"), 403)
  })
  for (const operation of operations) {
    if (!operation.rest) continue
    const [method, path] = operation.rest.split(" ")
    app.on(method, path, (context) => answerRequest(exchange, operation, context))
  }
  // Listen keys were removed on 2026-02-20; the WebSocket API's user data stream replaces them.
  app.on(["POST", "PUT", "DELETE"], "/api/v3/userDataStream", (context) => context.html(GONE, 410))
  app.notFound((context) => context.html(page("404 Not Found"), 404))
  app.onError((error, context) => {
    console.error("simulated exchange:", error)
    return context.json({ code: -1000, msg: "An unknown error occurred while processing the request." }, 500)
  })
  return app
}

async function answerRequest(exchange: Exchange, operation: Operation, context: RestContext): Promise<Response> {
  const [, query = ""] = (context.env.incoming.url ?? "").split("?", 2)
  const body = await bodyOf(context)
  if (body === undefined) return context.html(page("413 Request Entity Too Large"), 413, { connection: "close" })
  exchange.catchUp()
  const strike = exchange.state.venue.nowMs < exchange.downUntilMs ? DOWN : exchange.faults.strike(operation.name)
  const answer = strike?.runs === 0 ? struck(strike) : runRequest(exchange, operation, { context, query, body, strike })
  note(exchange, operation, answer, strike)
  return reply(context, answer, strike)
}

/** The body as text, or undefined when it is too large; the rest of it is then not read. */
async function bodyOf({ env: { incoming } }: RestContext): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MOST_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString("utf8")
}

const DOWN: Strike = { name: "F85", runs: 0, reply: "html", status: 503, delayMs: 0 }

function runRequest(
  exchange: Exchange,
  operation: Operation,
  { context, query, body, strike }: { context: RestContext; query: string; body: string; strike: Strike | undefined },
): Answer {
  const address = context.env.incoming.socket.remoteAddress ?? "unknown"
  const { state } = exchange
  try {
    const sender = {
      protocol: "rest" as const,
      address,
      apiKey: context.req.header("x-mbx-apikey"),
      payload: restPayload(query, body),
    }
    const answer = dispatch(exchange, operation, paramsOf(query, body), sender, strike)
    const key = operation.orders ? state.keys.get(sender.apiKey ?? "") : undefined
    if (key) countOrders(exchange, key.accountId, context)
    const unit = context.req.header("x-mbx-time-unit")?.toUpperCase()
    return { status: 200, body: JSON.stringify(unit === "MICROSECOND" ? inMicroseconds(answer) : answer) }
  } catch (error) {
    return refusalAnswer(error, state.nowMs(), context)
  } finally {
    const used = String(state.rateLimits.weightUsed(address, state.nowMs()))
    context.header("x-mbx-used-weight", used)
    context.header("x-mbx-used-weight-1m", used)
  }
}

function refusalAnswer(error: unknown, nowMs: number, context: RestContext): Answer {
  if (!(error instanceof Refusal)) throw error
  if (error instanceof TooMany)
    context.header("retry-after", String(Math.max(1, Math.ceil((error.untilMs - nowMs) / 1000))))
  return {
    status: error.status,
    body: JSON.stringify({
      code: error.code,
      msg: error.message,
      ...(error.data === undefined ? {} : { data: error.data }),
    }),
  }
}

function countOrders({ state }: Exchange, accountId: number, context: RestContext): void {
  const { in10Seconds, inDay } = state.rateLimits.orderCounts(accountId, state.nowMs())
  context.header("x-mbx-order-count-10s", String(in10Seconds))
  context.header("x-mbx-order-count-1d", String(inDay))
}

/** Parameters of query and form body together; the query wins. A name twice in one place is refused (-1101). */
function paramsOf(query: string, body: string): Record<string, string> {
  const sent: Record<string, string> = Object.create(null)
  for (const part of [body, query]) {
    const seen = new Set<string>()
    for (const [name, value] of new URLSearchParams(part)) {
      if (seen.has(name)) refuse(-1101, `Duplicate values for parameter '${name}' detected.`)
      seen.add(name)
      sent[name] = value
    }
  }
  return sent
}

function struck({ reply, status = 200, code, message }: Strike): Answer {
  if (reply === "error") return { status, body: JSON.stringify({ code, msg: message }) }
  return { status, body: reply === "html" ? page(String(status)) : "", type: "text/html" }
}

function note({ log }: Exchange, operation: Operation, { status, body }: Answer, strike: Strike | undefined): void {
  if (operation.security === "none" && !strike) return
  const code = status >= 400 ? /^\{"code":(-\d+)/.exec(body)?.[1] : undefined
  log.append({
    kind: "request",
    name: operation.name,
    accountId: undefined,
    status,
    code: code ? Number(code) : undefined,
    fault: strike?.name,
  })
}

/** Sends the answer, or does to it what the fault wants. */
async function reply(context: RestContext, answer: Answer, strike: Strike | undefined): Promise<Response> {
  const told = strike && strike.runs > 0 && ["error", "html", "empty"].includes(strike.reply) ? struck(strike) : answer
  if (strike?.name === "F10" || strike?.name === "F10b" || strike?.name === "F12")
    context.header("retry-after", String(Math.ceil(strike.delayMs / 1000)))
  if (strike?.name === "F18") await new Promise((resolve) => setTimeout(resolve, strike.delayMs))
  const { outgoing } = context.env
  if (strike?.reply === "hang") return RESPONSE_ALREADY_SENT
  if (strike?.reply === "reset") {
    outgoing.socket?.resetAndDestroy()
    return RESPONSE_ALREADY_SENT
  }
  if (strike?.reply === "truncated") {
    outgoing.writeHead(200, { "content-type": JSON_TYPE, "content-length": Buffer.byteLength(told.body) })
    outgoing.write(told.body.slice(0, told.body.length / 2), () => outgoing.socket?.destroy())
    return RESPONSE_ALREADY_SENT
  }
  return context.body(told.body, told.status as 200, { "content-type": told.type ?? JSON_TYPE })
}

function page(title: string): string {
  return `<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center></body></html>`
}
