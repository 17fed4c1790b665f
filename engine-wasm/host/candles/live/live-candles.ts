import { candleOpenMs } from "../timeframe.ts"
import { defectOf, isJump, type LiveCandle, sameCandle, withTrade } from "./live-candle.ts"
import { LiveNotes } from "./live-notes.ts"

/** A candle from a stream. `atMs` is the exchange's time of sending; `isClosed` when the exchange says it is final. */
export type CandleEvent = { candle: LiveCandle; isClosed: boolean; atMs: number }

/** One trade of the market. `id` ascends where the exchange numbers its trades. */
export type TradeEvent = { price: number; quantity: number; atMs: number; id?: number }

/** An answer of the exchange's history: all it has from `fromMs` on, up to a limit that cuts the end. */
export type HistoryPage = {
  fromMs: number
  candles: LiveCandle[]
  /** `exchangeMs` when it was asked for. */ askedAtMs: number
}

/** Candles checked again with every back-fill, to notice corrections after the close. */
const OVERLAP = 3
/** Closed candles that stay here after they were taken: corrections come soon or never. */
const KEPT_AFTER_TAKING = 100

/**
 * The candles of one live market, from history pages and stream events in whatever order and state they arrive. A
 * closed candle never changes: it closes when the exchange says so, in the stream or in its history once its time has
 * passed by the exchange's own clock, and only after all candles before it. Later contradictions become notes.
 */
export class LiveCandles {
  readonly closed: LiveCandle[] = []
  readonly notes: LiveNotes
  /** The latest time of the exchange, in UTC ms; 0 before the first. */
  exchangeMs = 0
  readonly #timeframeMs: number
  readonly #open = new Map<number, CandleEvent>()
  /** Open time of the next candle to close; unknown before the first page. */
  #nextMs: number | undefined
  #isDoubtful = true
  #lastTradeId = -Infinity
  /** How many of `closed` have been taken, and how many before those are no longer here. */
  #taken = 0
  #forgotten = 0

  /** `nextMs` is the open time of the first wanted candle, where the caller already has the ones before it. */
  constructor(timeframeMs: number, nextMs?: number) {
    this.#timeframeMs = timeframeMs
    this.#nextMs = nextMs
    this.notes = new LiveNotes(timeframeMs)
  }

