import type { TroubledPath } from "../faults/stream-faults.ts"
import type { Connection } from "../streams/connection.ts"
import { momentText } from "./moment.ts"

export const channels = [
  "heartbeats",
  "candles",
  "status",
  "ticker",
  "ticker_batch",
  "market_trades",
  "level2",
  "user",
] as const
export type Channel = (typeof channels)[number]

/** What one socket listens to: products for each channel, none for all of them. */
export class Listener {
  readonly subscriptions = new Map<Channel, Set<string>>()
  /** Whose orders the user channel is about. */
  accountId: number | undefined
  /** When each channel last said something, by the steady clock. */
  readonly spokeMs = new Map<Channel, number>()
  heartbeats = 0
  private sequence = 0

  constructor(
    readonly connection: Connection,
    private readonly steadyMs: () => number,
  ) {}

  /** Whether a channel of it is about a product. */
  hears(channel: Channel, product: string): boolean {
    const products = this.subscriptions.get(channel)
    return products !== undefined && (products.size === 0 || products.has(product))
  }

  /** Begins or widens a channel. */
  subscribe(channel: Channel, products: string[]): void {
    const known = this.subscriptions.get(channel) ?? new Set()
    for (const product of products) known.add(product)
    this.subscriptions.set(channel, known)
    this.spokeMs.set(channel, this.steadyMs())
  }

  /** Ends a channel, or its part about some products. */
  unsubscribe(channel: Channel, products: string[] = []): void {
    const known = this.subscriptions.get(channel)
    for (const product of products) known?.delete(product)
    if (products.length === 0 || known?.size === 0) this.subscriptions.delete(channel)
  }

  /** Sends numbered events along a path, on which they may be lost. */
  send({
    channel,
    events,
    atMs,
    path,
  }: {
    channel: Channel
    events: unknown[]
    atMs: number
    path: TroubledPath
  }): void {
    this.spokeMs.set(channel, this.steadyMs())
    const text = this.numbered(channel === "level2" ? "l2_data" : channel, events, atMs)
    path.pass(() => this.connection.send(text))
  }

  /** Says what it listens to now. */
  confirm(atMs: number, userId: string): void {
    const names = (channel: Channel, products: Set<string>) =>
      channel === "user" ? [userId] : channel === "heartbeats" ? ["heartbeats"] : [...products]
    const rows = Array.from(this.subscriptions, ([channel, products]) => [channel, names(channel, products)])
    const subscriptions = Object.fromEntries(rows) as Record<string, string[]>
    this.connection.send(this.numbered("subscriptions", [{ subscriptions }], atMs))
  }

  /** Says what is wrong with a request. */
  refuse(message: string): void {
    this.connection.send({ type: "error", message })
  }

  private numbered(channel: string, events: unknown[], atMs: number): string {
    const sequence_num = this.sequence++
    return JSON.stringify({ channel, client_id: "", timestamp: momentText(atMs), sequence_num, events })
  }
}
