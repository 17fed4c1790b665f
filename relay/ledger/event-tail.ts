import type { BotEvent } from "./bot-event.ts"
import type { Ledger } from "./ledger.ts"

type Followed = Pick<Ledger, "events" | "listen">

/**
 * Follows the ledger from an event on: every later one in its order, each once, at the pace of who takes them. They are
 * read from the store when they are asked for, so a slow taker costs no memory.
 */
export class EventTail {
  readonly #ledger: Followed
  readonly #unlisten: () => void
  #last: number
  /** The number it was to go on from, where this store has not come to it. */
  readonly ahead: number | undefined
  #isNews = true
  #wake = () => {}

  private constructor(ledger: Followed, { newest, after = newest }: { newest: number; after: number | undefined }) {
    this.#ledger = ledger
    this.#last = Math.min(after, newest)
    this.ahead = after > newest ? after : undefined
    this.#unlisten = ledger.listen(() => this.wake())
  }

  /** From the event `after` on; from now on without one, or with one that is `ahead` of this store. */
  static async open(ledger: Followed, after: number | undefined): Promise<EventTail> {
    const [newest] = await ledger.events({}, { limit: 1 })
    return new EventTail(ledger, { newest: newest?.seq ?? 0, after })
  }

  /** The number of the last event taken. */
  get last(): number {
    return this.#last
  }

  /** The next events, at most so many; none when all are taken. */
  async take(limit: number): Promise<BotEvent[]> {
    this.#isNews = false
    const events = await this.#ledger.events({}, { after: this.#last, limit })
    this.#last = events.at(-1)?.seq ?? this.#last
    return events
  }

  /** Settles once there may be more than the last call of `take` found, or after `wake`. */
  news(): Promise<void> {
    return this.#isNews ? Promise.resolve() : new Promise((resolve) => (this.#wake = resolve))
  }

  wake(): void {
    this.#isNews = true
    this.#wake()
  }

  close(): void {
    this.#unlisten()
    this.wake()
  }
}
