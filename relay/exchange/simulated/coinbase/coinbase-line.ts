import { guarded } from "../../../door/guarded.ts"
import type { Exchange } from "../exchange-state.ts"
import { TroubledPath } from "../faults/stream-faults.ts"
import type { Door } from "../protocol/caller.ts"
import type { Connection } from "../streams/connection.ts"
import type { Line } from "../streams/line.ts"
import type { VenueEvent } from "../venue.ts"
import { openOrderRows } from "./channel-events.ts"
import { type ChannelRequest, channelRequestFrom } from "./channel-request.ts"
import { Listener } from "./listener.ts"
import { MarketChannels } from "./market-channels.ts"
import { isShown, orderRow, userIdOf } from "./order-answer.ts"

/** Messages a client may send each second. */
const INBOUND_PER_SECOND = 8
/** Whoever subscribes to nothing for so long is cut off. */
const SILENT_GUEST_MS = 5_000
/** A channel that says nothing for so long ends, unless heartbeats keep them all. */
const QUIET_CHANNEL_MS = 90_000
const LOOK_EVERY_MS = 5_000
const HEARTBEAT_MS = 1_000

/**
 * Coinbase's one socket: markets and, with a token, an account's orders. Documented: a guest that subscribes to nothing
 * is cut off after 5 seconds, quiet channels end after 60 to 90. Not documented: that the socket closes with its last one.
 */
export class CoinbaseLine implements Line {
  readonly carries = ["market", "api"] as const
  readonly userPath: TroubledPath
  readonly marketPath: TroubledPath
  private readonly listeners = new Set<Listener>()
  private readonly markets: MarketChannels

  constructor(private readonly exchange: Exchange) {
    const { surroundings, state, report } = exchange
    this.userPath = new TroubledPath(surroundings)
    this.marketPath = new TroubledPath(surroundings)
    this.markets = new MarketChannels(exchange, this.listeners, this.marketPath)
    state.venue.listen(guarded((event: VenueEvent) => this.hear(event), report))
  }

  takes(path: string, door: Door): boolean {
    return path === "/" && door === "programs"
  }

  get connections(): Connection[] {
    return [...this.listeners].map(({ connection }) => connection)
  }

  accept(connection: Connection): void {
    const { surroundings } = this.exchange
    const listener = new Listener(connection, surroundings.steadyMs)
    this.listeners.add(listener)
    connection.keepAlive(() => this.userPath.trouble.isPingless)
    connection.onMessage((text, isBinary) => this.receive(listener, isBinary ? "" : text))
    const stops = [
      surroundings.after(SILENT_GUEST_MS, () => listener.subscriptions.size === 0 && connection.socket.close(1000)),
      surroundings.every(LOOK_EVERY_MS, () => this.endQuiet(listener)),
      surroundings.every(HEARTBEAT_MS, () => this.beat(listener)),
    ]
    connection.onClose(() => {
      for (const stop of stops) stop()
      this.listeners.delete(listener)
    })
  }

  /** Whether somebody listens to an account on this socket. */
  hears(connection: Connection): boolean {
    return [...this.listeners].some((one) => one.connection === connection && one.subscriptions.has("user"))
  }

  /** Ends the user channels of an account. Nothing is said. */
  terminate(accountId: number): void {
    for (const listener of this.listeners) if (listener.accountId === accountId) listener.unsubscribe("user")
  }

  private receive(listener: Listener, text: string): void {
    const { connection } = listener
    if (connection.isCutOff) return
    if (!connection.mayReceive(INBOUND_PER_SECOND)) return listener.refuse("rate limit exceeded")
    this.exchange.catchUp()
    const request = channelRequestFrom(this.exchange, text)
    if (typeof request === "string") return listener.refuse(request)
    if (request.channel === "user" && this.userPath.trouble.refuseSubscription !== undefined)
      return listener.refuse("authentication failure")
    this.carryOut(listener, request)
  }

  private carryOut(listener: Listener, { type, channel, products, key }: ChannelRequest): void {
    if (channel === "user") listener.accountId = key!.accountId
    if (type === "subscribe") listener.subscribe(channel, products)
    else listener.unsubscribe(channel, products)
    const { venue, nowMs } = this.exchange.state
    listener.confirm(nowMs(), userIdOf(venue, listener.accountId ?? 0))
    if (type === "unsubscribe") return
    if (channel === "user")
      this.sendOrders(listener, "snapshot", openOrderRows(this.exchange, key!.accountId, new Set(products)))
    else this.markets.begin(listener, channel, products)
  }

  private hear(event: VenueEvent): void {
    if (event.kind === "execution") this.hearOrder(event)
    else this.markets.hear(event)
  }

  private hearOrder({ order }: Extract<VenueEvent, { kind: "execution" }>): void {
    const listening = [...this.listeners].filter(
      (one) => one.accountId === order.accountId && one.hears("user", order.symbol),
    )
    if (listening.length === 0 || !isShown(this.exchange, order)) return
    const row = orderRow(this.exchange, order)
    for (const listener of listening) this.sendOrders(listener, "update", [row])
  }

  private sendOrders(listener: Listener, type: "snapshot" | "update", orders: unknown[]): void {
    const positions = { perpetual_futures_positions: [], expiring_futures_positions: [] }
    const events = [{ type, orders, ...(type === "snapshot" ? { positions } : {}) }]
    listener.send({ channel: "user", events, atMs: this.exchange.state.nowMs(), path: this.userPath })
  }

  private beat(listener: Listener): void {
    if (!listener.subscriptions.has("heartbeats")) return
    const atMs = this.exchange.state.nowMs()
    const current_time = `${new Date(atMs).toISOString().replace("T", " ").replace("Z", "")} +0000 UTC`
    const events = [{ current_time, heartbeat_counter: String(listener.heartbeats++) }]
    listener.send({ channel: "heartbeats", events, atMs, path: this.marketPath })
  }

  private endQuiet(listener: Listener): void {
    const { subscriptions, spokeMs, connection } = listener
    if (subscriptions.has("heartbeats") || subscriptions.size === 0) return
    const nowMs = this.exchange.surroundings.steadyMs()
    for (const channel of Array.from(subscriptions.keys()))
      if (nowMs - (spokeMs.get(channel) ?? nowMs) >= QUIET_CHANNEL_MS) listener.unsubscribe(channel)
    if (subscriptions.size === 0) connection.socket.close(1000)
  }
}
