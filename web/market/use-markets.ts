import { timeframeOf } from "#engine/candles"
import { listMarkets, type SavedMarket } from "../db/market-catalogue.ts"
import { mirrorMarkets } from "../db/market-mirror.ts"
import { type Kept, useKept } from "../db/use-kept.ts"
import { formatDuration } from "../ui/date-format.ts"

/** The imported markets, newest first, and again after each change. */
export function useMarkets(): Kept<SavedMarket[]> {
  return useKept(listAndRemember)
}

/** Stored before it is shown: the person may leave the window a moment later. */
async function listAndRemember(): Promise<SavedMarket[]> {
  const markets = await listMarkets()
  mirrorMarkets(markets)
  return markets
}

/** "1h", or words for an unusual length. */
export function timeframeName(timeframeMs: number): string {
  return timeframeOf(timeframeMs) ?? formatDuration(timeframeMs)
}
