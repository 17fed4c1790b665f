import {
  bucketsOf,
  type CandleColumns,
  type CandleMend,
  type Candles,
  type ChangedCandle,
  joinRanges,
  mergeColumns,
  priceDecimalsOf,
  rangesWithout,
  timeframeOf,
  type TimeRange,
} from "#engine/candles"
import { type CandleChunk, chunkOf, columnsFromChunks } from "./candle-chunk.ts"
import { type ChunkEntry, entryOf, figuresOf } from "./chunk-entry.ts"
import { pairOf } from "./currency-pair.ts"
import { database } from "./database.ts"
import { loadCandles } from "./load-candles.ts"
import type { SavedMarket } from "./market-catalogue.ts"
import { marketId } from "./market-id.ts"

/** The initial facts about a new market; the rest follows from its candles. */
export type NewMarket = Pick<SavedMarket, "name" | "timeframeMs" | "origin" | "source"> &
  Partial<Pick<SavedMarket, "venue" | "symbol" | "base" | "quote" | "fetched" | "mends" | "notes">>

/** The outcome of writing. `changed` are kept candles whose values are now others: the newer ones count. */
export type Merged = { market: SavedMarket; added: number; changed: ChangedCandle[] }

/** Thrown when candles are written to a market that was deleted meanwhile. */
export class MarketGone extends Error {
  constructor() {
    super("This market was deleted, so its candles have no place to go.")
  }
}

/**
 * Creates an empty market. It is listed once it holds candles; its id and, where its name is taken, its name are made
 * here.
 */
export function createMarket(wanted: NewMarket): Promise<SavedMarket> {
  return saveMarket(wanted, undefined)
}

/** Creates a market with candles: all of them are kept, or (on an error) none. */
export async function saveMarket(wanted: NewMarket, candles: CandleColumns | undefined): Promise<SavedMarket> {
  const parts = await partsOf(candles ? bucketsOf(candles, wanted.timeframeMs) : new Map(), {
    marketId: "",
    timeframeMs: wanted.timeframeMs,
  })
  const figures = await figuresOf(
    parts.map(({ entry }) => entry),
    wanted.timeframeMs,
  )
  return database.transaction("rw", database.markets, database.chunks, database.chunkEntries, async () => {
    const names = { ...(await freeNames(wanted)), importedAtMs: Date.now() }
    const market: SavedMarket = {
      fetched: [],
      mends: [],
      notes: [],
      ...pairOf(wanted),
      ...wanted,
      ...names,
      ...figures,
      ...formOf(candles),
    }
    await putParts(
      parts.map(({ chunk, entry }) => ({
        chunk: { ...chunk, marketId: market.id },
        entry: { ...entry, marketId: market.id },
      })),
    )
    await database.markets.add(market)
    return market
  })
}

/**
 * Adds candles (ascending) to a market, and records which stretch was requested. One transaction; throws when it
 * fails.
 */
export function mergeCandles(id: string, candles: CandleColumns, fetched?: TimeRange): Promise<Merged> {
  return writing(id, async (market) => {
    const buckets = bucketsOf(candles, market.timeframeMs)
    const stored = await database.chunks.bulkGet([...buckets.keys()].map((bucket) => [id, bucket] as [string, number]))
    const merged = await Promise.all(
      [...buckets].map(async ([bucket, columns], at) => ({
        bucket,
        ...mergeColumns(await columnsFromChunks(stored[at] ? [stored[at]] : [], market.timeframeMs), columns),
      })),
    )
    const parts = await partsOf(new Map(merged.map(({ bucket, columns }) => [bucket, columns])), {
      marketId: id,
      timeframeMs: market.timeframeMs,
    })
    const { priceDecimals, extraNames } = formOf(candles)
    const written = await commit(market, {
      parts,
      entries: [...withoutBuckets(await entriesOf(id), buckets), ...parts.map(({ entry }) => entry)],
      change: {
        priceDecimals: Math.max(market.priceDecimals, priceDecimals),
        extraNames: [...new Set([...market.extraNames, ...extraNames])],
        fetched: joinRanges([...market.fetched, ...(fetched ? [fetched] : [])]),
      },
    })
    return {
      market: written,
      added: merged.reduce((sum, each) => sum + each.added, 0),
      changed: merged.flatMap(({ changed }) => changed),
    }
  })
}

/**
 * Replaces all candles of a market, for example by mended ones; adds `mends` to its list. Unchanged chunks are not
 * rewritten.
 */
export function replaceCandles(id: string, candles: CandleColumns, mends: CandleMend[]): Promise<SavedMarket> {
  return writing(id, (market) => replaceWith(market, { candles, mends: [...market.mends, ...mends] }))
}

