import { expose } from "comlink"
import type { PageFailure } from "#engine/candles"
import type { VenueId, VenueMarket, VenueSource } from "#venues"
import type { DownloadJob } from "../../db/download-job.ts"
import { openVenue } from "../../venue/open-venue.ts"
import { type DownloadOutcome, type DownloadStep, runDownload } from "./download-run.ts"

export type MarketsAnswer = { ok: true; markets: VenueMarket[] } | PageFailure

export type DownloadApi = {
  /** An exchange's spot markets, the busiest first. */
  markets(venue: VenueId): Promise<MarketsAnswer>
  /**
   * Fetches what a job still lacks. While another window works on the same job this waits, and continues when that
   * window closes.
   */
  run(job: DownloadJob, onStep: (step: DownloadStep) => void): Promise<DownloadOutcome>
  /** Ends a running job after the pages that are under way. */
  stop(jobId: string): void
}

expose({ markets, run, stop } satisfies DownloadApi)

// One client for each exchange, so that all jobs together keep to its limits.
const venues = new Map<VenueId, VenueSource>()
const running = new Map<string, AbortController>()

async function markets(id: VenueId): Promise<MarketsAnswer> {
  return venueFor(id).markets()
}

async function run(job: DownloadJob, onStep: (step: DownloadStep) => void): Promise<DownloadOutcome> {
  const stopping = new AbortController()
  running.set(job.id, stopping)
  try {
    return await navigator.locks.request(`download ${job.id}`, { signal: stopping.signal }, () =>
      runDownload(job, { source: venueFor(job.venue as VenueId), signal: stopping.signal, onStep }),
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

function venueFor(id: VenueId): VenueSource {
  const venue = venues.get(id) ?? openVenue(id)
  venues.set(id, venue)
  return venue
}
