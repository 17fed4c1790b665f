import { defectOf, type HistoryAnswer, type HistoryQuestion, type LiveCandle } from "#engine/candles"

type OlderOptions = {
  timeframeMs: number
  ask: (wanted: HistoryQuestion) => Promise<HistoryAnswer>
  onChange: () => void
}

/** No exchange sends fewer at once, so that no page leaves a gap before the next. */
const PAGE_CANDLES = 300
/** Formulas are computed over all of them with every tick. */
const MOST_CANDLES = 10_000

/** Candles before those a live chart began with, fetched from history page by page while the person looks back. */
export class OlderCandles {
  #candles: LiveCandle[] = []
  #isAsking = false
  #isAll = false

  constructor(private readonly options: OlderOptions) {}

  /** Oldest first. */
  get candles(): readonly LiveCandle[] {
    return this.#candles
  }

  /** Requests the page before `first`, the oldest candle; does nothing while a page is on its way. */
  async more(first: LiveCandle | undefined): Promise<void> {
    if (!first || this.#isAsking || this.#isAll || this.#candles.length >= MOST_CANDLES) return
    this.#isAsking = true
    const answer = await this.options.ask({
      fromMs: first.openTimeMs - PAGE_CANDLES * this.options.timeframeMs,
      limit: PAGE_CANDLES,
    })
    this.#isAsking = false
    // A refused page is requested again when the person looks back again.
    if (!answer.ok) return
    const page = inOrder(answer.candles, first.openTimeMs, this.options.timeframeMs)
    this.#isAll = page.length === 0
    this.#candles = [...page, ...this.#candles]
    if (page.length > 0) this.options.onChange()
  }
}

/** The sound candles before a moment, oldest first, each once. */
function inOrder(candles: LiveCandle[], beforeMs: number, timeframeMs: number): LiveCandle[] {
  const sound = candles.filter((candle) => candle.openTimeMs < beforeMs && defectOf(candle, timeframeMs) === undefined)
  const byTime = new Map(sound.map((candle) => [candle.openTimeMs, candle]))
  return [...byTime.values()].toSorted((one, other) => one.openTimeMs - other.openTimeMs)
}
