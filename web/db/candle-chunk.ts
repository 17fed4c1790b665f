import type { Candles } from "#engine"
import { database } from "./database.ts"

/** Candles of one market in a row of the database: at most `CHUNK_CANDLES`, one buffer of doubles for each column. */
export type CandleChunk = {
  marketId: string
  index: number
  columns: Record<Column, ArrayBuffer>
  extra: Record<string, ArrayBuffer>
}

/** Large enough that a million candles are a hundred rows, small enough that one row is half a megabyte. */
export const CHUNK_CANDLES = 10_000

const columnNames = ["openTimeMs", "open", "high", "low", "close", "volume"] as const
type Column = (typeof columnNames)[number]

/** Cuts candles into the rows they are kept in. */
export function chunksOf(marketId: string, candles: Candles): CandleChunk[] {
  const count = Math.ceil(candles.openTimeMs.length / CHUNK_CANDLES)
  return Array.from({ length: count }, (_, index) => ({
    marketId,
    index,
    columns: mapValues(pick(candles), (column) => cut(column, index)),
    extra: mapValues(candles.extra, (column) => cut(column, index)),
  }))
}

/** Puts the rows of one market, in order, together again. */
export function candlesFromChunks(chunks: CandleChunk[], grid: Pick<Candles, "timeframeMs" | "priceDecimals">): Candles {
  const extraNames = Object.keys(chunks[0]?.extra ?? {})
  const columns = Object.fromEntries(columnNames.map((name) => [name, join(chunks.map((chunk) => chunk.columns[name]))])) as Record<Column, Float64Array>
  const extra = Object.fromEntries(extraNames.map((name) => [name, join(chunks.map((chunk) => chunk.extra[name]))]))
  return { ...columns, extra, ...grid }
}

/** All candles of a market, oldest first; empty columns when there are none. */
export async function loadCandles(market: { id: string; timeframeMs: number; priceDecimals: number }): Promise<Candles> {
  const chunks = await database.candleChunks.where("[marketId+index]").between([market.id, 0], [market.id, Infinity]).toArray()
  return candlesFromChunks(chunks, { timeframeMs: market.timeframeMs, priceDecimals: market.priceDecimals })
}

function pick(candles: Candles): Record<Column, Float64Array> {
  return Object.fromEntries(columnNames.map((name) => [name, candles[name]])) as Record<Column, Float64Array>
}

/** A copy: the row must not drag the whole column's buffer into the database. */
function cut(column: Float64Array, index: number): ArrayBuffer {
  return column.slice(index * CHUNK_CANDLES, (index + 1) * CHUNK_CANDLES).buffer
}

function join(buffers: ArrayBuffer[]): Float64Array {
  const joined = new Float64Array(buffers.reduce((sum, buffer) => sum + buffer.byteLength / 8, 0))
  let at = 0
  for (const buffer of buffers) {
    joined.set(new Float64Array(buffer), at)
    at += buffer.byteLength / 8
  }
  return joined
}

function mapValues<Key extends string, From, To>(record: Record<Key, From>, change: (value: From) => To): Record<Key, To> {
  return Object.fromEntries(Object.entries<From>(record).map(([key, value]) => [key, change(value)])) as Record<Key, To>
}
