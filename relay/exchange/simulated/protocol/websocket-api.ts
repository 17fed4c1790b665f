import { type ApiKey, checkKey } from "../account/api-key.ts"
import type { Connection } from "../streams/connection.ts"
import { type Caller, callerOf, type Door } from "./caller.ts"
import { dispatch } from "./dispatch.ts"
import type { Exchange } from "../exchange-state.ts"
import { AskerGone, LongAnswer } from "../long-work.ts"
import type { Strike } from "../faults/faults.ts"
import type { Operation } from "./operation.ts"
import { operationNamed } from "./operations.ts"
import { rateLimitsOf, TooMany } from "./rate-limits.ts"
import { Refusal, refuse } from "../refusal.ts"
import { noteRequest } from "./request-note.ts"
import { sessionMethods } from "./session.ts"
import { inMicroseconds } from "./time-unit.ts"
import { webSocketPayload } from "../account/signature.ts"
import type { Line } from "../streams/line.ts"
import type { UserStream } from "../streams/user-stream.ts"

const CONNECT_WEIGHT = 2
const API_PATH = "/ws-api/v3"

/** The state of one WebSocket API connection. */
export type Session = { connection: Connection; key: ApiKey | undefined; authorisedMs: number; users: UserStream }

type Request = { id: string | number | null; method: string; params: Record<string, string> }
type Answer = { status: number; result?: unknown; error?: { code: number; msg: string; data?: unknown } }
type Asked = { session: Session; request: Request; operation: Operation | undefined; strike: Strike | undefined }

/** Binance's WebSocket API over one exchange: every operation REST has, sessions, and the user data stream. */
export class WebSocketApi implements Line {
  readonly carries = ["api"] as const
  private readonly sessions = new Set<Session>()

  constructor(
    private readonly exchange: Exchange,
    private readonly users: UserStream,
  ) {}

  takes(path: string, door: Door): boolean {
    return path === API_PATH && door === "programs"
  }

  /** Connecting costs its address as much weight as two small requests. */
  mayConnect(address: string): boolean {
    const { rateLimits, weighs, nowMs } = this.exchange.state
    try {
      if (weighs === "address") rateLimits.useWeight({ name: address, mayBeBanned: true }, CONNECT_WEIGHT, nowMs())
      return true
    } catch (error) {
      if (error instanceof Refusal) return false
      throw error
    }
  }

  goodbye(event: unknown): unknown {
    return { event }
  }

  get connections(): Connection[] {
    return [...this.sessions].map(({ connection }) => connection)
  }

  accept(connection: Connection): void {
    const session: Session = { connection, key: undefined, authorisedMs: 0, users: this.users }
    this.sessions.add(session)
    connection.keepAlive(() => this.users.path.trouble.isPingless)
    connection.onMessage((text, isBinary) => {
      if (!connection.isCutOff) this.receive(session, isBinary ? "" : text)
    })
    connection.onClose(() => {
      this.users.unsubscribe(connection)
      this.sessions.delete(session)
    })
  }

  private receive(session: Session, text: string): void {
    this.exchange.catchUp()
    const { connection } = session
    try {
      const request = requestFrom(text)
      const operation = operationNamed(request.method)
      const strike = operation && this.exchange.faults.strike(operation.name)
      const asked = { session, request, operation, strike }
      if (strike?.isLate) return this.arriveLater(asked, strike)
      const answer = strike?.runs === 0 ? this.struck(strike) : this.answer(session, request, operation, strike)
      if (answer.result instanceof LongAnswer) void this.replyLater(asked, answer.result)
      else this.reply(asked, answer)
    } catch (error) {
      connection.send({ id: null, ...this.refused(error) })
    }
  }

  /** The line is cut at once, and the request is still on its way (F06b). */
  private arriveLater(asked: Asked, strike: Strike): void {
    const { session, request, operation } = asked
    session.connection.socket.terminate()
    const arrive = () => this.note(asked, this.answer(session, request, operation, strike))
    this.exchange.surroundings.after(strike.delayMs, arrive)
  }

  private answer(
    session: Session,
    request: Request,
    operation: Operation | undefined,
    strike: Strike | undefined,
  ): Answer {
    try {
      return { status: 200, result: this.run(session, request, operation, strike) }
    } catch (error) {
      return this.refused(error)
    }
  }

  private run(
    session: Session,
    { method, params }: Request,
    operation: Operation | undefined,
    strike: Strike | undefined,
  ): unknown {
    const payload = webSocketPayload(params)
    const { returnRateLimits: _, ...sent } = params
    const own = sessionMethods.get(method)
    if (own) return own({ exchange: this.exchange, session, params: sent, payload })
    if (!operation || operation.name.startsWith("-")) return refuse(-1000, `Unknown method '${method.slice(0, 100)}'.`)
    // ccxt names an order's client id twice; the exchange reads the documented name.
    if (method === "order.place" && sent.newClientOrderId !== undefined) delete sent.clientOrderId
    const { state } = this.exchange
    const key = sent.apiKey === undefined ? session.key : undefined
    if (key) checkKey(state.keys, key.apiKey, operation.needs ?? "reading")
    const caller = this.callerOf(session, { params, method })
    const sender = { protocol: "ws" as const, caller, apiKey: sent.apiKey, payload, session: key }
    return dispatch(this.exchange, operation, sent, sender, strike)
  }

