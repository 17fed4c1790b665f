import type { Candles } from "#engine"
import { chunksOf } from "./candle-chunk.ts"
import { database } from "./database.ts"

/** What the list of markets knows of one without reading its candles. */
export type SavedMarket = {
  id: string
  /** As traders write it: "BTC/USDT". Unique together with the timeframe. */
  name: string
  timeframeMs: number
  priceDecimals: number
  candleCount: number
  fromMs: number
  toMs: number
  gapCount: number
  missingCandles: number
  extraNames: string[]
  /** The file it was read from. */
  source: string
  storedBytes: number
  importedAtMs: number
  /** What the reader had to say, such as identical rows left out. */
  notes: string[]
  /** Out of sight while the person may still take the deletion back. */
  deletedAtMs?: number
}

/** Writes a market and all its candles, or nothing at all: one transaction, undone by the browser if any row fails. */
export async function saveMarket(market: SavedMarket, candles: Candles): Promise<SavedMarket> {
  return database.transaction("rw", database.markets, database.candleChunks, async () => {
    const named = { ...market, name: freeName(market, await database.markets.toArray()) }
    await database.candleChunks.bulkAdd(chunksOf(market.id, candles))
    await database.markets.add(named)
    return named
  })
}

/** The markets a person sees, newest import first. */
export async function listMarkets(): Promise<SavedMarket[]> {
  const markets = await database.markets.orderBy("importedAtMs").reverse().toArray()
  return markets.filter((market) => market.deletedAtMs === undefined)
}

/** A market by its id, unless it was deleted. */
export async function findMarket(id: string): Promise<SavedMarket | undefined> {
  const market = await database.markets.get(id)
  return market?.deletedAtMs === undefined ? market : undefined
}

/** Takes a market out of sight (or back into it). */
export async function hideMarket(id: string, deletedAtMs: number | undefined): Promise<void> {
  await database.markets.update(id, { deletedAtMs })
}

/** Removes a market and its candles for good. */
export async function purgeMarket(id: string): Promise<void> {
  await database.transaction("rw", database.markets, database.candleChunks, async () => {
    await database.candleChunks.where("[marketId+index]").between([id, 0], [id, Infinity]).delete()
    await database.markets.delete(id)
  })
}

/** Ends deletions whose tab was closed before the chance to undo had passed. */
export async function purgeHiddenMarkets(beforeMs: number): Promise<void> {
  const hidden = await database.markets.filter((market) => (market.deletedAtMs ?? Infinity) < beforeMs).primaryKeys()
  for (const id of hidden) await purgeMarket(id)
}

/** Gives a market another name; an empty one is refused by leaving the old. */
export async function renameMarket(id: string, name: string): Promise<void> {
  const trimmed = name.trim().slice(0, 40)
  if (trimmed) await database.markets.update(id, { name: trimmed })
}

function freeName(market: SavedMarket, others: SavedMarket[]): string {
  const taken = new Set(others.filter((other) => other.timeframeMs === market.timeframeMs).map((other) => other.name))
  let name = market.name
  for (let count = 2; taken.has(name); count++) name = `${market.name} (${count})`
  return name
}
