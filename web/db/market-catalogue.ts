import type { TimeRange } from "#engine/candles"
import type { CandleMend } from "#engine/candles"
import type { MarketFigures } from "./chunk-entry.ts"
import { database } from "./database.ts"
import { forgetMirrored } from "./market-mirror.ts"

/** A market's entry in the list, readable without its candles. Its figures always match the candles kept. */
export type SavedMarket = MarketFigures & {
  id: string
  /** As traders write it: "BTC/USDT", until the person renames it. Unique together with the timeframe. */
  name: string
  /** What is traded, and the currency of its prices: "BTC", "USDT". Absent if unknown. */
  base?: string
  quote?: string
  timeframeMs: number
  priceDecimals: number
  extraNames: string[]
  origin: "file" | "download" | "synthetic"
  /** Where it can be fetched again, when it came from an exchange: "binance", "BTC/USDT". */
  venue?: string
  symbol?: string
  /** The file it was read from, or another origin in words. */
  source: string
  /** Further files that were added to it. */
  moreFiles?: number
  /** Stretches the exchange was asked for; where they have no candles, it had none. */
  fetched: TimeRange[]
  /** What was mended, oldest first. */
  mends: CandleMend[]
  importedAtMs: number
  /** The reader's notes, such as identical rows left out. */
  notes: string[]
  /** Hidden while the person may still undo the deletion. */
  deletedAtMs?: number
}

/** The markets a person sees, newest first: those that hold candles and are not deleted. */
export async function listMarkets(): Promise<SavedMarket[]> {
  const markets = await database.markets.orderBy("importedAtMs").reverse().toArray()
  return markets.filter((market) => market.deletedAtMs === undefined && market.candleCount > 0)
}

/** A market by its id, with or without candles, unless it was deleted. */
export async function findMarket(id: string): Promise<SavedMarket | undefined> {
  const market = await database.markets.get(id)
  return market?.deletedAtMs === undefined ? market : undefined
}

/** The market that holds this symbol's candles of a venue, if there is one. */
export async function findVenueMarket(wanted: {
  venue: string
  symbol: string
  timeframeMs: number
}): Promise<SavedMarket | undefined> {
  const isWanted = (market: SavedMarket) =>
    market.venue === wanted.venue && market.symbol === wanted.symbol && market.timeframeMs === wanted.timeframeMs
  return database.markets.filter((market) => market.deletedAtMs === undefined && isWanted(market)).first()
}

/** Hides a market (or shows it again). */
export async function hideMarket(id: string, deletedAtMs: number | undefined): Promise<void> {
  await database.markets.update(id, { deletedAtMs })
}

/** Removes a market and its candles for good. */
export async function purgeMarket(id: string): Promise<void> {
  forgetMirrored(id) // before it is gone, so that nobody takes it for cleared
  await database.transaction("rw", database.markets, database.chunks, database.chunkEntries, async () => {
    for (const table of [database.chunks, database.chunkEntries])
      await table.where("[marketId+bucket]").between([id, -Infinity], [id, Infinity]).delete()
    await database.markets.delete(id)
  })
}

/** Completes deletions whose tab closed before the time to undo had passed. */
export async function purgeHiddenMarkets(beforeMs: number): Promise<void> {
  const hidden = await database.markets.filter((market) => (market.deletedAtMs ?? Infinity) < beforeMs).primaryKeys()
  for (const id of hidden) await purgeMarket(id)
}

/** Gives a market another name; an empty one is refused by leaving the old. */
export async function renameMarket(id: string, name: string): Promise<void> {
  const trimmed = name.trim().slice(0, 40)
  if (trimmed) await database.markets.update(id, { name: trimmed })
}

/** Sets the currency of a market's prices. */
export async function setQuote(id: string, quote: string | undefined): Promise<void> {
  await database.markets.update(id, { quote })
}

/** Adds a file to a market's sources, with its notes. */
export async function addFileToMarket(id: string, notes: string[]): Promise<void> {
  await database.markets
    .where("id")
    .equals(id)
    .modify((market) => {
      const files = (market.moreFiles ?? 0) + 1
      market.source = `${market.source.replace(/ and \d+ more files?$/, "")} and ${files} more ${files === 1 ? "file" : "files"}`
      market.moreFiles = files
      market.notes = [...new Set([...market.notes, ...notes])]
    })
}
