import type { Exchange } from "../exchange-state.ts"
import type { Strike } from "../faults/faults.ts"
import { sleep } from "../../../surroundings.ts"
import { AskerGone } from "../long-work.ts"
import { type Caller, callerOf, type Door } from "./caller.ts"
import { dispatch } from "./dispatch.ts"
import { isOwnProgram } from "./local-caller.ts"
import type { Operation } from "./operation.ts"
import { operations } from "./operations.ts"
import { TooMany } from "./rate-limits.ts"
import { Refusal, refuse } from "../refusal.ts"
import { noteRequest } from "./request-note.ts"
import { restPayload } from "../account/signature.ts"
import { inMicroseconds } from "./time-unit.ts"

/** A request as sent, not decoded. Header names are lower case. */
export type RestRequest = {
  method: string
  /** Path and query. */
  url: string
  headers: Record<string, string | string[] | undefined>
  body: string
  address: string
  door: Door
  /** Fires when the caller is gone. */
  signal?: AbortSignal
}

/** The answer, and how far it gets: whole, not at all, cut off by a reset, or half of it. */
export type RestAnswer = {
  status: number
  headers: Record<string, string>
  body: string
  fate: "whole" | "hang" | "reset" | "truncated"
}

type Call = RestRequest & { operation: Operation; query: string; caller: Caller; apiKey: string | undefined }
type Outcome = { status: number; body: string; type?: string; headers?: Record<string, string> }

const JSON_TYPE = "application/json;charset=UTF-8"
const UNKNOWN = JSON.stringify({ code: -1000, msg: "An unknown error occurred while processing the request." })
const DOWN: Strike = { name: "F85", runs: 0, reply: "html", status: 503, delayMs: 0 }

/** Binance's REST paths over one exchange. */
export class Rest {
  /** By method and path, as in "GET /api/v3/time". */
  private readonly routes: ReadonlyMap<string, Operation> = new Map(
    operations.flatMap((operation) => (operation.rest ? [[operation.rest, operation] as const] : [])),
  )

  constructor(private readonly exchange: Exchange) {}

  /** Answers every request, whatever it is. */
  async answer(request: RestRequest): Promise<RestAnswer> {
    try {
      return await this.answerOrThrow(request)
    } catch (error) {
      if (error instanceof AskerGone) return whole({ status: 499, body: "" })
      this.exchange.report(error)
      return whole({ status: 500, body: UNKNOWN })
    }
  }

  private async answerOrThrow(request: RestRequest): Promise<RestAnswer> {
    const [path, query = ""] = request.url.split("?", 2)
    const { host, origin, "sec-fetch-site": site } = request.headers
    if (!isOwnProgram({ host: one(host), origin: one(origin), site: one(site) })) return page("403 Forbidden")
    // Listen keys were removed on 2026-02-20; the WebSocket API's user data stream replaces them.
    if (path === "/api/v3/userDataStream" && request.method !== "GET") return page("410 Gone")
    const operation = this.routes.get(`${request.method} ${path}`)
    if (!operation || (request.door === "pages" && operation.security !== "none")) return page("404 Not Found")
    const apiKey = one(request.headers["x-mbx-apikey"])
    const caller = callerOf(this.exchange.state, { ...request, apiKey, operation: operation.name })
    return this.carryOut({ ...request, operation, query, caller, apiKey })
  }

  private async carryOut(call: Call): Promise<RestAnswer> {
    const { exchange } = this
    exchange.catchUp()
    const isDown = exchange.state.venue.nowMs < exchange.downUntilMs
    const strike = isDown ? DOWN : exchange.faults.strike(call.operation.name)
    if (strike?.isLate) return this.arriveLater(call, strike)
    const outcome = strike?.runs === 0 ? struck(strike) : await this.run(call, strike)
    this.note(call, outcome, strike)
    if (strike?.name === "F18") await sleep(exchange.surroundings, strike.delayMs)
    return strike ? troubled(outcome, strike) : whole(outcome)
  }

  /** Its sender hears of a reset at once, and the request is still on its way (F06b). */
  private arriveLater(call: Call, strike: Strike): RestAnswer {
    const arrive = async () => this.note(call, await this.run(call, strike), strike)
    this.exchange.surroundings.after(strike.delayMs, () => void arrive().catch((error) => this.exchange.report(error)))
    return { ...whole({ status: 499, body: "" }), fate: "reset" }
  }

