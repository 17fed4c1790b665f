import { type CandleColumns, countBefore, mapColumns } from "../candles.ts"

/** Large enough that a million candles are a hundred chunks, small enough that rewriting one is half a megabyte. */
export const CHUNK_CANDLES = 10_000

/** The bucket of a moment: the number of `CHUNK_CANDLES` timeframes since 1970. */
export function bucketOf(timeMs: number, timeframeMs: number): number {
  return Math.floor(timeMs / (CHUNK_CANDLES * timeframeMs))
}

/** Cuts ascending candles where one bucket ends and the next begins; views on the same memory. */
export function bucketsOf(columns: CandleColumns, timeframeMs: number): Map<number, CandleColumns> {
  const { openTimeMs } = columns
  const buckets = new Map<number, CandleColumns>()
  for (let from = 0; from < openTimeMs.length;) {
    const bucket = bucketOf(openTimeMs[from], timeframeMs)
    const to = countBefore(openTimeMs, (bucket + 1) * CHUNK_CANDLES * timeframeMs)
    const start = from
    buckets.set(
      bucket,
      mapColumns(columns, (column) => column.subarray(start, to)),
    )
    from = to
  }
  return buckets
}
