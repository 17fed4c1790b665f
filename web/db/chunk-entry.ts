import { candleBytes, type CandleColumns, holesOf, sha256Hex } from "#engine/candles"
import type { CandleChunk } from "./candle-chunk.ts"

/** The catalogue's entry for one chunk: enough for a market's figures, and to notice that a chunk is missing. */
export type ChunkEntry = {
  marketId: string
  bucket: number
  count: number
  fromMs: number
  toMs: number
  gapCount: number
  missing: number
  bytes: number
  /** sha256 of the candles' bytes, in the layout of the engine's `candleBytes`. */
  hash: string
}

/**
 * The figures of a market's candles. Times are the opens of the first and the last candle, UTC ms, 0 while there are
 * none.
 */
export type MarketFigures = {
  candleCount: number
  fromMs: number
  toMs: number
  gapCount: number
  missingCandles: number
  storedBytes: number
  /**
   * sha256 over the chunks' own, in order of time: equal candles of an equal timeframe have an equal hash in every
   * browser.
   */
  hash: string
}

/** Describes a chunk that holds these columns. */
export async function entryOf(
  { marketId, bucket, values }: CandleChunk,
  columns: CandleColumns,
  timeframeMs: number,
): Promise<ChunkEntry> {
  const { openTimeMs, extra = {} } = columns
  const holes = holesOf({ openTimeMs, timeframeMs })
  return {
    marketId,
    bucket,
    count: openTimeMs.length,
    fromMs: openTimeMs[0],
    toMs: openTimeMs[openTimeMs.length - 1],
    gapCount: holes.length,
    missing: holes.reduce((sum, hole) => sum + hole.missing, 0),
    bytes: values.size,
    hash: await sha256Hex(candleBytes({ ...columns, extra, timeframeMs, priceDecimals: 0 })),
  }
}

/** The figures of a market from the entries of all its chunks, in order of time. */
export async function figuresOf(entries: ChunkEntry[], timeframeMs: number): Promise<MarketFigures> {
  const holes = entries
    .slice(1)
    .map(({ fromMs }, at) => Math.round((fromMs - entries[at].toMs) / timeframeMs) - 1)
    .filter((missing) => missing > 0)
  const sum = (figure: (entry: ChunkEntry) => number) => entries.reduce((total, entry) => total + figure(entry), 0)
  return {
    candleCount: sum(({ count }) => count),
    fromMs: entries.at(0)?.fromMs ?? 0,
    toMs: entries.at(-1)?.toMs ?? 0,
    gapCount: sum(({ gapCount }) => gapCount) + holes.length,
    missingCandles: sum(({ missing }) => missing) + holes.reduce((total, missing) => total + missing, 0),
    storedBytes: sum(({ bytes }) => bytes),
    hash: await sha256Hex(new TextEncoder().encode(entries.map(({ hash }) => hash).join("\n"))),
  }
}
