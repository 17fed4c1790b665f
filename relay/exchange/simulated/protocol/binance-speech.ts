import { restPayload } from "../account/signature.ts"
import type { Exchange } from "../exchange-state.ts"
import type { Strike } from "../faults/faults.ts"
import { type Refusal, refuse } from "../refusal.ts"
import { type Caller, callerOf } from "./caller.ts"
import { dispatch } from "./dispatch.ts"
import type { Operation } from "./operation.ts"
import { operations } from "./operations.ts"
import { TooMany } from "./rate-limits.ts"
import { one, pageOutcome } from "./rest.ts"
import type { Asked, Outcome, RestRequest, Speech } from "./speech.ts"
import { inMicroseconds } from "./time-unit.ts"

type Call = Asked & { found: Operation; query: string; caller: Caller }

/** By method and path, as in "GET /api/v3/time". */
const routes: ReadonlyMap<string, Operation> = new Map(
  operations.flatMap((operation) => (operation.rest ? [[operation.rest, operation] as const] : [])),
)

/** Binance's REST paths over one exchange. */
export const binanceSpeech: Speech<Call> = {
  asked(exchange, request) {
    const [path, query = ""] = request.url.split("?", 2)
    // Listen keys were removed on 2026-02-20; the WebSocket API's user data stream replaces them.
    if (path === "/api/v3/userDataStream" && request.method !== "GET") return pageOutcome("410 Gone")
    const found = routes.get(`${request.method} ${path}`)
    if (!found) return pageOutcome("404 Not Found")
    const apiKey = one(request.headers["x-mbx-apikey"])
    const caller = callerOf(exchange.state, { ...request, apiKey, operation: found.name })
    const sent = Object.fromEntries([...new URLSearchParams(request.body), ...new URLSearchParams(query)])
    return { operation: found.name, isPublic: found.security === "none", apiKey, sent, found, query, caller }
  },

  async answer(exchange, request, call, strike) {
    const answer = await exchange.longWork.finish(dispatched(exchange, request, call, strike), request.signal)
    const isMicro = one(request.headers["x-mbx-time-unit"])?.toUpperCase() === "MICROSECOND"
    const body = JSON.stringify(isMicro ? inMicroseconds(answer) : answer)
    return { status: 200, body, headers: { ...orderCounts(exchange, call), ...usedWeight(exchange, call) } }
  },

  refusal(exchange, _request, call, refusal) {
    const refused = refusalOutcome(refusal, exchange.state.nowMs())
    return { ...refused, headers: { ...refused.headers, ...usedWeight(exchange, call) } }
  },

  struck: ({ status = 200, code, message }) => ({ status, body: JSON.stringify({ code, msg: message }) }),

  mistake: () => ({
    status: 500,
    body: JSON.stringify({ code: -1000, msg: "An unknown error occurred while processing the request." }),
  }),

  codeIn({ status, body }) {
    const code = status >= 400 ? /^\{"code":(-\d+)/.exec(body)?.[1] : undefined
    return code === undefined ? undefined : Number(code)
  },
}

function dispatched(exchange: Exchange, { body }: RestRequest, call: Call, strike: Strike | undefined): unknown {
  const { query, caller, apiKey, found } = call
  const sender = { protocol: "rest" as const, caller, apiKey, payload: restPayload(query, body) }
  return dispatch(exchange, found, paramsOf(query, body), sender, strike)
}

function usedWeight({ state: { rateLimits, nowMs } }: Exchange, { caller }: Call): Record<string, string> {
  const used = String(rateLimits.weightUsed(caller.name, nowMs()))
  return { "x-mbx-used-weight": used, "x-mbx-used-weight-1m": used }
}

function orderCounts({ state }: Exchange, { found, apiKey }: Call): Record<string, string> {
  const key = found.orders ? state.keys.get(apiKey ?? "") : undefined
  if (!key) return {}
  const { in10Seconds, inDay } = state.rateLimits.orderCounts(key.accountId, state.nowMs())
  return { "x-mbx-order-count-10s": String(in10Seconds), "x-mbx-order-count-1d": String(inDay) }
}

function refusalOutcome(error: Refusal, nowMs: number): Outcome {
  const data = error.data === undefined ? {} : { data: error.data }
  const body = JSON.stringify({ code: error.code, msg: error.message, ...data })
  if (!(error instanceof TooMany)) return { status: error.status, body }
  const seconds = Math.max(1, Math.ceil((error.untilMs - nowMs) / 1000))
  return { status: error.status, body, headers: { "retry-after": String(seconds) } }
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