  private callerOf({ connection, key }: Session, { params, method }: Pick<Request, "params" | "method">): Caller {
    const { address, door } = connection
    return callerOf(this.exchange.state, { address, door, apiKey: params.apiKey ?? key?.apiKey, operation: method })
  }

  private async replyLater(asked: Asked, { work }: LongAnswer): Promise<void> {
    const { signal } = asked.session.connection.gone
    try {
      this.reply(asked, { status: 200, result: await this.exchange.longWork.run(work, { signal }) })
    } catch (error) {
      if (!(error instanceof AskerGone)) this.reply(asked, this.refused(error))
    }
  }

  private refused(error: unknown): Answer {
    if (!(error instanceof Refusal)) {
      this.exchange.report(error)
      return { status: 500, error: { code: -1000, msg: "An unknown error occurred while processing the request." } }
    }
    const waiting =
      error instanceof TooMany
        ? { data: { serverTime: this.exchange.state.nowMs(), retryAfter: error.untilMs } }
        : error.data === undefined
          ? {}
          : { data: error.data }
    return { status: error.status, error: { code: error.code, msg: error.message, ...waiting } }
  }

  private struck({
    status = 500,
    code = -1000,
    message = "An unknown error occurred while processing the request.",
  }: Strike): Answer {
    return { status, error: { code, msg: message } }
  }

  private reply(asked: Asked, answer: Answer): void {
    const { session, request, strike } = asked
    const { connection } = session
    this.note(asked, answer)
    const isReplaced = strike && strike.runs > 0 && strike.reply === "error"
    const result = /^microsecond$/i.test(connection.url.searchParams.get("timeUnit") ?? "")
      ? inMicroseconds(answer.result)
      : answer.result
    const message = {
      id: request.id,
      ...(isReplaced ? this.struck(strike) : { ...answer, result }),
      ...this.rateLimits(session, request),
    }
    if (strike?.reply === "hang") return
    if (strike?.reply === "reset") return connection.socket.terminate()
    if (strike?.name !== "F18") return connection.send(message)
    this.exchange.surroundings.after(strike.delayMs, () => connection.send(message))
  }

  private note({ session, request, operation, strike }: Asked, { status, error }: Answer): void {
    if (!operation) return
    const apiKey = request.params.apiKey ?? session.key?.apiKey
    const isPublic = operation.security === "none"
    const asked = { operation: operation.name, isPublic, apiKey, sent: request.params }
    noteRequest(this.exchange, { ...asked, status, code: error?.code, strike })
  }

  private rateLimits(session: Session, request: Request): { rateLimits?: unknown } {
    const { connection } = session
    const { params, method } = request
    const isHidden = (params.returnRateLimits ?? connection.url.searchParams.get("returnRateLimits")) === "false"
    if (isHidden) return {}
    const { rateLimits, nowMs, keys } = this.exchange.state
    const key = operationNamed(method)?.orders ? keys.get(params.apiKey ?? "") : undefined
    const used = key && rateLimits.orderCounts(key.accountId, nowMs())
    const counts = {
      REQUEST_WEIGHT: rateLimits.weightUsed(this.callerOf(session, request).name, nowMs()),
      ORDERS_SECOND: used?.in10Seconds,
      ORDERS_DAY: used?.inDay,
    } as Record<string, number | undefined>
    const rows = rateLimitsOf(rateLimits.limits).map((limit) => ({
      ...limit,
      count: counts[limit.rateLimitType] ?? counts[`${limit.rateLimitType}_${limit.interval}`],
    }))
    return { rateLimits: rows.filter(({ count }) => count !== undefined) }
  }
}

/** Reads a request; refuses anything else (-1135). Values become texts, as clients sign them. */
function requestFrom(text: string): Request {
  const request = parsed(text)
  if (!isRecord(request) || typeof request.method !== "string")
    return refuse(-1135, "Invalid JSON Request; JSON sent for parameter 'method' is not valid")
  const { id = null, method, params = {} } = request
  if (!isRecord(params)) return refuse(-1135, "Invalid JSON Request; JSON sent for parameter 'params' is not valid")
  if (id !== null && typeof id !== "string" && typeof id !== "number")
    return refuse(-1135, "Invalid JSON Request; JSON sent for parameter 'id' is not valid")
  const texts = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ])
  return { id, method, params: Object.fromEntries(texts) as Record<string, string> }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
