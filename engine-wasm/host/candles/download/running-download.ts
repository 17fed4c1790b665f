import type { CandleDownload, DownloadProgress, DownloadResult } from "./candle-download.ts"
import { firstDayMs } from "./first-day.ts"
import { pageFromRows, type CandlePage, type LeftOutCandle } from "./candle-page.ts"
import type { PageFailure } from "./candle-page-failure.ts"
import { joinRanges, rangesLengthMs, rangesWithout, type TimeRange } from "./candle-ranges.ts"
import { Patience } from "./download-patience.ts"
import { candleOpenMs, DAY_MS, nextOpenMs } from "../timeframe.ts"

// An exchange may be late with its newest candles, so a missing one proves nothing for a while.
const SETTLED_AFTER_MS = 600_000
/** From this many pages on, finding out when the market began pays. */
const MANY_PAGES = 12

/** One download while it runs. Use `downloadCandles`. */
export class RunningDownload {
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
    this.#patience = new Patience({ ...download, onWaiting: (waiting) => this.#report(waiting) })
    this.#endMs = Math.min(nextOpenMs(wanted.toMs, timeframeMs), candleOpenMs(exchangeTimeMs, timeframeMs))
    const asked = { fromMs: nextOpenMs(wanted.fromMs, timeframeMs), toMs: this.#endMs }
    const gridded = (range: TimeRange) => ({
      fromMs: nextOpenMs(range.fromMs, timeframeMs),
      toMs: nextOpenMs(range.toMs, timeframeMs),
    })
    this.#missing = joinRanges(rangesWithout([asked], have).map(gridded))
    this.#total = this.#openPlaces()
    this.#startedMs = download.nowMs()
  }

  async run(): Promise<DownloadResult> {
    const { signal, parallel } = this.#download
    const stop = () => this.#abort.abort()
    if (signal?.aborted) stop()
    signal?.addEventListener("abort", stop, { once: true })
    await this.#guarded(() => this.#skipUnlisted())
    await Promise.all(Array.from({ length: Math.max(1, parallel) }, () => this.#work()))
    signal?.removeEventListener("abort", stop)
    if (this.#thrown !== undefined) throw this.#thrown.error
    const result = { candles: this.#candles, leftOut: this.#leftOut }
    if (this.#failure !== undefined) return { ...result, ok: false, failure: this.#failure }
    return this.#openPlaces() > 0 ? { ...result, ok: false, failure: "stopped" } : { ...result, ok: true }
  }

  async #work(): Promise<void> {
    await this.#guarded(async () => {
      for (let page = this.#take(); page !== undefined; page = this.#take())
        await this.#settle(page, await this.#ask(page))
    })
  }

  async #guarded(act: () => Promise<void>): Promise<void> {
    try {
      await act()
    } catch (error) {
      // After the end, a request cut off halfway may throw; that is not news.
      if (!this.#abort.signal.aborted) this.#thrown = { error }
      this.#abort.abort()
    }
  }

  /** Leaves out the time before the first day with candles, if nothing before the missing time is known. */
  async #skipUnlisted(): Promise<void> {
    const { fetchDays, have, pageLimit, timeframeMs, keep } = this.#download
    const [first] = this.#missing
    if (
      fetchDays === undefined ||
      first === undefined ||
      first.toMs - first.fromMs < MANY_PAGES * pageLimit * timeframeMs
    )
      return
    if (have.some(({ fromMs }) => fromMs < first.fromMs)) return
    const dayMs = await firstDayMs(first, {
      pageLimit,
      askDays: (days) => this.#ask(days, { fetchPage: fetchDays, timeframeMs: DAY_MS }),
    })
    const unlisted = { fromMs: first.fromMs, toMs: Math.min(dayMs ?? first.fromMs, first.toMs) }
    if (unlisted.toMs <= unlisted.fromMs) return
    await keep({ candles: undefined, fetched: unlisted })
    this.#missing = rangesWithout(this.#missing, [unlisted])
    this.#report()
  }

  #take(): TimeRange | undefined {
    const [first] = this.#missing
    if (first === undefined || this.#abort.signal.aborted) return undefined
    const page = {
      fromMs: first.fromMs,
      toMs: Math.min(first.toMs, first.fromMs + this.#download.pageLimit * this.#download.timeframeMs),
    }
    this.#missing = rangesWithout(this.#missing, [page])
    this.#underWay.add(page)
    return page
  }

  /** The page's answer, after any retries; undefined when the download ends first. */
  async #ask(
    page: TimeRange,
    { fetchPage, timeframeMs }: Pick<CandleDownload, "fetchPage" | "timeframeMs"> = this.#download,
  ): Promise<CandlePage | undefined> {
    const limit = Math.round((page.toMs - page.fromMs) / timeframeMs)
    while (await this.#patience.isQuietOver(this.#abort.signal)) {
      const { waits } = this.#patience
      const answer = await fetchPage({ ...page, limit, signal: this.#abort.signal })
      const read = answer.ok ? pageFromRows(answer.rows, page, timeframeMs, this.#latestMs()) : undefined
      if (read !== undefined) {
        this.#patience.succeeded()
        return read
      }
      this.#failed(answer.ok ? { ok: false, kind: "unreachable", message: "its answer makes no sense" } : answer, waits)
    }
    return undefined
  }

  /** No candle opens later: the exchange's clock, and a day for one that is wrong. */
  #latestMs(): number {
    return this.#download.exchangeTimeMs + (this.#download.nowMs() - this.#startedMs) + DAY_MS
  }

  #failed(failure: PageFailure, waits: number): void {
    if (this.#abort.signal.aborted || this.#patience.bears(failure, waits)) return
    this.#failure = failure
    this.#abort.abort()
  }

  async #settle(page: TimeRange, answer: CandlePage | undefined): Promise<void> {
    this.#underWay.delete(page)
    if (answer === undefined) return this.#giveBack(page)
    const keeping = this.#kept.then(() => this.#keep(page, answer))
    this.#kept = keeping
    await keeping
    this.#giveBack({ fromMs: answer.coveredToMs, toMs: page.toMs })
    this.#missing = rangesWithout(this.#missing, [{ fromMs: page.fromMs, toMs: answer.coveredToMs }])
    this.#leftOut.push(...answer.leftOut)
    this.#report()
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

  #report(waiting?: DownloadProgress["waiting"]): void {
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
