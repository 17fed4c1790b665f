import type { LiveCandle } from "./live-candle.ts"

/** What a live chart must report but not draw: it came once the candle had closed, or was not believable. */
export type LiveNote =
  | { kind: "corrected"; shown: LiveCandle; now: LiveCandle }
  | { kind: "missing"; fromMs: number; toMs: number; candles: number }
  | { kind: "refused"; price: number; because: string; atMs: number; times: number }

/** The newest are enough to read; an exchange in trouble could send thousands. */
const MOST_NOTES = 50

/** The notes of one market, oldest first. Neighbouring gaps and repeated misprints are one note. */
export class LiveNotes {
  #notes: LiveNote[] = []
  readonly #corrections = new Map<number, LiveCandle>()

  constructor(private readonly timeframeMs: number) {}

  get all(): readonly LiveNote[] {
    return this.#notes
  }

  /** The exchange changed a candle after it had closed. */
  correct(shown: LiveCandle, now: LiveCandle): void {
    this.#corrections.set(now.openTimeMs, now)
    this.#notes = this.#notes.filter((note) => note.kind !== "corrected" || note.shown.openTimeMs !== shown.openTimeMs)
    this.#add({ kind: "corrected", shown, now })
  }

  /** The exchange's latest correction of a candle. */
  correctionOf(openTimeMs: number): LiveCandle | undefined {
    return this.#corrections.get(openTimeMs)
  }

  /** Neither stream nor history has this candle. */
  miss(openTimeMs: number): void {
    const last = this.#notes.at(-1)
    if (last?.kind !== "missing" || last.toMs !== openTimeMs)
      return this.#add({ kind: "missing", fromMs: openTimeMs, toMs: openTimeMs + this.timeframeMs, candles: 1 })
    this.#notes = [
      ...this.#notes.slice(0, -1),
      { ...last, toMs: openTimeMs + this.timeframeMs, candles: last.candles + 1 },
    ]
  }

  /** A message was not believable. Returns false: nothing changed by it. */
  refuse(price: number, because: string, atMs: number): false {
    const last = this.#notes.at(-1)
    if (last?.kind === "refused" && last.because === because)
      this.#notes = [...this.#notes.slice(0, -1), { ...last, price, atMs, times: last.times + 1 }]
    else this.#add({ kind: "refused", price, because, atMs, times: 1 })
    return false
  }

  #add(note: LiveNote): void {
    this.#notes = [...this.#notes, note].slice(-MOST_NOTES)
  }
}
