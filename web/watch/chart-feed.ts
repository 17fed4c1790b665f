import { type Timeframe, timeframesMs } from "#engine/candles"
import { type Engine } from "#engine/run"
import type { ChartRequest, ChartUpdate, HistoryState } from "./chart-update.ts"
import { LiveIndicators } from "./indicator-values.ts"
import type { LiveCandle } from "./live-candle.ts"
import { LiveCandles } from "./live-candles.ts"
import type { StreamEvent } from "./stream-dialect.ts"

/** An exchange's answer for a stretch of candles, or why there is none and how long to wait before asking again. */
export type HistoryAnswer = { ok: true; candles: LiveCandle[] } | { ok: false; because: string; waitMs?: number }
export type AskHistory = (wanted: { timeframe: Timeframe; fromMs: number; limit: number }) => Promise<HistoryAnswer>

type FeedOptions = { request: ChartRequest; engine: Engine; ask: AskHistory; onUpdate: (update: ChartUpdate) => void }

const CANDLES_AT_START = 500
/**
 * A candle's last word may be a little late, and history a little behind: both get this long before history is asked.
 */
const SETTLE_MS = 2500
/** A market that says nothing is charted by its history. */
const SILENT_START_MS = 4000
const LONGEST_WAIT_MS = 30_000
/** Trades may come by the hundred; no eye and no screen sees more than this. */
const BETWEEN_UPDATES_MS = 30

/**
 * One live chart: stream events and history become candles, these become values, and the window is told what is new.
 */
export class ChartFeed {
  readonly #live: LiveCandles
  readonly #indicators: LiveIndicators
  #formulas: string[]
  #told = 0
  #heardAtMs = Date.now()
  #cameAtMs = 0
  #history: HistoryState = { state: "asked" }
  #isAsking = false
  #idle = 0
  #notBeforeMs = 0
  #wantedSinceMs: number | undefined
  #update: ReturnType<typeof setTimeout> | undefined
  #updatedAtMs = 0
  readonly #startedAtMs = Date.now()
  readonly #watch = setInterval(() => this.#lookAfter(), 250)

  constructor(private readonly options: FeedOptions) {
    this.#live = new LiveCandles(timeframesMs[options.request.timeframe])
    this.#indicators = new LiveIndicators(options.engine)
    this.#formulas = options.request.formulas
  }

  /** Takes an event of this market; `cameAtMs` as in `ChartUpdate`. */
  hear(event: StreamEvent, cameAtMs: number): void {
    if (event.kind === "leaving" || event.kind === "refused") return
    this.#heardAtMs = Date.now()
    if (event.kind === "price") return this.#live.hearTime(event.atMs)
    const isNews =
      event.kind === "trade"
        ? this.#live.hearTrade(event.event)
        : event.timeframe === this.options.request.timeframe && this.#live.hear(event.event)
    if (!isNews) return
    this.#cameAtMs = cameAtMs
    this.#updateSoon()
  }

  /** The line was down: what came after it is trusted once history has been asked. */
  doubt(): void {
    this.#live.doubt()
    this.#notBeforeMs = 0
    this.#lookAfter()
  }

  /** Computes these formulas from now on, for all candles. */
  show(formulas: string[]): void {
    this.#formulas = formulas
    this.#told = 0
    this.#updateSoon()
  }

  /** The closed candles as the exchange has them now, corrections included, to be kept. */
  candles(): LiveCandle[] {
    return this.#live.corrected()
  }

  close(): void {
    clearInterval(this.#watch)
    clearTimeout(this.#update)
  }

  #lookAfter(): void {
    const nowMs = Date.now()
    const fromMs =
      this.#live.wantedFromMs(CANDLES_AT_START) ??
      (this.#isMute(nowMs) ? nowMs - CANDLES_AT_START * timeframesMs[this.options.request.timeframe] : undefined)
    if (fromMs === undefined) return void (this.#wantedSinceMs = undefined)
    this.#wantedSinceMs ??= nowMs
    const settleMs = this.#live.isDoubtful ? 0 : SETTLE_MS
    if (!this.#isAsking && nowMs >= this.#notBeforeMs && nowMs - this.#wantedSinceMs >= settleMs) void this.#ask(fromMs)
  }

  #isMute(nowMs: number): boolean {
    return this.#live.exchangeMs === 0 && this.#live.closed.length === 0 && nowMs - this.#startedAtMs > SILENT_START_MS
  }

  async #ask(fromMs: number): Promise<void> {
    this.#isAsking = true
    const [askedAtMs, before] = [this.#live.exchangeMs, this.#live.closed.length]
    const answer = await this.options.ask({ timeframe: this.options.request.timeframe, fromMs, limit: 1000 })
    this.#isAsking = false
    if (answer.ok) this.#live.takePage({ fromMs, candles: answer.candles, askedAtMs })
    this.#history = historyAfter(answer, this.#live.isDoubtful)
    const isProgress = answer.ok && (this.#live.closed.length > before || !this.#live.isDoubtful)
    this.#idle = isProgress ? 0 : this.#idle + 1
    const usualWaitMs = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** this.#idle)
    this.#notBeforeMs = this.#idle === 0 ? 0 : Date.now() + ((answer.ok ? undefined : answer.waitMs) ?? usualWaitMs)
    this.#wantedSinceMs = undefined
    this.#updateSoon()
  }

  #updateSoon(): void {
    if (this.#update !== undefined) return
    const waitMs = Math.max(0, this.#updatedAtMs + BETWEEN_UPDATES_MS - Date.now())
    if (waitMs === 0) return this.#updateNow()
    this.#update = setTimeout(() => this.#updateNow(), waitMs)
  }

  #updateNow(): void {
    this.#update = undefined
    this.#updatedAtMs = Date.now()
    const { closed, open, notes } = this.#live
    const from = this.#told
    this.#told = closed.length
    const indicators = this.#indicators.values(
      { closed, open, formulas: this.#formulas, timeframe: this.options.request.timeframe },
      from,
    )
    const news = { from, closed: closed.slice(from), open, indicators, notes: notes.all, history: this.#history }
    this.options.onUpdate({
      id: this.options.request.id,
      ...news,
      heardAtMs: this.#heardAtMs,
      cameAtMs: this.#cameAtMs,
    })
  }
}

function historyAfter(answer: HistoryAnswer, isDoubtful: boolean): HistoryState {
  if (!answer.ok) return { state: "failed", because: answer.because }
  return { state: isDoubtful ? "asked" : "complete" }
}
