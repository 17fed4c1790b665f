import type { LiveCandle } from "#engine/candles"
import type { CandleWatch } from "./candle-watch.ts"
import type { LiveVenue } from "./live-venue.ts"
import type { CandleQuestion } from "./venue-source.ts"

/** After `gap` nothing follows until the missed candles are known: then they do, and after them `caught-up`. */
export type CandleNews =
  | { kind: "candle"; candle: LiveCandle }
  | { kind: "gap"; because: string }
  | { kind: "caught-up" }

type Follower = { nextMs: number; listener: (news: CandleNews) => void }

/**
 * The closed candles of an exchange for any number of listeners: each market and timeframe is followed once, however
 * many bots trade it.
 */
export class SharedCandles {
  readonly #venue: Pick<LiveVenue, "watchCandles">
  readonly #shared = new Map<string, SharedWatch>()

  constructor(venue: Pick<LiveVenue, "watchCandles">) {
    this.#venue = venue
  }

  /**
   * Tells every candle that opened at or after `fromMs` and has closed, oldest first, each once, until you call the
   * returned function.
   */
  follow(question: CandleQuestion, fromMs: number, listener: (news: CandleNews) => void): () => void {
    const name = `${question.market.id} ${question.timeframe}`
    const shared = this.#shared.get(name) ?? new SharedWatch(this.#venue, question)
    this.#shared.set(name, shared)
    const follower = { nextMs: fromMs, listener }
    shared.add(follower)
    return () => {
      if (shared.drop(follower)) this.#shared.delete(name)
    }
  }
}

/** Candles kept from the past. A watch that has kept more begins again, from the oldest that somebody still needs. */
const MOST_KEPT = 5_000

class SharedWatch {
  readonly #venue: Pick<LiveVenue, "watchCandles">
  readonly #question: CandleQuestion
  readonly #followers = new Set<Follower>()
  #watch: CandleWatch | undefined
  #fromMs = Infinity
  #isComplete = false

  constructor(venue: Pick<LiveVenue, "watchCandles">, question: CandleQuestion) {
    this.#venue = venue
    this.#question = question
  }

  add(follower: Follower): void {
    this.#followers.add(follower)
    if (follower.nextMs < this.#fromMs) return this.#begin()
    this.#tell(follower)
    if (this.#isComplete) follower.listener({ kind: "caught-up" })
  }

  /** Whether it was the last one. */
  drop(follower: Follower): boolean {
    this.#followers.delete(follower)
    if (this.#followers.size === 0) this.#watch?.stop()
    return this.#followers.size === 0
  }

  /** From the oldest candle that somebody needs; the new watch is there before the old one goes. */
  #begin(): void {
    const before = this.#watch
    this.#fromMs = Math.min(...[...this.#followers].map(({ nextMs }) => nextMs))
    this.#isComplete = false
    const watch: CandleWatch = this.#venue.watchCandles(this.#question, {
      start: { fromMs: this.#fromMs },
      onChange: (by) => watch === this.#watch && this.#changed(watch, by),
      onDoubt: () => watch === this.#watch && this.#lost("The connection was lost."),
    })
    this.#watch = watch
    before?.stop()
  }

  #changed({ history, closed }: CandleWatch, by: "stream" | "history"): void {
    if (history.state === "failed") this.#lost(history.because)
    for (const follower of this.#followers) this.#tell(follower)
    if (closed.length > MOST_KEPT && this.#isComplete) return this.#begin()
    // Only history's answer ends a gap; until then its last word is about the time before.
    if (by !== "history" || history.state !== "complete" || this.#isComplete) return
    this.#isComplete = true
    this.#tellAll({ kind: "caught-up" })
  }

  #lost(because: string): void {
    if (!this.#isComplete) return
    this.#isComplete = false
    this.#tellAll({ kind: "gap", because })
  }

  #tell(follower: Follower): void {
    const closed = this.#watch?.closed ?? []
    let first = closed.length
    while (first > 0 && closed[first - 1].openTimeMs >= follower.nextMs) first--
    for (const candle of closed.slice(first)) {
      follower.nextMs = candle.openTimeMs + 1
      follower.listener({ kind: "candle", candle })
    }
  }

  #tellAll(news: CandleNews): void {
    for (const { listener } of this.#followers) listener(news)
  }
}
