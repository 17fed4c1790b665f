import type { LeftOutCandle } from "./candle-page.ts"
import type { PageAnswer, PageFailure } from "./candle-page-failure.ts"
import type { TimeRange } from "./candle-ranges.ts"
import type { Candles } from "../candles.ts"
import type { PatienceOptions, Waiting } from "./download-patience.ts"
import { RunningDownload } from "./running-download.ts"

/**
 * The question for one page: candles opening from `fromMs` on, at most `limit`, all before `toMs`. More than that is
 * cut away.
 */
export type PageRequest = TimeRange & { limit: number; signal: AbortSignal }

/**
 * What is to be kept: candles, and the stretch in which there are no others, so that it need never be asked for
 * again.
 */
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
  /**
   * Daily candles, for an exchange whose answers stay inside the stretch asked for: there nothing else tells how long
   * a time without candles lasts, and years before a
   * market was listed would cost a question a page.
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
 * each page as soon as it has come, so that an
 * end at any moment loses nothing but what is under way. Waits and tries again when the exchange is busy or out of
 * reach; other failures, and the
 * signal, end it with what has come so far.
 */
export async function downloadCandles(download: CandleDownload): Promise<DownloadResult> {
  return new RunningDownload(download).run()
}
