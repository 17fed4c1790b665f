import type { Connection } from "./connection.ts"
import { TroubledPath } from "../faults/stream-faults.ts"
import { streamTerminated, userEventOf } from "./user-payloads.ts"
import { guarded } from "../../../door/guarded.ts"
import type { Exchange } from "../exchange-state.ts"
import type { Venue, VenueEvent } from "../venue.ts"

type Subscription = { connection: Connection; accountId: number; subscriptionId: number }

/** Who listens to which account, and every message to them. Keeps nothing for clients that are away. */
export class UserStream {
  readonly path: TroubledPath
  private readonly venue: Venue
  private readonly subscriptions = new Set<Subscription>()

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

  /** Starts a subscription and returns its number, unique on the connection. */
  subscribe(connection: Connection, accountId: number): number {
    const taken = this.of(connection).map((one) => one.subscriptionId)
    const subscriptionId = taken.length === 0 ? 0 : Math.max(...taken) + 1
    this.subscriptions.add({ connection, accountId, subscriptionId })
    return subscriptionId
  }

  /** Ends one subscription of a connection, or all; false when there was none. */
  unsubscribe(connection: Connection, subscriptionId?: number): boolean {
    const ending = this.of(connection).filter(
      (one) => subscriptionId === undefined || one.subscriptionId === subscriptionId,
    )
    for (const one of ending) this.subscriptions.delete(one)
    return ending.length > 0
  }

  isSubscribed(connection: Connection, accountId: number): boolean {
    return this.of(connection).some((one) => one.accountId === accountId)
  }

  hears(connection: Connection): boolean {
    return this.of(connection).length > 0
  }

  subscriptionIds(connection: Connection): number[] {
    return this.of(connection).map((one) => one.subscriptionId)
  }

  /** Sends an event to everybody who listens to an account. */
  send(accountId: number, event: unknown): void {
    for (const { connection, subscriptionId, ...of } of this.subscriptions) {
      const text = of.accountId === accountId ? JSON.stringify({ subscriptionId, event }) : ""
      if (text) this.path.pass(() => connection.send(text))
    }
  }

  /** Ends every subscription of an account with a last message (F40). */
  terminate(accountId: number): void {
    this.send(accountId, streamTerminated(this.venue.nowMs))
    for (const one of this.subscriptions) if (one.accountId === accountId) this.subscriptions.delete(one)
  }

  private hear(event: VenueEvent): void {
    if (this.subscriptions.size === 0) return
    const news = userEventOf(this.venue, event)
    if (news) this.send(news.accountId, news.payload)
  }

  private of(connection: Connection): Subscription[] {
    return [...this.subscriptions].filter((one) => one.connection === connection)
  }
}