/** Applies `mend` to all candles of a market and its list of mends. Nothing else writes to it meanwhile. */
export function mendCandles(
  id: string,
  mend: (candles: Candles, market: SavedMarket) => { candles: Candles; mends: CandleMend[] },
): Promise<SavedMarket> {
  return writing(id, async (market) => replaceWith(market, mend(await loadCandles(market), market)))
}

async function replaceWith(
  market: SavedMarket,
  { candles, mends }: { candles: CandleColumns; mends: CandleMend[] },
): Promise<SavedMarket> {
  const parts = await partsOf(bucketsOf(candles, market.timeframeMs), {
    marketId: market.id,
    timeframeMs: market.timeframeMs,
  })
  const before = await entriesOf(market.id)
  const kept = new Set(before.map(({ bucket, hash }) => `${bucket} ${hash}`))
  return commit(market, {
    parts: parts.filter(({ entry }) => !kept.has(`${entry.bucket} ${entry.hash}`)),
    gone: before.map(({ bucket }) => bucket).filter((bucket) => !parts.some(({ entry }) => entry.bucket === bucket)),
    entries: parts.map(({ entry }) => entry),
    change: { ...formOf(candles), mends },
  })
}

/**
 * Removes missing chunks from the catalogue, so that a market's figures match the rest, and the missing stretch
 * counts as never requested.
 */
export function forgetChunks(id: string, lost: { buckets: number[]; ranges: TimeRange[] }): Promise<SavedMarket> {
  return writing(id, async (market) => {
    const entries = withoutBuckets(await entriesOf(id), new Map(lost.buckets.map((bucket) => [bucket, true])))
    return commit(market, {
      parts: [],
      gone: lost.buckets,
      entries,
      change: { fetched: rangesWithout(market.fetched, lost.ranges) },
    })
  })
}

/** A market's entries, in order of time. */
export function entriesOf(id: string): Promise<ChunkEntry[]> {
  return database.chunkEntries.where("[marketId+bucket]").between([id, -Infinity], [id, Infinity]).toArray()
}

type Part = { chunk: CandleChunk; entry: ChunkEntry }

function partsOf(
  buckets: Map<number, CandleColumns>,
  place: { marketId: string; timeframeMs: number },
): Promise<Part[]> {
  return Promise.all(
    [...buckets].map(async ([bucket, columns]) => {
      const chunk = chunkOf({ ...place, bucket }, columns)
      return { chunk, entry: await entryOf(chunk, columns, place.timeframeMs) }
    }),
  )
}

// Hashing cannot wait inside a transaction, so what we read before must not change until we write: one writer per
// market, in all tabs.
function writing<Answer>(id: string, write: (market: SavedMarket) => Promise<Answer>): Promise<Answer> {
  return navigator.locks.request(`candles of ${id}`, async () => {
    const market = await database.markets.get(id)
    if (!market) throw new MarketGone()
    return write(market)
  }) as Promise<Answer>
}

async function commit(
  market: SavedMarket,
  write: { parts: Part[]; gone?: number[]; entries: ChunkEntry[]; change: Partial<SavedMarket> },
): Promise<SavedMarket> {
  const entries = write.entries.toSorted((a, b) => a.bucket - b.bucket)
  const change = { ...write.change, ...(await figuresOf(entries, market.timeframeMs)) }
  return database.transaction("rw", database.markets, database.chunks, database.chunkEntries, async () => {
    const gone = (write.gone ?? []).map((bucket) => [market.id, bucket] as [string, number])
    await Promise.all([database.chunks.bulkDelete(gone), database.chunkEntries.bulkDelete(gone), putParts(write.parts)])
    const found = await database.markets.update(market.id, change)
    if (found === 0 && !(await database.markets.get(market.id))) throw new MarketGone()
    return { ...market, ...change }
  })
}

async function putParts(parts: Part[]) {
  await database.chunks.bulkPut(parts.map(({ chunk }) => chunk))
  await database.chunkEntries.bulkPut(parts.map(({ entry }) => entry))
}

function withoutBuckets(entries: ChunkEntry[], buckets: Map<number, unknown>): ChunkEntry[] {
  return entries.filter(({ bucket }) => !buckets.has(bucket))
}

function formOf(candles: CandleColumns | undefined): Pick<SavedMarket, "priceDecimals" | "extraNames"> {
  return { priceDecimals: candles ? priceDecimalsOf(candles) : 0, extraNames: Object.keys(candles?.extra ?? {}) }
}

async function freeNames(wanted: NewMarket): Promise<{ id: string; name: string }> {
  const others = await database.markets.toArray()
  const taken = new Set(others.filter((other) => other.timeframeMs === wanted.timeframeMs).map((other) => other.name))
  let name = wanted.name
  for (let count = 2; taken.has(name); count++) name = `${wanted.name} (${count})`
  const timeframe = timeframeOf(wanted.timeframeMs) ?? `${wanted.timeframeMs}ms`
  return { id: marketId(wanted.name, timeframe, new Set(others.map((other) => other.id))), name }
}
