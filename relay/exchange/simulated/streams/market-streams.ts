import { Connection } from "./connection.ts"
import type { Line } from "./line.ts"
import { type Feed, feedOf } from "./market-feed.ts"
import { guarded } from "../../../door/guarded.ts"
import type { Exchange } from "../exchange-state.ts"
import { TroubledPath } from "../faults/stream-faults.ts"
import { streamNameFrom } from "./stream-name.ts"
import { aggregateTradePayload, tradePayload } from "./stream-payloads.ts"
import { inMicroseconds } from "../protocol/time-unit.ts"
import type { Venue, VenueEvent } from "../venue.ts"

const MOST_STREAMS = 1_024
const INBOUND_PER_SECOND = 5

type Listener = { connection: Connection; streams: Set<string>; isCombined: boolean; isMicro: boolean }
type Request = { method: string; params?: unknown; id?: unknown }

/** The market streams: who listens to what, and every message to them. */
export class MarketStreams implements Line {
  readonly carries = ["market"] as const
  readonly path: TroubledPath
  private readonly venue: Venue
  private readonly listeners = new Set<Listener>()
  private readonly feeds = new Map<string, { feed: Feed | undefined; listeners: Set<Listener> }>()

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
    return path === "/stream" || path === "/ws" || path.startsWith("/ws/")
  }

  goodbye(event: unknown, { url }: Connection): unknown {
    return url.pathname.startsWith("/stream") ? { stream: "!serverShutdown", data: event } : event
  }

  get connections(): Connection[] {
    return [...this.listeners].map(({ connection }) => connection)
  }

  /** Accepts a new socket on `/ws`, `/ws/<stream>` or `/stream?streams=a/b`. */
  accept(connection: Connection): void {
    const { pathname, searchParams } = connection.url
    const isCombined = pathname.startsWith("/stream")
    const listener: Listener = {
      connection,
      streams: new Set(),
      isCombined,
      isMicro: /^microsecond$/i.test(searchParams.get("timeUnit") ?? ""),
    }
    this.listeners.add(listener)
    // The part after `?` is already decoded; decoding it again would change it.
    const named = isCombined ? (searchParams.get("streams") ?? "") : decoded(pathname.replace(/^\/ws\/?/, ""))
    this.subscribe(
      listener,
      named.split("/").filter((name) => streamNameFrom(name)),
    )
    connection.keepAlive(() => this.path.trouble.isPingless)
    connection.onMessage((text, isBinary) => this.receive(listener, text, isBinary))
    connection.onPing(() => this.limit(listener))
    connection.onClose(() => this.leave(listener))
  }

  private receive(listener: Listener, text: string, isBinary: boolean): void {
    if (listener.connection.isCutOff || !this.limit(listener)) return
    listener.connection.send(
      isBinary
        ? { error: { code: 3, msg: "Invalid JSON: expected value at line 1 column 1" } }
        : this.answer(listener, text),
    )
  }

  private limit({ connection }: Listener): boolean {
    const isFine = connection.mayReceive(INBOUND_PER_SECOND)
    if (!isFine) connection.socket.close(1008, "Too many requests")
    return isFine
  }

  private answer(listener: Listener, text: string): unknown {
    const request = requestFrom(text)
    if (typeof request === "string")
      return {
        error: {
          code: request === "json" ? 3 : 2,
          msg: request === "json" ? "Invalid JSON: expected value at line 1 column 1" : `Invalid request: ${request}`,
        },
      }
    const { id = null, method } = request
    const names = Array.isArray(request.params) ? request.params : []
    if (method === "LIST_SUBSCRIPTIONS") return { result: [...listener.streams], id }
    if (method === "GET_PROPERTY") return { result: listener.isCombined, id }
    if (method === "SET_PROPERTY") {
      listener.isCombined = names[1] === true
      return { result: null, id }
    }
    if (method !== "SUBSCRIBE" && method !== "UNSUBSCRIBE")
      return {
        error: {
          code: 2,
          msg: `Invalid request: unknown variant ${method}, expected one of SUBSCRIBE, UNSUBSCRIBE, LIST_SUBSCRIPTIONS, SET_PROPERTY, GET_PROPERTY`,
        },
        id,
      }
    if (!names.every((name) => typeof name === "string"))
      return { error: { code: 2, msg: "Invalid request: params must be a list of stream names" }, id }
    if (method === "SUBSCRIBE") this.subscribe(listener, names)
    else for (const name of names) this.unsubscribe(listener, name)
    return { result: null, id }
  }

  private subscribe(listener: Listener, names: string[]): void {
    for (const name of names) {
      if (listener.streams.size >= MOST_STREAMS) return listener.connection.socket.close(1008, "Too many streams")
      listener.streams.add(name)
      const parsed = streamNameFrom(name)
      if (!parsed) continue
      if (!this.feeds.has(name)) this.feeds.set(name, { feed: feedOf(this.venue, parsed), listeners: new Set() })
      this.feeds.get(name)!.listeners.add(listener)
    }
  }

  private unsubscribe(listener: Listener, name: string): void {
    listener.streams.delete(name)
    const entry = this.feeds.get(name)
    entry?.listeners.delete(listener)
    if (entry?.listeners.size === 0) this.feeds.delete(name)
  }

  private leave(listener: Listener): void {
    for (const name of listener.streams) this.unsubscribe(listener, name)
    this.listeners.delete(listener)
  }

  private hear(event: VenueEvent): void {
    if (this.feeds.size === 0) return
    if (event.kind === "trade") {
      const { symbol } = event.market.rules
      const name = symbol.toLowerCase()
      if (!this.feeds.has(`${name}@trade`) && !this.feeds.has(`${name}@aggTrade`)) return
      const trade = this.path.tick(event.trade)
      this.publish(`${name}@trade`, () => tradePayload(symbol, trade))
      this.publish(`${name}@aggTrade`, () => aggregateTradePayload(symbol, trade))
    }
    if (event.kind === "tick")
      for (const [name, { feed }] of this.feeds) for (const message of feed?.() ?? []) this.publish(name, () => message)
  }

  /** One text per stream and shape, however many listen. */
  private publish(name: string, write: () => unknown): void {
    const entry = this.feeds.get(name)
    if (!entry || entry.listeners.size === 0) return
    const data = write()
    const texts = new Map<string, string>()
    for (const listener of entry.listeners) {
      const shape = `${listener.isCombined} ${listener.isMicro}`
      if (!texts.has(shape)) texts.set(shape, JSON.stringify(shaped(name, data, listener)))
      this.path.pass(() => listener.connection.send(texts.get(shape)), closesCandle(data))
    }
  }
}

/** A decoded path; one that does not decode stays as sent. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function closesCandle(data: unknown): boolean {
  return typeof data === "object" && data !== null && "k" in data && (data as { k: { x: boolean } }).k.x
}

function shaped(stream: string, data: unknown, { isCombined, isMicro }: Listener): unknown {
  const timed = isMicro ? inMicroseconds(data) : data
  return isCombined ? { stream, data: timed } : timed
}

/** A client's request, or what is wrong with it. */
function requestFrom(text: string): Request | string {
  try {
    const request: unknown = JSON.parse(text)
    if (typeof request !== "object" || request === null || Array.isArray(request)) return "request must be an object"
    if (!("method" in request) || typeof request.method !== "string") return "missing field `method`"
    return request as Request
  } catch {
    return "json"
  }
}
