import {
  askPatiently,
  isoTime,
  columnsBy,
  downloadCandles,
  type DownloadProgress,
  type DownloadResult,
  type KeptPage,
  type PageFailure,
  pageFailureInWords,
  passes,
  timeframesMs,
  waitInWords,
} from "#engine/candles"
import type { MarketName, Venue, VenueSource } from "#venues"
import { MarketGone, mergeCandles } from "../../db/candle-store.ts"
import { database } from "../../db/database.ts"
import type { DownloadJob } from "../../db/download-job.ts"
import { findMarket } from "../../db/market-catalogue.ts"
import { unavailableIfDatabase } from "../../db/unavailable.ts"

/** The state of a running job; `waiting` is a sentence about why nothing arrives just now. */
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

type Surroundings = { source: VenueSource; signal: AbortSignal; onStep: (step: DownloadStep) => void }

/** Nobody can see more frequent updates. */
const STEP_MS = 100

/**
 * Fetches what a job still lacks into its market, page by page. Everything but our own bugs comes back as an outcome.
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
    return {
      state: "failed",
      because: `${notKeptBecause(error as Error)} The candles so far are kept.`,
      passes: false,
    }
  }
}

async function fetchMissing(job: DownloadJob, surroundings: Surroundings): Promise<DownloadResult> {
  const { source, signal, onStep } = surroundings
  const { venue } = source
  const market = await findMarket(job.marketId)
  if (!market) throw new MarketGone()
  const time = await patiently(() => source.exchangeTime(), surroundings)
  if (!time?.ok) return nothing(time)
  const asked = await marketOf(job, surroundings)
  if (!asked?.ok) return nothing(asked)
  let changed = 0
  const result = await downloadCandles({
    wanted: job.wanted,
    have: market.fetched,
    timeframeMs: timeframesMs[job.timeframe],
    pageLimit: venue.candlesPerPage,
    parallel: venue.pagesAtOnce,
    exchangeTimeMs: time.timeMs,
    fetchPage: (request) => source.page({ market: asked.market, timeframe: job.timeframe }, request),
    fetchDays: venue.staysInside
      ? (request) => source.page({ market: asked.market, timeframe: "1d" }, request)
      : undefined,
    keep: async (page) => void (changed += await keep(job.marketId, page)),
    ...patience,
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

/** Nothing arrived, and why: a failure, or the person's stop. */
function nothing(failure: PageFailure | undefined): DownloadResult {
  return { candles: 0, leftOut: [], ok: false, failure: failure ?? "stopped" }
}

/** How many of the candles were here before with other values. */
async function keep(marketId: string, { candles, fetched }: KeptPage): Promise<number> {
  const { changed } = await mergeCandles(marketId, candles ?? columnsBy(() => new Float64Array()), fetched)
  return changed.length
}

/** The market by the exchange's own name for it, which older jobs lack. */
async function marketOf(
  { symbol, venueMarketId }: DownloadJob,
  surroundings: Surroundings,
): Promise<{ ok: true; market: MarketName } | PageFailure | undefined> {
  if (venueMarketId !== undefined) return { ok: true, market: { symbol, id: venueMarketId } }
  const list = await patiently(() => surroundings.source.markets({ withVolumes: false }), surroundings)
  const market = list?.ok ? list.markets.find((each) => each.symbol === symbol) : undefined
  if (market) return { ok: true, market }
  return list?.ok ? { ok: false, kind: "unknown-market", message: "it is not in the list of markets" } : list
}

const FIRST_TRIES = 5

/** Retries temporary failures; undefined when the person stops it. */
function patiently<Answer extends { ok: true }>(
  ask: () => Promise<Answer | PageFailure>,
  { signal }: Surroundings,
): Promise<Answer | PageFailure | undefined> {
  return askPatiently(ask, { ...patience, signal, mostTries: FIRST_TRIES })
}

const patience = { sleep: wait, nowMs: () => performance.now() }

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

/** Pages that were under way when the exchange asked for a pause still come; the pause shows until it is over. */
function remembering(report: (progress: DownloadProgress) => void): (progress: DownloadProgress) => void {
  let pause: { waiting: DownloadProgress["waiting"]; overMs: number } | undefined
  return (progress) => {
    if (progress.waiting) pause = { waiting: progress.waiting, overMs: performance.now() + progress.waiting.waitMs }
    report(pause && performance.now() < pause.overMs ? { ...progress, waiting: pause.waiting } : progress)
  }
}

/** Passes steps on, but not more often than visible; always one that says why nothing arrives. */
function seldom(report: (progress: DownloadProgress) => void): (progress: DownloadProgress) => void {
  let reportedMs = -Infinity
  return (progress) => {
    if (!progress.waiting && performance.now() - reportedMs < STEP_MS) return
    reportedMs = performance.now()
    report(progress)
  }
}

function failed(job: DownloadJob, { source }: Surroundings, failure: PageFailure): DownloadOutcome {
  return {
    state: "failed",
    because: pageFailureInWords(failure, { exchange: source.venue.name, market: job.symbol }),
    passes: passes(failure),
  }
}

function notKeptBecause(error: Error): string {
  return unavailableIfDatabase(error) ?? `The download stopped (${error.message}).`
}

function waitingWords({ name }: Venue, { failure, waitMs }: NonNullable<DownloadProgress["waiting"]>): string {
  const why = failure.kind === "busy" ? `${name} asks for a pause` : `${name} does not answer`
  return `${why}; asking again in ${waitInWords(waitMs)}. The candles so far are kept.`
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
