import { guarded } from "../../../door/guarded.ts"
import type { Exchange } from "../exchange-state.ts"
import { TroubledPath } from "../faults/stream-faults.ts"
import type { Market, PublicTrade } from "../market/market.ts"
import type { Connection } from "../streams/connection.ts"
import type { Line } from "../streams/line.ts"
import type { Venue, VenueEvent } from "../venue.ts"
import { type BybitFeed, bybitFeedOf, type BybitNews } from "./bybit-feed.ts"
import { plain } from "./bybit-order.ts"
import { type BybitMessage, bybitMessageFrom, connectionId, socketAnswer, unknownTopic } from "./bybit-socket.ts"
import { bybitTopicFrom } from "./bybit-topic.ts"

const MOST_ARGS = 10
const MOST_TOPICS = 1_000

type Listener = { connection: Connection; connId: string; topics: Set<string> }
type Spoken = { feed: BybitFeed; listeners: Set<Listener> }

/** Bybit's public socket for spot: who listens to which topic, and every message to them. */
export class BybitPublicLine implements Line {
  readonly carries = ["market"] as const
  readonly path: TroubledPath
  private readonly venue: Venue
  private readonly listeners = new Set<Listener>()
  private readonly topics = new Map<string, Spoken>()
  private opened = 0

  constructor({ state: { venue }, surroundings, report }: Exchange) {
    this.path = new TroubledPath(surroundings)
    this.venue = venue
    venue.listen(
      guarded(
        (event: VenueEvent) => this.hear(event),
        (error) => report(error),
      ),
    )
  }

  takes(path: string): boolean {
    return path === "/v5/public/spot"
  }

  get connections(): Connection[] {
    return [...this.listeners].map(({ connection }) => connection)
  }

  accept(connection: Connection): void {
    const listener = { connection, connId: connectionId(connection, ++this.opened), topics: new Set<string>() }
    this.listeners.add(listener)
    connection.keepAlive(() => this.path.trouble.isPingless)
    connection.onMessage((text) => {
      if (!connection.isCutOff) this.receive(listener, text)
    })
    connection.onClose(() => this.leave(listener))
  }

  private receive(listener: Listener, text: string): void {
    const { connection, connId } = listener
    const message = bybitMessageFrom(text)
    if (!message) return connection.send({ success: false, ret_msg: "error:invalid json", conn_id: connId })
    const wrong = this.act(listener, message)
    const isPing = message.op === "ping"
    const words = wrong ?? (isPing ? "pong" : message.op)
    connection.send(socketAnswer(message, { success: wrong === undefined, words, connId }))
    if (wrong === undefined && message.op === "subscribe") this.greet(listener, message.args as string[])
  }

  /** What is wrong with a message, after doing what is not. */
  private act(listener: Listener, { op, args }: BybitMessage): string | undefined {
    if (op === "ping") return undefined
    if (op !== "subscribe" && op !== "unsubscribe") return "error:invalid op"
    if (args.length === 0 || args.length > MOST_ARGS) return "args size must be from 1 to 10"
    const unknown = unknownTopic(args, (name) => this.isKnown(name))
    if (unknown !== undefined) return unknown
    if (listener.topics.size + args.length > MOST_TOPICS) return "error:too many topics"
    for (const name of args as string[]) {
      if (op === "unsubscribe") this.unsubscribe(listener, name)
      else if (listener.topics.has(name)) return `error:already subscribed,topic:${name}`
      else this.subscribe(listener, name)
    }
    return undefined
  }

  private isKnown(name: string): boolean {
    const topic = bybitTopicFrom(name)
    return topic !== undefined && this.venue.markets.has(topic.symbol)
  }

  private subscribe(listener: Listener, name: string): void {
    listener.topics.add(name)
    if (!this.topics.has(name)) {
      const topic = bybitTopicFrom(name)!
      const feed = bybitFeedOf(this.venue, this.venue.market(topic.symbol), topic)
      this.topics.set(name, { feed, listeners: new Set() })
    }
    this.topics.get(name)!.listeners.add(listener)
  }

  private greet({ connection }: Listener, names: string[]): void {
    for (const name of names)
      for (const news of this.topics.get(name)!.feed.first())
        this.path.pass(() => connection.send({ topic: name, ...news }))
  }

  private unsubscribe(listener: Listener, name: string): void {
    listener.topics.delete(name)
    const spoken = this.topics.get(name)
    spoken?.listeners.delete(listener)
    if (spoken?.listeners.size === 0) this.topics.delete(name)
  }

  private leave(listener: Listener): void {
    for (const name of listener.topics) this.unsubscribe(listener, name)
    this.listeners.delete(listener)
  }

  private hear(event: VenueEvent): void {
    if (this.topics.size === 0) return
    if (event.kind === "trade") this.tellTrade(event.market, event.trade)
    if (event.kind === "tick")
      for (const [name, { feed }] of this.topics) for (const news of feed.next()) this.tell(name, news)
  }

  private tellTrade({ rules: { symbol } }: Market, printed: PublicTrade): void {
    const name = `publicTrade.${symbol}`
    if (!this.topics.has(name)) return
    const { id, timeMs, price, quantity, isBuyerMaker } = this.path.tick(printed)
    const side = isBuyerMaker ? "Sell" : "Buy"
    const row = {
      T: timeMs,
      s: symbol,
      S: side,
      v: plain(quantity),
      p: plain(price),
      i: String(id),
      BT: false,
      seq: id,
    }
    this.tell(name, { type: "snapshot", ts: timeMs, data: [row] })
  }

  private tell(topic: string, { closesCandle, ...news }: BybitNews): void {
    const text = JSON.stringify({ topic, ...news })
    for (const { connection } of this.topics.get(topic)!.listeners)
      this.path.pass(() => connection.send(text), closesCandle)
  }
}
