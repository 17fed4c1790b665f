import type { NewEvent } from "../ledger/bot-event.ts"
import { PAUSED } from "./bot-words.ts"

/** What is said of a market again and again: why nothing is bought there. */
type Streak = { key: string; times: number; last: NewEvent; isSaid: boolean }

type Market = string

/**
 * Folds what a bot would say at every candle for ever, such as that the account has sent its orders of this minute: it
 * is said whole the first time, then with its count at 2, 4, 8 times, each of which says when it is said next, and with
 * the whole count when something else happens. What its owner wanted is said once: that entries are paused.
 */
export class Repeats {
  readonly #streaks = new Map<Market, Streak>()

  /** What of this is to be kept. */
  fold(events: readonly NewEvent[]): NewEvent[] {
    return events.flatMap((event) => this.#kept(event))
  }

  /** Takes up where it was, by what was kept before a restart, the oldest first. */
  recall(events: readonly NewEvent[]): void {
    for (const event of events) {
      const { market, side, because, reason, times = 1 } = event.about ?? {}
      if (event.kind === "refusal" && market !== undefined) {
        const key = keyOf(because ?? reason ?? event.words)
        this.#streaks.set(market, { key, times, last: event, isSaid: true })
      } else if (event.kind !== "decision" || side !== "buy") this.#streaks.clear()
    }
  }

  /** Ends what was said again and again; what of it was not said yet. */
  end(): NewEvent[] {
    return this.#end()
  }

  #kept(event: NewEvent): NewEvent[] {
    const { market, side, because, reason } = (event.about ?? {}) as Partial<Record<string, string>>
    const streak = market === undefined ? undefined : this.#streaks.get(market)
    // That it would be bought says nothing new as long as it is refused.
    if (streak && event.kind === "decision" && side === "buy") return []
    if (event.kind !== "refusal" || market === undefined) return [...this.#end(), event]
    const key = keyOf(because ?? reason ?? event.words)
    if (streak?.key === key) return this.#again(streak, event)
    const before = this.#end(market)
    this.#streaks.set(market, { key, times: 1, last: event, isSaid: true })
    return [...before, event]
  }

  #again(streak: Streak, event: NewEvent): NewEvent[] {
    if (streak.key === PAUSED) return []
    streak.times++
    streak.last = event
    streak.isSaid = Number.isInteger(Math.log2(streak.times))
    const next = ` It is said again at ${streak.times * 2}, or when something else happens.`
    return streak.isSaid ? [counted(streak, next)] : []
  }

  /** Ends the streak of a market, or all; what of it was not said yet is said now. */
  #end(market?: Market): NewEvent[] {
    const ended = [...this.#streaks].filter(([name]) => market === undefined || name === market)
    for (const [name] of ended) this.#streaks.delete(name)
    return ended.flatMap(([, streak]) => (streak.isSaid ? [] : [counted(streak)]))
  }
}

/** A reason with other figures is the same reason. */
function keyOf(because: string): string {
  return because.replace(/\d+(\.\d+)?/g, "#")
}

function counted({ times, last }: Streak, next = ""): NewEvent {
  return { ...last, words: `${last.words} So it was ${times} times in a row.${next}`, about: { ...last.about, times } }
}
