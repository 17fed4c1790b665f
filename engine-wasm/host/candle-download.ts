import { pageFromRows, type CandlePage, type LeftOutCandle } from "./candle-page.ts"
import type { PageAnswer, PageFailure } from "./candle-page-failure.ts"
import { joinRanges, rangesLengthMs, rangesWithout, type TimeRange } from "./candle-ranges.ts"
import type { Candles } from "./candles.ts"
import { Patience, type PatienceOptions, type Waiting } from "./download-patience.ts"
import { candleOpenMs } from "./timeframe.ts"

/** The question for one page: candles opening from `fromMs` on, at most `limit`, all before `toMs`. More than that is cut away. */
export type PageRequest = TimeRange & { limit: number; signal: AbortSignal }

/** What is to be kept: candles, and the stretch in which there are no others, so that it need never be asked for again. */
export type KeptPage = { candles: Candles | undefined; fetched: TimeRange }

export type DownloadProgress = {
  /** Places for candles that are settled, with a candle or with the exchange's word that there is none. */
  candlesDone: number
  candlesTotal: number
  candlesPerSecond: number
  /** Undefined until something has come. */
  secondsLeft: number | undefined
  waiting?: Waiting
}

/** All that a download needs of the world. It reads no clock and touches no network itself. */
export type CandleDownload = Omit<PatienceOptions, "onWaiting"> & {
  wanted: TimeRange
  /** What was fetched before; nothing of it is asked for. */
  have: readonly TimeRange[]
  timeframeMs: number
  /** Most candles the exchange gives at once. */
  pageLimit: number
  /** How many questions may be under way at once. */
  parallel: number
  /** The time on the exchange's clock, UTC ms: candles that are not closed by then are left out. */
  exchangeTimeMs: number
  /** Answers failures instead of throwing them; what it throws ends the download. */
  fetchPage: (request: PageRequest) => Promise<PageAnswer>
  /** Called with one page at a time. What it throws, such as a full disk, ends the download. */
  keep: (page: KeptPage) => Promise<void>
  signal?: AbortSignal
  onProgress?: (progress: DownloadProgress) => void
}

export type DownloadResult = { candles: number; leftOut: LeftOutCandle[] } & ({ ok: true } | { ok: false; failure: PageFailure | "stopped" })

// An exchange may be late with its newest candles, so that there is none yet says nothing for a while.
const SETTLED_AFTER_MS = 600_000

/**
 * Fetches the missing part of a stretch page by page, oldest first, several at once where allowed, and hands over each page as soon as it has come, so that an
 * end at any moment loses nothing but what is under way. Waits and tries again when the exchange is busy or out of reach; other failures, and the
 * signal, end it with what has come so far.
 */
export async function downloadCandles(download: CandleDownload): Promise<DownloadResult> {
  return new RunningDownload(download).run()
}

class RunningDownload {
  readonly #download: CandleDownload
  readonly #endMs: number
  readonly #total: number
  readonly #startedMs: number
  readonly #abort = new AbortController()
  readonly #patience: Patience
  readonly #underWay = new Set<TimeRange>()
  #missing: TimeRange[]
  #kept: Promise<void> = Promise.resolve()
  #failure: PageFailure | undefined
  #thrown: { error: unknown } | undefined
  #candles = 0
  readonly #leftOut: LeftOutCandle[] = []

