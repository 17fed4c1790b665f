import type { Command } from "./control/command.ts"
import { formatDecimal } from "./decimal.ts"
import type { Venue, VenueEvent } from "./venue.ts"

/** One event. Numbers are in order; times are the exchange's, in UTC milliseconds. */
export type LogEntry = { sequence: number; atMs: number } & (
  | { kind: "command"; command: Command }
  | {
      kind: "request"
      name: string
      accountId: number | undefined
      /** The name the request gave an order, or used to name one. */
      clientOrderId: string | undefined
      status: number
      code: number | undefined
      fault: string | undefined
    }
  | { kind: "event"; event: string; accountId: number; about: Record<string, string | number | boolean> }
)

const KEPT_REQUESTS = 50_000
/** Commands and events of about a month of busy bots; the log drops older ones, and with them the replay. */
const MOST_ENTRIES = 1_000_000

type LogText = LogEntry extends infer One ? (One extends LogEntry ? Omit<One, "sequence" | "atMs"> : never) : never

/**
 * Everything that happened at the exchange, append-only: to judge a bot by, and to rebuild the same exchange. It
 * holds no secret.
 */
export class EventLog {
  private kept: LogEntry[] = []
  private nextSequence = 0
  private requests = 0
  /** Hears each command before it is carried out; one that it throws at is not. */
  beforeCommand: ((entry: { atMs: number; command: Command }) => void) | undefined

  constructor(private readonly venue: Venue) {
    venue.listen((event) => this.hear(event))
  }

  get entries(): readonly LogEntry[] {
    return this.kept
  }

  append(entry: LogText): void {
    if (entry.kind === "command") this.beforeCommand?.({ atMs: this.venue.nowMs, command: entry.command })
    this.kept.push({ sequence: this.nextSequence++, atMs: this.venue.nowMs, ...entry } as LogEntry)
    if (entry.kind === "request" && ++this.requests > KEPT_REQUESTS) this.forgetRequests()
    if (this.kept.length > MOST_ENTRIES) this.kept = this.kept.slice(-MOST_ENTRIES / 2)
  }

  /** Drops every entry, as if the exchange began now. */
  clear(): void {
    this.kept = []
    this.nextSequence = 0
    this.requests = 0
  }

  /** The entries from a number on, oldest first. */
  since(sequence: number): readonly LogEntry[] {
    const first = this.kept.findIndex((entry) => entry.sequence >= sequence)
    return first === -1 ? [] : this.kept.slice(first)
  }

  /** Only what came from outside, for a replay. */
  commands(): { atMs: number; command: Command }[] {
    return this.kept.flatMap((entry) =>
      entry.kind === "command" ? [{ atMs: entry.atMs, command: entry.command }] : [],
    )
  }

  // Bots ask for balances all day for weeks: of mere requests the log keeps only the newest.
  private forgetRequests(): void {
    const oldest = this.nextSequence - KEPT_REQUESTS / 2
    this.kept = this.kept.filter(({ kind, sequence }) => kind !== "request" || sequence >= oldest)
    this.requests = this.kept.filter(({ kind }) => kind === "request").length
  }

  private hear(event: VenueEvent): void {
    if (event.kind === "execution")
      this.append({ kind: "event", event: event.execution, accountId: event.order.accountId, about: aboutOrder(event) })
    if (event.kind === "deposit")
      this.append({
        kind: "event",
        event: "DEPOSIT",
        accountId: event.account.id,
        about: { asset: event.asset, delta: formatDecimal(event.delta) },
      })
  }
}

function aboutOrder({
  order,
  fill,
}: Extract<VenueEvent, { kind: "execution" }>): Record<string, string | number | boolean> {
  return {
    orderId: order.orderId,
    listId: order.listId,
    clientOrderId: order.placedClientOrderId,
    symbol: order.symbol,
    side: order.side,
    type: order.type,
    status: order.status,
    quantity: formatDecimal(order.quantity),
    price: formatDecimal(order.price),
    stopPrice: formatDecimal(order.stopPrice),
    executed: formatDecimal(order.executed),
    ...(fill
      ? {
          tradeId: fill.tradeId,
          fillQuantity: formatDecimal(fill.quantity),
          fillPrice: formatDecimal(fill.price),
          commission: formatDecimal(fill.commission),
          commissionAsset: fill.commissionAsset,
        }
      : {}),
  }
}