  /** Candles that have closed since the last call, oldest first: each once. Drops those taken long ago. */
  takeClosed(): LiveCandle[] {
    const news = this.closed.slice(this.#taken)
    this.#forgotten += this.closed.splice(0, Math.max(0, this.closed.length - KEPT_AFTER_TAKING)).length
    this.#taken = this.closed.length
    return news
  }

  /** How many candles have closed so far, taken ones included. */
  get closedCount(): number {
    return this.#forgotten + this.closed.length
  }

  /**
   * Candles that may still change, oldest first: the forming one, and before it any that wait for the exchange's
   * final message.
   */
  get open(): LiveCandle[] {
    return [...this.#open.keys()].toSorted((a, b) => a - b).map((openTimeMs) => this.#open.get(openTimeMs)!.candle)
  }

  /** Whether we must ask history before the next candle closes. */
  get isDoubtful(): boolean {
    return this.#isDoubtful
  }

  /**
   * From when on we need history, UTC ms: at the start, after `doubt`, and when a candle was skipped or not closed in
   * time.
   */
  wantedFromMs(candlesAtStart: number): number | undefined {
    if (this.#nextMs === undefined)
      return this.exchangeMs === 0
        ? undefined
        : candleOpenMs(this.exchangeMs, this.#timeframeMs) - candlesAtStart * this.#timeframeMs
    const isBehind = this.exchangeMs >= this.#nextMs + this.#timeframeMs
    return this.#isDoubtful || isBehind ? this.#nextMs - OVERLAP * this.#timeframeMs : undefined
  }

  /** Events may be lost: we ask history before the next candle closes. */
  doubt(): void {
    this.#isDoubtful = true
  }

  /** Takes the exchange's time, such as from the price of the same market. */
  hearTime(atMs: number): void {
    if (Number.isFinite(atMs)) this.exchangeMs = Math.max(this.exchangeMs, atMs)
  }

  /** Takes a candle from the stream; false when it was old, known or wrong and nothing changed. */
  hear(event: CandleEvent): boolean {
    const { candle, isClosed, atMs } = event
    const defect = defectOf(candle, this.#timeframeMs, this.#lastPrice())
    if (defect !== undefined) return this.notes.refuse(candle.close, defect, atMs)
    this.hearTime(atMs)
    if (this.#nextMs !== undefined && candle.openTimeMs < this.#nextMs) return isClosed && this.#compare(candle)
    const known = this.#open.get(candle.openTimeMs)
    if (known && (known.isClosed || (!isClosed && (atMs < known.atMs || sameCandle(known.candle, candle)))))
      return false
    this.#open.set(candle.openTimeMs, event)
    this.#closeInOrder(!this.#isDoubtful)
    return true
  }

  /** Takes a trade, where the exchange streams no candles; false when it was old, known or wrong. */
  hearTrade({ price, quantity, atMs, id }: TradeEvent): boolean {
    if (id !== undefined && id <= this.#lastTradeId) return false
    const last = this.#lastPrice()
    if (!(price > 0 && Number.isFinite(price) && quantity >= 0 && Number.isFinite(atMs)))
      return this.notes.refuse(price, "a price that is not above zero", atMs)
    if (last !== undefined && isJump(price, last))
      return this.notes.refuse(price, "a price more than ten times away from the last", atMs)
    this.#lastTradeId = id ?? this.#lastTradeId
    this.hearTime(atMs)
    const openTimeMs = candleOpenMs(atMs, this.#timeframeMs)
    if (this.#nextMs !== undefined && openTimeMs < this.#nextMs) return false
    const known = this.#open.get(openTimeMs)
    const candle = known
      ? withTrade(known.candle, price, quantity)
      : { openTimeMs, open: price, high: price, low: price, close: price, volume: quantity }
    this.#open.set(openTimeMs, { candle, isClosed: false, atMs })
    return true
  }

  /** Takes a page of history. Ignores a page that begins after the next candle. */
  takePage({ fromMs, candles, askedAtMs }: HistoryPage): void {
    if (this.#nextMs !== undefined && fromMs > this.#nextMs) return
    const rows = this.#rowsOf(candles)
    rows.forEach((candle, at) => {
      // Being the last of a page proves nothing: history contains the forming candle too, and it may have closed
      // while the answer was on its way.
      const isOver = at < rows.length - 1 || candle.openTimeMs + this.#timeframeMs <= askedAtMs
      if (this.#nextMs !== undefined && candle.openTimeMs < this.#nextMs) return void (isOver && this.#compare(candle))
      this.#closeBefore(candle.openTimeMs)
      if (isOver) this.#close(candle)
      else if (!this.#open.has(candle.openTimeMs))
        this.#open.set(candle.openTimeMs, { candle, isClosed: false, atMs: askedAtMs })
    })
    const reach = rows.at(-1)?.openTimeMs ?? -Infinity
    if (reach >= candleOpenMs(askedAtMs, this.#timeframeMs)) this.#isDoubtful = false
    this.#closeInOrder(!this.#isDoubtful)
  }

  /** The closed candles with the exchange's later corrections, for storing. */
  corrected(): LiveCandle[] {
    return this.closed.map((candle) => this.notes.correctionOf(candle.openTimeMs) ?? candle)
  }

  #rowsOf(candles: LiveCandle[]): LiveCandle[] {
    const byTime = new Map<number, LiveCandle>()
    for (const candle of candles) {
      const defect = defectOf(candle, this.#timeframeMs)
      if (defect === undefined) byTime.set(candle.openTimeMs, candle)
      else this.notes.refuse(candle.close, defect, candle.openTimeMs)
    }
    return [...byTime.values()].toSorted((a, b) => a.openTimeMs - b.openTimeMs)
  }

  /**
   * What the stream closed before `beforeMs` counts as history, even where the page lacks it; what neither has is a
   * gap.
   */
  #closeBefore(beforeMs: number): void {
    if (this.#nextMs === undefined) return
    while (this.#nextMs < beforeMs) {
      const known = this.#open.get(this.#nextMs)
      if (known?.isClosed) this.#close(known.candle)
      else this.#skip(this.#nextMs)
    }
  }

  #closeInOrder(mayClose: boolean): void {
    while (mayClose && this.#nextMs !== undefined && this.#open.get(this.#nextMs)?.isClosed)
      this.#close(this.#open.get(this.#nextMs)!.candle)
  }

  #close(candle: LiveCandle): void {
    this.closed.push(candle)
    this.#nextMs = candle.openTimeMs + this.#timeframeMs
    // Before the first page there may be open candles that history now covers.
    for (const openTimeMs of this.#open.keys()) if (openTimeMs < this.#nextMs) this.#open.delete(openTimeMs)
  }

  #skip(openTimeMs: number): void {
    this.notes.miss(openTimeMs)
    this.#open.delete(openTimeMs)
    this.#nextMs = openTimeMs + this.#timeframeMs
  }

  #compare(candle: LiveCandle): false {
    const shown = this.#closedAt(candle.openTimeMs)
    if (shown && !sameCandle(this.notes.correctionOf(candle.openTimeMs) ?? shown, candle))
      this.notes.correct(shown, candle)
    return false
  }

  #closedAt(openTimeMs: number): LiveCandle | undefined {
    for (let at = this.closed.length - 1; at >= 0 && this.closed[at].openTimeMs >= openTimeMs; at--)
      if (this.closed[at].openTimeMs === openTimeMs) return this.closed[at]
    return undefined
  }

  #lastPrice(): number | undefined {
    const latest = Math.max(...this.#open.keys())
    return this.#open.get(latest)?.candle.close ?? this.closed.at(-1)?.close
  }
}
