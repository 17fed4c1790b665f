import { type CandleColumns, packCandles, unpackCandles } from "#engine/candles"
import type { CandleChunkTable } from "./candle-schema.ts"

/** Packed candles as they lie in the database. */
export type PackedChunk = Omit<CandleChunkTable, "series_id" | "bucket">

/** The columns of its row that a chunk is read from. */
export const packedChunk = ["candles", "first_ms", "regular", "extra", "bytes"] as const satisfies (keyof PackedChunk)[]

/** Candles of one bucket, as they are written. */
export function packChunk(columns: CandleColumns, timeframeMs: number): PackedChunk {
  const { count, firstMs, regular, extraNames, values } = packCandles(columns, timeframeMs)
  return {
    candles: count,
    first_ms: firstMs,
    regular: regular ? 1 : 0,
    extra: JSON.stringify(extraNames),
    bytes: new Uint8Array(values.buffer),
  }
}

/** Chunks in order of time as one set of columns. A chunk without one of the extra columns has NaN there. */
export function unpackChunks(chunks: readonly PackedChunk[], timeframeMs: number): Required<CandleColumns> {
  const parts = chunks.map(({ candles, first_ms, regular, extra, bytes }) => {
    return {
      count: candles,
      firstMs: first_ms,
      regular: regular === 1,
      extraNames: JSON.parse(extra) as string[],
      values: doublesOf(bytes),
    }
  })
  return unpackCandles(parts, timeframeMs)
}

// The database hands out bytes that may begin anywhere; doubles must begin at a multiple of eight.
function doublesOf(bytes: Uint8Array | ArrayBuffer): Float64Array<ArrayBuffer> {
  return new Float64Array(new Uint8Array(bytes).buffer)
}