  private note({ operation, apiKey, query, body }: Call, outcome: Outcome, strike: Strike | undefined): void {
    const sent = Object.fromEntries([...new URLSearchParams(body), ...new URLSearchParams(query)])
    const { status } = outcome
    noteRequest(this.exchange, { operation, apiKey, sent, status, code: codeIn(outcome), strike })
  }

  private async run(call: Call, strike: Strike | undefined): Promise<Outcome> {
    const { exchange } = this
    const { state } = exchange
    try {
      const sent = paramsOf(call.query, call.body)
      const payload = restPayload(call.query, call.body)
      const sender = { protocol: "rest" as const, caller: call.caller, apiKey: call.apiKey, payload }
      const answer = await exchange.longWork.finish(
        dispatch(exchange, call.operation, sent, sender, strike),
        call.signal,
      )
      const isMicro = one(call.headers["x-mbx-time-unit"])?.toUpperCase() === "MICROSECOND"
      const body = JSON.stringify(isMicro ? inMicroseconds(answer) : answer)
      return { status: 200, body, headers: { ...this.orderCounts(call), ...this.usedWeight(call) } }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const refused = refusalOutcome(error, state.nowMs())
      return { ...refused, headers: { ...refused.headers, ...this.usedWeight(call) } }
    }
  }

  private usedWeight({ caller }: Call): Record<string, string> {
    const { rateLimits, nowMs } = this.exchange.state
    const used = String(rateLimits.weightUsed(caller.name, nowMs()))
    return { "x-mbx-used-weight": used, "x-mbx-used-weight-1m": used }
  }

  private orderCounts({ operation, apiKey }: Call): Record<string, string> {
    const { rateLimits, keys, nowMs } = this.exchange.state
    const key = operation.orders ? keys.get(apiKey ?? "") : undefined
    if (!key) return {}
    const { in10Seconds, inDay } = rateLimits.orderCounts(key.accountId, nowMs())
    return { "x-mbx-order-count-10s": String(in10Seconds), "x-mbx-order-count-1d": String(inDay) }
  }
}

/** An answer that is a page, as front servers write them. */
export function page(title: string): RestAnswer {
  return whole({ status: Number(title.slice(0, 3)), body: html(title), type: "text/html; charset=UTF-8" })
}

function html(title: string): string {
  return `<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center></body></html>`
}

function whole({ status, body, type = JSON_TYPE, headers }: Outcome): RestAnswer {
  return { status, headers: { "content-type": type, ...headers }, body, fate: "whole" }
}

/** The answer after the fault has acted on it. */
function troubled(outcome: Outcome, strike: Strike): RestAnswer {
  const isReplaced = strike.runs > 0 && ["error", "html", "empty"].includes(strike.reply)
  const waits = ["F10", "F10b", "F12"].includes(strike.name)
  const answer = whole(isReplaced ? { ...struck(strike), headers: outcome.headers } : outcome)
  if (waits) answer.headers["retry-after"] = String(Math.ceil(strike.delayMs / 1000))
  const { reply } = strike
  return reply === "hang" || reply === "reset" || reply === "truncated" ? { ...answer, fate: reply } : answer
}

function struck({ reply, status = 200, code, message }: Strike): Outcome {
  if (reply === "error") return { status, body: JSON.stringify({ code, msg: message }) }
  return { status, body: reply === "html" ? html(String(status)) : "", type: "text/html" }
}

function refusalOutcome(error: Refusal, nowMs: number): Outcome {
  const data = error.data === undefined ? {} : { data: error.data }
  const body = JSON.stringify({ code: error.code, msg: error.message, ...data })
  if (!(error instanceof TooMany)) return { status: error.status, body }
  const seconds = Math.max(1, Math.ceil((error.untilMs - nowMs) / 1000))
  return { status: error.status, body, headers: { "retry-after": String(seconds) } }
}

function codeIn({ status, body }: Outcome): number | undefined {
  const code = status >= 400 ? /^\{"code":(-\d+)/.exec(body)?.[1] : undefined
  return code === undefined ? undefined : Number(code)
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

/** Of a header sent several times, what is read. */
function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(", ") : header
}
