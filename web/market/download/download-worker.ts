import { expose } from "comlink"
import type { PageFailure } from "#engine/candles"
import type { DownloadJob } from "../../db/download-job.ts"
import { Venue } from "../../venue/venue.ts"
import { VenueFailure } from "../../venue/venue-failure.ts"
import type { VenueId } from "../../venue/venue-list.ts"
import type { VenueMarket } from "../../venue/venue-market.ts"
import { type DownloadOutcome, type DownloadStep, runDownload } from "./download-run.ts"

export type MarketsAnswer = { ok: true; markets: VenueMarket[] } | PageFailure

export type DownloadApi = {
  /** An exchange's spot markets, the busiest first. */
  markets(venue: VenueId): Promise<MarketsAnswer>
  /**
   * Fetches what a job still lacks. While another window works on the same job this waits, and goes on when that
   * window is closed.
   */
  run(job: DownloadJob, onStep: (step: DownloadStep) => void): Promise<DownloadOutcome>
  /** Ends a running job after the pages that are under way. */
  stop(jobId: string): void
}

expose({ markets, run, stop } satisfies DownloadApi)

// One client for each exchange, so that all jobs together keep to its limits.
const venues = new Map<VenueId, Venue>()
const running = new Map<string, AbortController>()

async function markets(id: VenueId): Promise<MarketsAnswer> {
  try {
    return { ok: true, markets: await venueFor(id).markets() }
  } catch (error) {
    if (error instanceof VenueFailure) return error.failure
    throw error
  }
}

async function run(job: DownloadJob, onStep: (step: DownloadStep) => void): Promise<DownloadOutcome> {
  const stopping = new AbortController()
  running.set(job.id, stopping)
  try {
    return await navigator.locks.request(`download ${job.id}`, { signal: stopping.signal }, () =>
      runDownload(job, { venue: venueFor(job.venue as VenueId), signal: stopping.signal, onStep }),
    )
  } catch (error) {
    if (stopping.signal.aborted) return { state: "stopped" }
    throw error
  } finally {
    running.delete(job.id)
  }
}

function stop(jobId: string) {
  running.get(jobId)?.abort()
}

function venueFor(id: VenueId): Venue {
  const venue = venues.get(id) ?? new Venue(id)
  venues.set(id, venue)
  return venue
}
