import { plainText } from "#engine/candles"
import type { SavedRun } from "../../db/saved-run.ts"
import { setupFromSearch } from "../../run/run-setup.ts"
import { parseSearch } from "../../search-text.ts"
import type { TimeZone } from "../../ui/date-format.ts"
import { periodWords } from "./run-differences.ts"

/** "BTC/USDT, 1 Jan 2024 to 30 Jun 2024". */
export function whereWords(run: SavedRun, zone: TimeZone): string {
  return [plainText(run.market, 100), periodWords(run, zone)].filter((words) => words !== "").join(", ")
}

/**
 * Whether two runs had the same to trade, so that the better number is the better strategy: the same candles and
 * period asked for (rules that need more candles to begin may begin later), or the same market and days.
 */
export function areLike(a: SavedRun, b: SavedRun): boolean {
  if (a.hashes.data === b.hashes.data && askedPeriod(a) === askedPeriod(b)) return true
  return whereWords(a, "utc") === whereWords(b, "utc")
}

function askedPeriod({ address }: SavedRun): string {
  const { fromMs, toMs, unseenPercent } = setupFromSearch(parseSearch(address))
  return [fromMs, toMs, unseenPercent].join()
}
