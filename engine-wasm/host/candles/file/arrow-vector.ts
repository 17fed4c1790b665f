/** How flatbuffers reads the length of a list. */
export type VectorReader = { __vector_len: (this: VectorReader, offset: number) => number; capacity(): number }

/** No file of candles lists so many columns, buffers or batches; a batch of none costs a moment, too. */
const LONGEST_LIST = 20_000

const bounded = new WeakSet<VectorReader>()

/**
 * From here on flatbuffers throws where a file claims a list longer than the file itself, or than any that describes
 * candles. As it comes it believes the file:
 * one spoiled byte makes apache-arrow read two thousand million fields, and a page stands still for it.
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
