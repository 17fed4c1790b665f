import {
  type HistoryAnswer,
  type HistoryQuestion,
  type LiveCandle,
  type Timeframe,
  timeframesMs,
} from "#engine/candles"
import { type Engine } from "#engine/run"
import type { CandleWatch, CandleWatchOptions } from "#venues"
import type { ChartRequest, ChartUpdate } from "./chart-update.ts"
import { LiveIndicators } from "./indicator-values.ts"
import { OlderCandles } from "./older-candles.ts"

type FeedOptions = {
  request: ChartRequest
  engine: Engine
  watch: (options: CandleWatchOptions) => CandleWatch
  history: (wanted: HistoryQuestion) => Promise<HistoryAnswer>
  onUpdate: (update: ChartUpdate) => void
}

const CANDLES_AT_START = 500
/** Trades may come by the hundred; no eye and no screen sees more updates than this. */
const BETWEEN_UPDATES_MS = 30

/** One live chart: turns candles into values of formulas, and sends the window what is new. */
export class ChartFeed {
  readonly #watch: CandleWatch
  readonly #older: OlderCandles
  #indicators: LiveIndicators
  #formulas: string[]
  /** Closed candles that the window has. */
  #shown = 0
  #cameAtMs = 0
  #update: ReturnType<typeof setTimeout> | undefined
  #updatedAtMs = 0

  constructor(private readonly options: FeedOptions) {
    this.#indicators = new LiveIndicators(options.engine)
    this.#formulas = options.request.formulas
    this.#older = new OlderCandles({
      timeframeMs: timeframesMs[options.request.timeframe],
      ask: options.history,
      onChange: () => this.#beginAnew(),
    })
    this.#watch = options.watch({
      start: { candles: CANDLES_AT_START },
      onChange: (by) => {
        if (by === "stream") this.#cameAtMs = performance.timeOrigin + performance.now()
        this.#updateSoon()
      },
    })
  }

  /** Requests candles before the oldest; they come with an update that starts over. */
  async showOlder(): Promise<void> {
    await this.#older.more(this.#older.candles[0] ?? this.#watch.closed[0])
  }

  /** Computes these formulas from now on, for all candles. */
  show(formulas: string[]): void {
    this.#formulas = formulas
    this.#shown = 0
    this.#updateSoon()
  }

  /** The closed candles in the exchange's present version, corrections included, for storing. */
  candles(): LiveCandle[] {
    return [...this.#older.candles, ...this.#watch.corrected()]
  }

  close(): void {
    this.#watch.stop()
    clearTimeout(this.#update)
  }

  /** With more candles before them, averages that depend on the start change. */
  #beginAnew(): void {
    this.#indicators = new LiveIndicators(this.options.engine)
    this.#shown = 0
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
    const { open, notes, history, heardAtMs } = this.#watch
    const closed = [...this.#older.candles, ...this.#watch.closed]
    const from = this.#shown
    this.#shown = closed.length
    const timeframe: Timeframe = this.options.request.timeframe
    const indicators = this.#indicators.values({ closed, open, formulas: this.#formulas, timeframe }, from)
    const news = { from, closed: closed.slice(from), open, indicators, notes, history }
    this.options.onUpdate({ id: this.options.request.id, ...news, heardAtMs, cameAtMs: this.#cameAtMs })
  }
}
