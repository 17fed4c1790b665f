import { guarded } from "../../../door/guarded.ts"
import { isSignedBy } from "../account/signature.ts"
import type { Exchange } from "../exchange-state.ts"
import { TroubledPath } from "../faults/stream-faults.ts"
import type { Door } from "../protocol/caller.ts"
import type { Connection } from "../streams/connection.ts"
import type { Line } from "../streams/line.ts"
import type { VenueEvent } from "../venue.ts"
import { privateNewsOf } from "./bybit-private-news.ts"
import { clocksMs } from "./bybit-signature.ts"
import { type BybitMessage, bybitMessageFrom, connectionId, socketAnswer, unknownTopic } from "./bybit-socket.ts"

/** Topics of an account; those that are about other things than spot stay silent. */
const TOPICS = /^(order|execution|execution\.fast|position|wallet|greeks|dcp)(\.(spot|linear|inverse|option))?$/

type Session = { connection: Connection; connId: string; accountId: number | undefined; topics: Set<string> }

/** Bybit's private socket: who has logged in, what they listen to, and every message to them. */
export class BybitPrivateLine implements Line {
  readonly carries = ["api"] as const
  readonly path: TroubledPath
  private readonly sessions = new Set<Session>()
  private opened = 0
  private told = 0

  constructor(private readonly exchange: Exchange) {
    this.path = new TroubledPath(exchange.surroundings)
    exchange.state.venue.listen(
      guarded(
        (event: VenueEvent) => this.hear(event),
        (error) => exchange.report(error),
      ),
    )
  }

  takes(path: string, door: Door): boolean {
    return path === "/v5/private" && door === "programs"
  }

  get connections(): Connection[] {
    return [...this.sessions].map(({ connection }) => connection)
  }

  hears(connection: Connection): boolean {
    return this.topicsOf(connection).length > 0
  }

  /** What somebody listens to on a socket. */
  topicsOf(connection: Connection): string[] {
    return [...this.sessions].flatMap((session) => (session.connection === connection ? [...session.topics] : []))
  }

  /** The account's topics fall silent without a word, as nothing announces it at Bybit. */
  terminate(accountId: number): void {
    for (const session of this.sessions) if (session.accountId === accountId) session.topics.clear()
  }

  accept(connection: Connection): void {
    const connId = connectionId(connection, ++this.opened)
    const session: Session = { connection, connId, accountId: undefined, topics: new Set() }
    this.sessions.add(session)
    connection.keepAlive(() => this.path.trouble.isPingless)
    connection.onMessage((text) => {
      if (!connection.isCutOff) this.receive(session, text)
    })
    connection.onClose(() => this.sessions.delete(session))
  }

  private receive(session: Session, text: string): void {
    this.exchange.catchUp()
    const { connection, connId } = session
    const message = bybitMessageFrom(text)
    if (!message) return connection.send({ success: false, ret_msg: "error:invalid json", conn_id: connId })
    if (message.op === "ping") return connection.send(this.pong(message, connId))
    const wrong = this.act(session, message)
    connection.send(socketAnswer(message, { success: wrong === undefined, words: wrong ?? "", connId }))
  }

  private pong({ reqId }: BybitMessage, connId: string) {
    const args = [String(Math.floor(this.exchange.state.nowMs()))]
    return { ...(reqId === undefined ? {} : { req_id: reqId }), op: "pong", args, conn_id: connId }
  }

  /** What is wrong with a message, after doing what is not. */
  private act(session: Session, { op, args }: BybitMessage): string | undefined {
    if (op === "auth") return this.logIn(session, args)
    if (op !== "subscribe" && op !== "unsubscribe") return "error:invalid op"
    if (session.accountId === undefined) return "Request not authorized"
    const { refuseSubscription } = this.path.trouble
    if (op === "subscribe" && refuseSubscription !== undefined)
      return `error:subscription refused,${refuseSubscription}`
    const unknown = unknownTopic(args, (name) => TOPICS.test(name))
    if (unknown !== undefined) return unknown
    for (const name of args as string[])
      if (op === "subscribe") session.topics.add(name)
      else session.topics.delete(name)
    return undefined
  }

  private logIn(session: Session, [apiKey, expires, signature]: unknown[]): string | undefined {
    const key = this.exchange.state.keys.get(String(apiKey))
    const untilMs = Number(expires)
    if (!key || key.isRevoked) return "API key is invalid."
    if (!clocksMs(this.exchange).some((nowMs) => untilMs > nowMs)) return "Params Error: expires is in the past"
    if (!isSignedBy(key, `GET/realtime${String(expires)}`, String(signature))) return "Params Error: sign error"
    if (!key.permissions.reading) return "Permission denied"
    session.accountId = key.accountId
    return undefined
  }

  private hear(event: VenueEvent): void {
    if (this.sessions.size === 0) return
    for (const { accountId, topic, data } of privateNewsOf(this.exchange, event)) this.tell(accountId, topic, data)
  }

  private tell(accountId: number, topic: "order" | "execution" | "wallet", data: unknown[]): void {
    const { nowMs } = this.exchange.state.venue
    for (const { connection, topics, ...session } of this.sessions) {
      const wanted = [topic, `${topic}.spot`].find((name) => topics.has(name))
      if (session.accountId !== accountId || wanted === undefined) continue
      const news = { id: `${nowMs.toString(36)}-${++this.told}`, topic: wanted, creationTime: nowMs, data }
      const text = JSON.stringify(news)
      this.path.pass(() => connection.send(text))
    }
  }
}