  constructor(download: CandleDownload) {
    const { wanted, have, timeframeMs, exchangeTimeMs } = download
    this.#download = download
    this.#patience = new Patience({ ...download, onWaiting: (waiting) => this.#tell(waiting) })
    this.#endMs = Math.min(onGrid(wanted.toMs, timeframeMs), candleOpenMs(exchangeTimeMs, timeframeMs))
    const asked = { fromMs: onGrid(wanted.fromMs, timeframeMs), toMs: this.#endMs }
    const gridded = (range: TimeRange) => ({ fromMs: onGrid(range.fromMs, timeframeMs), toMs: onGrid(range.toMs, timeframeMs) })
    this.#missing = joinRanges(rangesWithout([asked], have).map(gridded))
    this.#total = this.#openPlaces()
    this.#startedMs = download.nowMs()
  }

  async run(): Promise<DownloadResult> {
    const { signal, parallel } = this.#download
    const stop = () => this.#abort.abort()
    if (signal?.aborted) stop()
    signal?.addEventListener("abort", stop, { once: true })
    await Promise.all(Array.from({ length: Math.max(1, parallel) }, () => this.#work()))
    signal?.removeEventListener("abort", stop)
    if (this.#thrown !== undefined) throw this.#thrown.error
    const result = { candles: this.#candles, leftOut: this.#leftOut }
    if (this.#failure !== undefined) return { ...result, ok: false, failure: this.#failure }
    return this.#openPlaces() > 0 ? { ...result, ok: false, failure: "stopped" } : { ...result, ok: true }
  }

  async #work(): Promise<void> {
    try {
      for (let page = this.#take(); page !== undefined; page = this.#take()) await this.#settle(page, await this.#ask(page))
    } catch (error) {
      // After the end, a question cut off in the middle may throw; that is no news.
      if (!this.#abort.signal.aborted) this.#thrown = { error }
      this.#abort.abort()
    }
  }

  #take(): TimeRange | undefined {
    const [first] = this.#missing
    if (first === undefined || this.#abort.signal.aborted) return undefined
    const page = { fromMs: first.fromMs, toMs: Math.min(first.toMs, first.fromMs + this.#download.pageLimit * this.#download.timeframeMs) }
    this.#missing = rangesWithout(this.#missing, [page])
    this.#underWay.add(page)
    return page
  }

  /** The page's answer, however often it must be asked for; undefined when the download ends first. */
  async #ask(page: TimeRange): Promise<CandlePage | undefined> {
    const { fetchPage, timeframeMs } = this.#download
    const limit = Math.round((page.toMs - page.fromMs) / timeframeMs)
    while (await this.#patience.isQuietOver(this.#abort.signal)) {
      const { waits } = this.#patience
      const answer = await fetchPage({ ...page, limit, signal: this.#abort.signal })
      const read = answer.ok ? pageFromRows(answer.rows, page, timeframeMs) : undefined
      if (read !== undefined) return read
      this.#failed(answer.ok ? { ok: false, kind: "unreachable", message: "its answer makes no sense" } : answer, waits)
    }
    return undefined
  }

  #failed(failure: PageFailure, waits: number): void {
    if (this.#abort.signal.aborted || this.#patience.bears(failure, waits)) return
    this.#failure = failure
    this.#abort.abort()
  }

  async #settle(page: TimeRange, answer: CandlePage | undefined): Promise<void> {
    this.#underWay.delete(page)
    if (answer === undefined) return this.#giveBack(page)
    this.#patience.succeeded()
    const keeping = this.#kept.then(() => this.#keep(page, answer))
    this.#kept = keeping
    await keeping
    this.#giveBack({ fromMs: answer.coveredToMs, toMs: page.toMs })
    this.#missing = rangesWithout(this.#missing, [{ fromMs: page.fromMs, toMs: answer.coveredToMs }])
    this.#leftOut.push(...answer.leftOut)
    this.#tell()
  }

  async #keep({ fromMs }: TimeRange, { candles, coveredToMs }: CandlePage): Promise<void> {
    const { timeframeMs, exchangeTimeMs, keep } = this.#download
    const lastMs = candles === undefined ? fromMs : candles.openTimeMs[candles.openTimeMs.length - 1] + timeframeMs
    const settledMs = candleOpenMs(exchangeTimeMs - SETTLED_AFTER_MS, timeframeMs)
    const toMs = Math.max(lastMs, Math.min(coveredToMs, this.#endMs, settledMs))
    if (toMs > fromMs) await keep({ candles, fetched: { fromMs, toMs } })
    this.#candles += candles?.openTimeMs.length ?? 0
  }

  #giveBack(range: TimeRange): void {
    this.#missing = joinRanges([...this.#missing, range])
  }

  #tell(waiting?: DownloadProgress["waiting"]): void {
    const candlesDone = this.#total - this.#openPlaces()
    const seconds = (this.#download.nowMs() - this.#startedMs) / 1000
    const candlesPerSecond = seconds > 0 ? candlesDone / seconds : 0
    const secondsLeft = candlesPerSecond > 0 ? (this.#total - candlesDone) / candlesPerSecond : undefined
    this.#download.onProgress?.({ candlesDone, candlesTotal: this.#total, candlesPerSecond, secondsLeft, waiting })
  }

  #openPlaces(): number {
    return rangesLengthMs([...this.#missing, ...this.#underWay]) / this.#download.timeframeMs
  }
}

/** The first place on the grid at or after a time. */
function onGrid(timeMs: number, timeframeMs: number): number {
  const beforeMs = candleOpenMs(timeMs, timeframeMs)
  return beforeMs === timeMs ? timeMs : beforeMs + timeframeMs
}
