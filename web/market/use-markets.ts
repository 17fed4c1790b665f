import { timeframeOf } from "#engine/candles"
import { listMarkets, type SavedMarket } from "../db/market-catalogue.ts"
import { mirrorMarkets } from "../db/market-mirror.ts"
import { type Kept, useKept } from "../db/use-kept.ts"
import { formatDuration } from "../ui/date-format.ts"

/** The imported markets, newest first, and again after each change. */
export function useMarkets(): Kept<SavedMarket[]> {
  return useKept(listAndRemember)
}

/** What is shown is remembered before it is shown: a window may be left the moment after. */
async function listAndRemember(): Promise<SavedMarket[]> {
  const markets = await listMarkets()
  mirrorMarkets(markets)
  return markets
}

/** "1h", or for a length that is none of ours its words. */
export function timeframeName(timeframeMs: number): string {
  return timeframeOf(timeframeMs) ?? formatDuration(timeframeMs)
}
