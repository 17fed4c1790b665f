import type { LeftOutCandle } from "./candle-page.ts"
import type { PageAnswer, PageFailure } from "./candle-page-failure.ts"
import type { TimeRange } from "./candle-ranges.ts"
import type { Candles } from "../candles.ts"
import type { PatienceOptions, Waiting } from "./download-patience.ts"
import { RunningDownload } from "./running-download.ts"

/**
 * The request for one page: candles opening from `fromMs` on, at most `limit`, all before `toMs`. Anything more is
 * cut off.
 */
export type PageRequest = TimeRange & { limit: number; signal: AbortSignal }

/** A page to keep: candles, and the stretch in which there are no others, so that we never request it again. */
export type KeptPage = { candles: Candles | undefined; fetched: TimeRange }

export type DownloadProgress = {
  /** Settled places: with a candle or with the exchange's confirmation that there is none. */
  candlesDone: number
  candlesTotal: number
  candlesPerSecond: number
  /** Undefined until the first candles arrive. */
  secondsLeft: number | undefined
  waiting?: Waiting
}

/** All that a download needs from the world. It reads no clock and touches no network itself. */
export type CandleDownload = Omit<PatienceOptions, "onWaiting"> & {
  wanted: TimeRange
  /** Stretches fetched before; they are not requested again. */
  have: readonly TimeRange[]
  timeframeMs: number
  /** Most candles in one answer of the exchange. */
  pageLimit: number
  /** How many requests may be under way at once. */
  parallel: number
  /** The time on the exchange's clock, UTC ms: candles that are not closed by then are left out. */
  exchangeTimeMs: number
  /** Returns failures instead of throwing them; what it throws ends the download. */
  fetchPage: (request: PageRequest) => Promise<PageAnswer>
  /**
   * Daily candles, for an exchange whose answers stay inside the requested stretch: there nothing else shows how long
   * a time without candles lasts, and years before the listing would cost a request a page.
   */
  fetchDays?: (request: PageRequest) => Promise<PageAnswer>
  /** Called with one page at a time. What it throws, such as a full disk, ends the download. */
  keep: (page: KeptPage) => Promise<void>
  signal?: AbortSignal
  onProgress?: (progress: DownloadProgress) => void
}

export type DownloadResult = { candles: number; leftOut: LeftOutCandle[] } & (
  | { ok: true }
  | { ok: false; failure: PageFailure | "stopped" }
)

/**
 * Fetches the missing part of a stretch page by page, oldest first, several at once where allowed, and hands over
 * each page as soon as it arrives, so that an end at any moment loses nothing but the pages under way. Waits and
 * retries when the exchange is busy or out of reach; other failures, and the signal, end it and keep the candles so
 * far.
 */
export async function downloadCandles(download: CandleDownload): Promise<DownloadResult> {
  return new RunningDownload(download).run()
}
