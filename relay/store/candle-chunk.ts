import {
  candleColumnNames,
  candleTimeframesMs,
  isoTime,
  packCandles,
  unpackCandles,
  type CandleColumns,
  type CandleTimeframe,
  type PackedCandles,
} from "#engine/candles"
import { damagedCandles } from "./store-failure.ts"
import type { CandleChunkTable } from "./candle-schema.ts"

/** Compressed candles as the database holds them. */
export type PackedChunk = Omit<CandleChunkTable, "series_id" | "bucket">

/** The columns of its row that a chunk is read from. */
export const packedChunk = ["candles", "first_ms", "regular", "extra", "bytes"] as const satisfies (keyof PackedChunk)[]

type SeriesName = { venue: string; market: string; timeframe: CandleTimeframe }

/** Candles of one bucket, ready to write. */
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

/**
 * Chunks of a market in time order as one set of columns. A chunk without one of the extra columns has NaN there.
 * Throws `StoreFailure` for damaged bytes.
 */
export function unpackChunks(chunks: readonly PackedChunk[], series: SeriesName): Required<CandleColumns> {
  const parts = chunks.map((chunk) => {
    const part = partOf(chunk)
    if (part === undefined) throw damagedCandles(`${series.venue} ${series.market} ${series.timeframe}`, whereOf(chunk))
    return part
  })
  return unpackCandles(parts, candleTimeframesMs[series.timeframe])
}

function partOf({ candles, first_ms, regular, extra, bytes }: PackedChunk): PackedCandles | undefined {
  const extraNames = parsed(extra)
  if (!Array.isArray(extraNames) || !extraNames.every((name) => typeof name === "string")) return undefined
  const columns = candleColumnNames.length - (regular === 1 ? 1 : 0) + extraNames.length
  const isWhole = Number.isInteger(candles) && Number.isFinite(first_ms) && isBytes(bytes)
  if (!isWhole || bytes.byteLength !== candles * columns * Float64Array.BYTES_PER_ELEMENT) return undefined
  return { count: candles, firstMs: first_ms, regular: regular === 1, extraNames, values: doublesOf(bytes) }
}

function whereOf({ first_ms }: PackedChunk): string {
  return `the chunk from ${isoTime(first_ms)} on is not as it was written.`
}

function isBytes(bytes: unknown): boolean {
  return bytes instanceof Uint8Array || bytes instanceof ArrayBuffer
}

/** The JSON value of a text; undefined when it is not JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

// The database returns bytes at any offset; doubles need a multiple of eight.
function doublesOf(bytes: Uint8Array | ArrayBuffer): Float64Array<ArrayBuffer> {
  return new Float64Array(new Uint8Array(bytes).buffer)
}
