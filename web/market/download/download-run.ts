import {
  isoTime,
  columnsBy,
  downloadCandles,
  type DownloadProgress,
  type DownloadResult,
  type KeptPage,
  type PageAnswer,
  type PageFailure,
  pageFailureInWords,
  passes,
  timeframesMs,
  waitInWords,
} from "#engine/candles"
import { MarketGone, mergeCandles } from "../../db/candle-store.ts"
import { database } from "../../db/database.ts"
import type { DownloadJob } from "../../db/download-job.ts"
import { findMarket } from "../../db/market-catalogue.ts"
import { unavailableIfDatabase } from "../../db/unavailable.ts"
import type { PageRequest, Venue } from "../../venue/venue.ts"
import { VenueFailure } from "../../venue/venue-failure.ts"

/** How a running job stands; `waiting` is a sentence about why nothing comes just now. */
export type DownloadStep = Omit<DownloadProgress, "waiting"> & { waiting?: string }

/**
 * How a job ended. `gone`: its market or the job itself was deleted meanwhile. `passes`: a failure worth another try
 * when the network is back.
 */
export type DownloadOutcome =
  | { state: "done" }
  | { state: "stopped" }
  | { state: "gone" }
  | { state: "failed"; because: string; passes: boolean }

type Surroundings = { venue: Venue; signal: AbortSignal; onStep: (step: DownloadStep) => void }

/** More often than this nobody can see. */
const STEP_MS = 100

/**
 * Fetches what a job still lacks into its market, page by page. Everything but our own mistakes comes back as an
 * outcome.
 */
export async function runDownload(job: DownloadJob, surroundings: Surroundings): Promise<DownloadOutcome> {
  const current = await database.downloads.get(job.id)
  if (current?.state !== "wanted") return { state: current ? "stopped" : "gone" }
  try {
    const result = await fetchMissing(job, surroundings)
    if (result.ok) return { state: "done" }
    return result.failure === "stopped" ? { state: "stopped" } : failed(job, surroundings, result.failure)
  } catch (error) {
    if (surroundings.signal.aborted) return { state: "stopped" }
    if (error instanceof MarketGone) return { state: "gone" }
    if (error instanceof VenueFailure) return failed(job, surroundings, error.failure)
    return {
      state: "failed",
      because: `${notKeptBecause(error as Error)} What has come so far is kept.`,
      passes: false,
    }
  }
}

async function fetchMissing(job: DownloadJob, { venue, signal, onStep }: Surroundings): Promise<DownloadResult> {
  const market = await findMarket(job.marketId)
  if (!market) throw new MarketGone()
  const exchangeTimeMs = await patiently(() => venue.timeMs(), signal)
  const asked = { symbol: job.symbol, id: job.venueMarketId ?? (await marketIdAt(venue, job.symbol)) }
  let changed = 0
  const result = await downloadCandles({
    wanted: job.wanted,
    have: market.fetched,
    timeframeMs: timeframesMs[job.timeframe],
    pageLimit: venue.listing.candlesPerPage,
    parallel: venue.listing.pagesAtOnce,
    exchangeTimeMs,
    fetchPage: ({ fromMs, limit }) => answerOf(venue, { market: asked, timeframe: job.timeframe, fromMs, limit }),
    // Binance's answers jump over the years before a market was listed; the others' stay inside what was asked for.
    fetchDays:
      venue.listing.dialect === "binance"
        ? undefined
        : ({ fromMs, limit }) => answerOf(venue, { market: asked, timeframe: "1d", fromMs, limit }),
    keep: async (page) => void (changed += await keep(job.marketId, page)),
    sleep: wait,
    nowMs: () => performance.now(),
    signal,
    onProgress: seldom(
      remembering(({ waiting, ...progress }) =>
        onStep({ ...progress, waiting: waiting && waitingWords(venue, waiting) }),
      ),
    ),
  })
  await noteOnMarket(job.marketId, [leftOutWords(result), changedWords(changed)])
  return result
}

async function answerOf(venue: Venue, request: PageRequest): Promise<PageAnswer> {
  try {
    return { ok: true, rows: await venue.page(request) }
  } catch (error) {
    if (error instanceof VenueFailure) return error.failure
    throw error
  }
}

/** How many of the candles were here before with other values. */
async function keep(marketId: string, { candles, fetched }: KeptPage): Promise<number> {
  const { changed } = await mergeCandles(marketId, candles ?? columnsBy(() => new Float64Array()), fetched)
  return changed.length
}

async function marketIdAt(venue: Venue, symbol: string): Promise<string> {
  const market = (await venue.markets()).find((each) => each.symbol === symbol)
  if (!market)
    throw new VenueFailure({ ok: false, kind: "unknown-market", message: "it is not in the list of markets" })
  return market.id
}

const TRIES = 5
const BETWEEN_TRIES_MS = 1_000

/** Asks again for what passes by itself; the pages have a patience of their own. */
async function patiently<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof VenueFailure) || !passes(error.failure) || tries === TRIES || signal.aborted) throw error
      await wait(error.failure.retryAfterMs ?? BETWEEN_TRIES_MS * 2 ** tries, signal)
    }
  }
}

/** Waits that long, or until the signal aborts. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener("abort", end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener("abort", end)
  })
}

/** Pages that were under way when the exchange asked for a pause still come; the pause is told until it is over. */
function remembering(tell: (progress: DownloadProgress) => void): (progress: DownloadProgress) => void {
  let pause: { waiting: DownloadProgress["waiting"]; overMs: number } | undefined
  return (progress) => {
    if (progress.waiting) pause = { waiting: progress.waiting, overMs: performance.now() + progress.waiting.waitMs }
    tell(pause && performance.now() < pause.overMs ? { ...progress, waiting: pause.waiting } : progress)
  }
}

/** Passes steps on, but not more often than can be seen; one that says why nothing comes always. */
function seldom(tell: (progress: DownloadProgress) => void): (progress: DownloadProgress) => void {
  let toldMs = -Infinity
  return (progress) => {
    if (!progress.waiting && performance.now() - toldMs < STEP_MS) return
    toldMs = performance.now()
    tell(progress)
  }
}

function failed(job: DownloadJob, { venue }: Surroundings, failure: PageFailure): DownloadOutcome {
  return {
    state: "failed",
    because: pageFailureInWords(failure, { exchange: venue.listing.name, market: job.symbol }),
    passes: passes(failure),
  }
}

function notKeptBecause(error: Error): string {
  return unavailableIfDatabase(error) ?? `The download stopped (${error.message}).`
}

function waitingWords({ listing }: Venue, { failure, waitMs }: NonNullable<DownloadProgress["waiting"]>): string {
  const why = failure.kind === "busy" ? `${listing.name} asks for a pause` : `${listing.name} does not answer`
  return `${why}; asking again in ${waitInWords(waitMs)}. What has come so far is kept.`
}

function leftOutWords({ leftOut }: DownloadResult): string | undefined {
  if (leftOut.length === 0) return undefined
  const [{ openTimeMs, because }] = leftOut
  return `${leftOut.length} of the exchange's candles left out, the first at ${isoTime(openTimeMs)}: ${because}`
}

function changedWords(changed: number): string | undefined {
  return changed === 0
    ? undefined
    : `${changed} candles have other values at the exchange now than when they were first fetched; the new ones are kept.`
}

async function noteOnMarket(marketId: string, words: (string | undefined)[]): Promise<void> {
  const said = words.filter((each) => each !== undefined)
  if (said.length === 0) return
  await database.markets
    .where("id")
    .equals(marketId)
    .modify((market) => {
      market.notes = [...new Set([...market.notes, ...said])]
    })
}
