import {
  type FeedStart,
  type HistoryAnswer,
  type HistoryQuestion,
  type HistoryState,
  type LiveCandle,
  LiveFeed,
  type LiveNote,
  type MarketEvent,
  type Timeframe,
} from "#engine/candles"
import type { LineWorld } from "./stream-line.ts"

export type CandleWatchOptions = {
  /** Where it begins: this many candles back, or with the first unknown candle. */
  start: FeedStart
  /** Called after each change: from the stream, or from history. */
  onChange: (by: "stream" | "history") => void
  /** Called when the connection is lost: history has to answer before candles are complete again. */
  onDoubt?: () => void
}

type WatchParts = CandleWatchOptions & {
  timeframe: Timeframe
  world: Pick<LineWorld, "nowMs" | "after" | "every">
  ask: (wanted: HistoryQuestion) => Promise<HistoryAnswer>
  onStop: () => void
}

const LOOK_AFTER_MS = 250

/** The live candles of one market while they are watched. Made by `LiveVenue.watchCandles`. */
export class CandleWatch {
  /** When the market last sent anything, by this device's clock. */
  heardAtMs: number
  readonly #feed: LiveFeed
  readonly #parts: WatchParts
  readonly #stopLooking: () => void
  #isStopped = false

  constructor(parts: WatchParts) {
    const { timeframe, start, world } = parts
    this.#parts = parts
    this.heardAtMs = world.nowMs()
    this.#feed = new LiveFeed({ timeframe, start, nowMs: this.heardAtMs })
    this.#stopLooking = world.every(LOOK_AFTER_MS, () => this.#lookAfter())
  }

  /** Candles that closed and never change, oldest first. */
  get closed(): readonly LiveCandle[] {
    return this.#feed.candles.closed
  }

  /** Candles that may still change, oldest first. */
  get open(): LiveCandle[] {
    return this.#feed.candles.open
  }

  get notes(): readonly LiveNote[] {
    return this.#feed.candles.notes.all
  }

  get history(): HistoryState {
    return this.#feed.history
  }

  /**
   * Candles that have closed since the last call, oldest first, each once: what a bot decides by. It leaves out only
   * those that neither stream nor history has; they are in `notes`.
   */
  takeClosed(): LiveCandle[] {
    return this.#feed.candles.takeClosed()
  }

  /** The closed candles with the exchange's later corrections, for storing. */
  corrected(): LiveCandle[] {
    return this.#feed.candles.corrected()
  }

  /** Takes the stream's events for this market. */
  hear(event: MarketEvent): void {
    this.heardAtMs = this.#parts.world.nowMs()
    if (this.#feed.hear(event)) this.#parts.onChange("stream")
  }

  /** The connection was down. */
  doubt(): void {
    this.#feed.doubt()
    this.#parts.onDoubt?.()
    this.#lookAfter()
  }

  stop(): void {
    this.#isStopped = true
    this.#stopLooking()
    this.#parts.onStop()
  }

  #lookAfter(): void {
    const question = this.#isStopped ? undefined : this.#feed.question(this.#parts.world.nowMs())
    if (question) this.#ask(question).catch((bug: unknown) => this.#report(bug))
  }

  /** A bug in here ends no process: the world's timers report it. */
  #report(bug: unknown): void {
    this.#parts.world.after(0, () => {
      throw bug
    })
  }

  async #ask(question: HistoryQuestion): Promise<void> {
    const answer = await this.#parts.ask(question)
    if (this.#isStopped) return
    this.#feed.answered(answer, this.#parts.world.nowMs())
    this.#parts.onChange("history")
  }
}
