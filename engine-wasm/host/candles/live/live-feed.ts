import { type Timeframe, timeframesMs } from "../timeframe.ts"
import type { LiveCandle } from "./live-candle.ts"
import { type CandleEvent, LiveCandles, type TradeEvent } from "./live-candles.ts"

/** A stream's event for the candles of one market. `atMs` is the exchange's time. */
export type MarketEvent =
  | { kind: "price"; atMs: number }
  | { kind: "candle"; timeframe: Timeframe; event: CandleEvent }
  | { kind: "trade"; event: TradeEvent }

/** A request for the exchange's history: candles opening from `fromMs` on, at most `limit`. */
export type HistoryQuestion = { fromMs: number; limit: number }

/** An exchange's answer for a stretch of candles, or why there is none and how long to wait before asking again. */
export type HistoryAnswer = { ok: true; candles: LiveCandle[] } | { ok: false; because: string; waitMs?: number }

/** Whether the past is complete. `failed` is a sentence for the person. */
export type HistoryState = { state: "asked" } | { state: "complete" } | { state: "failed"; because: string }

/** Where a feed begins: this many candles back, or with the candle after those the caller has. */
export type FeedStart = { candles: number } | { fromMs: number }

/** Most candles of one answer; an exchange may give fewer. */
const PAGE_LIMIT = 1000
/**
 * A candle's final message may be a little late, and history a little behind: both get this long before we ask
 * history.
 */
const SETTLE_MS = 2500
/** For a market silent this long we follow its history. */
const SILENT_START_MS = 4000
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000

/**
 * Live candles of one market and timeframe: it turns stream events and history into candles that close once and in
 * order. It has no clock and sends no request itself: `question` says what to ask and when, `answered` takes the
 * answer. Times called `nowMs` are those of the device.
 */
export class LiveFeed {
  readonly candles: LiveCandles
  readonly #timeframe: Timeframe
  readonly #start: FeedStart
  readonly #startedAtMs: number
  #history: HistoryState = { state: "asked" }
  #asked: { askedAtMs: number; closedBefore: number; fromMs: number } | undefined
  #failuresInARow = 0
  #notBeforeMs = -Infinity
  #wantedSinceMs: number | undefined

  constructor({ timeframe, start, nowMs }: { timeframe: Timeframe; start: FeedStart; nowMs: number }) {
    this.#timeframe = timeframe
    this.#start = start
    this.#startedAtMs = nowMs
    this.candles = new LiveCandles(timeframesMs[timeframe], "fromMs" in start ? start.fromMs : undefined)
  }

  get history(): HistoryState {
    return this.#history
  }

  /** Takes a stream event; returns whether it changed a candle. */
  hear(event: MarketEvent): boolean {
    if (event.kind === "trade") return this.candles.hearTrade(event.event)
    if (event.kind === "candle") return event.timeframe === this.#timeframe && this.candles.hear(event.event)
    this.candles.hearTime(event.atMs)
    return false
  }

  /** The connection was down: later events count once history has answered. */
  doubt(): void {
    this.candles.doubt()
    this.#notBeforeMs = -Infinity
  }

  /**
   * What to ask history now. Undefined while there is nothing to ask, while an answer is on its way, and while a late
   * final message may still come. Poll it several times a second.
   */
  question(nowMs: number): HistoryQuestion | undefined {
    const fromMs = this.#wantedFromMs(nowMs)
    if (fromMs === undefined) return void (this.#wantedSinceMs = undefined)
    this.#wantedSinceMs ??= nowMs
    const settleMs = this.candles.isDoubtful ? 0 : SETTLE_MS
    if (this.#asked || nowMs < this.#notBeforeMs || nowMs - this.#wantedSinceMs < settleMs) return undefined
    this.#asked = { askedAtMs: this.candles.exchangeMs, closedBefore: this.candles.closedCount, fromMs }
    return { fromMs, limit: PAGE_LIMIT }
  }

  /** Takes the answer to the last question. */
  answered(answer: HistoryAnswer, nowMs: number): void {
    const { askedAtMs, closedBefore, fromMs } = this.#asked!
    this.#asked = undefined
    if (answer.ok) this.candles.takePage({ fromMs, candles: answer.candles, askedAtMs })
    this.#history = this.#historyAfter(answer)
    const isProgress = answer.ok && (this.candles.closedCount > closedBefore || !this.candles.isDoubtful)
    this.#failuresInARow = isProgress ? 0 : this.#failuresInARow + 1
    const usualWaitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failuresInARow)
    this.#notBeforeMs = isProgress ? -Infinity : nowMs + ((answer.ok ? undefined : answer.waitMs) ?? usualWaitMs)
    this.#wantedSinceMs = undefined
  }

  #wantedFromMs(nowMs: number): number | undefined {
    const candles = "candles" in this.#start ? this.#start.candles : 0
    return (
      this.candles.wantedFromMs(candles) ??
      (this.#isMute(nowMs) ? nowMs - candles * timeframesMs[this.#timeframe] : undefined)
    )
  }

  #isMute(nowMs: number): boolean {
    const { exchangeMs, closedCount } = this.candles
    return exchangeMs === 0 && closedCount === 0 && nowMs - this.#startedAtMs > SILENT_START_MS
  }

  #historyAfter(answer: HistoryAnswer): HistoryState {
    if (!answer.ok) return { state: "failed", because: answer.because }
    return { state: this.candles.isDoubtful ? "asked" : "complete" }
  }
}
