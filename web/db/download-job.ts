import type { Timeframe, TimeRange } from "#engine/candles"
import { database } from "./database.ts"

/**
 * Candles a person wants from an exchange. The market's `fetched` says which are already here, so a job needs no
 * count of its own.
 */
export type DownloadJob = {
  id: string
  venue: string
  symbol: string
  /** The market as the exchange writes it; without it we look it up in the exchange's list. */
  venueMarketId?: string
  timeframe: Timeframe
  wanted: TimeRange
  /** Where the candles go. */
  marketId: string
  createdAtMs: number
  /** `wanted` jobs run when their turn comes, also after a reload; the others wait for the person. */
  state: "wanted" | "paused" | "failed"
  /** In a sentence or two, why it failed. */
  because?: string
  /** Whether it is worth trying again when the network is back. */
  passes?: boolean
}

/** Downloads that are not finished, oldest first. */
export function listDownloads(): Promise<DownloadJob[]> {
  return database.downloads.orderBy("createdAtMs").toArray()
}

/** Stores a job, so that it survives the window. */
export async function addDownload(job: DownloadJob): Promise<void> {
  await database.downloads.add(job)
}

/** Changes a job's state; one that was cancelled meanwhile stays away. */
export async function changeDownload(
  id: string,
  change: Pick<DownloadJob, "state" | "because" | "passes">,
): Promise<void> {
  await database.downloads.update(id, { because: undefined, passes: undefined, ...change })
}

/** Deletes a job; its candles stay. */
export async function removeDownload(id: string): Promise<void> {
  await database.downloads.delete(id)
}
