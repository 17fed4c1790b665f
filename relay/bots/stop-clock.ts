import type { Surroundings } from "../surroundings.ts"

/** Without a stop for this long, what is held is sold at the market: two stops may have been tried by then. */
export const MOST_NAKED_MS = 12_000

/** Since when each market holds something without a stop that the exchange has confirmed (trust.md, I4). */
export class StopClock {
  readonly #naked = new Map<string, { sinceMs: number; isTold: boolean }>()

  constructor(private readonly surroundings: Pick<Surroundings, "steadyMs">) {}

  /** Hears how a market stands now. */
  hear(market: string, isNaked: boolean): void {
    if (!isNaked) this.#naked.delete(market)
    else if (!this.#naked.has(market)) this.#naked.set(market, { sinceMs: this.surroundings.steadyMs(), isTold: false })
  }

  /** Whether it holds something without a stop now. */
  isRunning(market: string): boolean {
    return this.#naked.has(market)
  }

  /** Whether no stop is tried any more: what is held is sold. */
  isOver(market: string): boolean {
    const naked = this.#naked.get(market)
    return naked !== undefined && this.surroundings.steadyMs() - naked.sinceMs >= MOST_NAKED_MS
  }

  /** Whether its owner has yet to hear that it is over; once. */
  isToBeTold(market: string): boolean {
    const naked = this.#naked.get(market)
    if (naked === undefined || naked.isTold || !this.isOver(market)) return false
    return (naked.isTold = true)
  }
}
