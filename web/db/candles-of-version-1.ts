import Dexie, { type Transaction } from "dexie"
import { bucketsOf, candleColumnNames, type CandleColumns, columnsBy, joinColumns } from "#engine/candles"
import { chunkOf } from "./candle-chunk.ts"
import { entryOf, figuresOf } from "./chunk-entry.ts"
import type { SavedMarket } from "./market-catalogue.ts"

/** How version 1 kept candles: every ten thousandth began a new row, with one buffer for each column. */
type OldChunk = {
  marketId: string
  index: number
  columns: Record<(typeof candleColumnNames)[number], ArrayBuffer>
  extra: Record<string, ArrayBuffer>
}

/**
 * Moves the candles of version 1 into buckets of time, market by market, inside the upgrade's transaction: all or
 * nothing.
 */
export async function moveCandles(transaction: Transaction): Promise<void> {
  const markets: SavedMarket[] = await transaction.table("markets").toArray()
  for (const market of markets) await moveMarket(transaction, market)
}

async function moveMarket(transaction: Transaction, market: SavedMarket) {
  const { id: marketId, timeframeMs } = market
  const old: OldChunk[] = await transaction
    .table("candleChunks")
    .where("[marketId+index]")
    .between([marketId, 0], [marketId, Infinity])
    .toArray()
  const parts = [...bucketsOf(columnsOfOld(old), timeframeMs)].map(([bucket, columns]) => ({
    columns,
    chunk: chunkOf({ marketId, bucket, timeframeMs }, columns),
  }))
  // The upgrade's transaction would end while the browser hashes; Dexie keeps it open.
  const { entries, figures } = await Dexie.waitFor(described(parts, timeframeMs))
  await transaction.table("chunks").bulkPut(parts.map(({ chunk }) => chunk))
  await transaction.table("chunkEntries").bulkPut(entries)
  await transaction
    .table("markets")
    .put({ ...market, ...figures, origin: "file", fetched: [], mends: [] } satisfies SavedMarket)
}

async function described(parts: { columns: CandleColumns; chunk: ReturnType<typeof chunkOf> }[], timeframeMs: number) {
  const entries = await Promise.all(parts.map(({ chunk, columns }) => entryOf(chunk, columns, timeframeMs)))
  return { entries, figures: await figuresOf(entries, timeframeMs) }
}

function columnsOfOld(old: OldChunk[]): CandleColumns {
  const joined = (bufferOf: (chunk: OldChunk) => ArrayBuffer) =>
    joinColumns(old.map((chunk) => new Float64Array(bufferOf(chunk))))
  const extra = Object.keys(old[0]?.extra ?? {}).map((name) => [name, joined((chunk) => chunk.extra[name])])
  return { ...columnsBy((name) => joined((chunk) => chunk.columns[name])), extra: Object.fromEntries(extra) }
}
