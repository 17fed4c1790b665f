import { rangesWithout, type Timeframe, timeframesMs, type TimeRange } from "#engine/candles"
import { type Venue, type VenueId, type VenueMarket, venueOf } from "#venues"
import { createMarket } from "../../db/candle-store.ts"
import { database } from "../../db/database.ts"
import { addDownload, type DownloadJob, removeDownload } from "../../db/download-job.ts"
import { findMarket, findVenueMarket, purgeMarket, type SavedMarket } from "../../db/market-catalogue.ts"
import { runDownloads } from "./download-queue.ts"

export type WantedCandles = { venue: Venue; market: VenueMarket; timeframe: Timeframe; wanted: TimeRange }

/** Begins a download. Earlier candles of the same market, timeframe and exchange are extended, not fetched again. */
export async function startDownload({ venue, market, timeframe, wanted }: WantedCandles): Promise<void> {
  const place = { venue: venue.id, symbol: market.symbol, timeframeMs: timeframesMs[timeframe] }
  const kept =
    (await findVenueMarket(place)) ??
    (await createMarket({ ...place, name: nameOf(venue, market), origin: "download", source: venue.name }))
  await addDownload(
    newJob(kept, { venue: venue.id, symbol: market.symbol, venueMarketId: market.id, timeframe, wanted }),
  )
  runDownloads()
}

/**
 * Fetches stretches of a market again from its exchange, such as ones the browser has cleared. Undefined in the
 * answer: it has no exchange.
 */
export async function fetchAgain(
  market: SavedMarket,
  ranges: TimeRange[],
  timeframe: Timeframe,
): Promise<DownloadJob | undefined> {
  if (market.venue === undefined || market.symbol === undefined || ranges.length === 0) return undefined
  await database.markets.update(market.id, { fetched: rangesWithout(market.fetched, ranges) })
  const wanted = {
    fromMs: Math.min(...ranges.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...ranges.map(({ toMs }) => toMs)),
  }
  const job = newJob(market, { venue: venueOf(market.venue as VenueId).id, symbol: market.symbol, timeframe, wanted })
  await addDownload(job)
  runDownloads()
  return job
}

/** Ends a job and keeps its candles; a market that got nothing goes with it. */
export async function cancelDownload(job: DownloadJob): Promise<void> {
  await removeDownload(job.id)
  const market = await findMarket(job.marketId)
  if (market?.candleCount === 0) await purgeMarket(market.id)
}

function newJob(
  market: SavedMarket,
  asked: Pick<DownloadJob, "venue" | "symbol" | "venueMarketId" | "timeframe" | "wanted">,
): DownloadJob {
  return { ...asked, id: crypto.randomUUID(), marketId: market.id, createdAtMs: Date.now(), state: "wanted" }
}

/** Made-up prices must never look like real ones. */
function nameOf(venue: Venue, market: VenueMarket): string {
  return venue.isPractice ? `${market.symbol} practice` : market.symbol
}
