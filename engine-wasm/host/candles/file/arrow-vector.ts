/** How flatbuffers reads the length of a list. */
export type VectorReader = { __vector_len: (this: VectorReader, offset: number) => number; capacity(): number }

/** No file of candles has this many columns, buffers or batches; an empty batch costs a moment, too. */
const LONGEST_LIST = 20_000

const bounded = new WeakSet<VectorReader>()

/**
 * Makes flatbuffers throw where a file claims a list longer than the file itself, or than any candle schema. By
 * default it trusts the file: one damaged byte makes apache-arrow read two thousand million fields, and the page
 * freezes.
 */
export function refuseImpossibleVectors(reader: VectorReader): void {
  if (bounded.has(reader)) return
  bounded.add(reader)
  const lengthAsClaimed = reader.__vector_len
  reader.__vector_len = function (offset) {
    const length = lengthAsClaimed.call(this, offset)
    if (length < 0 || length > Math.min(this.capacity(), LONGEST_LIST)) throw new RangeError("A list is too long.")
    return length
  }
}
