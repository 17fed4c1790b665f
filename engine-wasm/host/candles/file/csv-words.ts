/** Signals written as words, as in tables from Python, and the ways to write an unknown value. */
const words = new Map(
  Object.entries({ true: 1, false: 0, "": NaN, nan: NaN, null: NaN, none: NaN, na: NaN, "n/a": NaN, "-": NaN }).map(
    ([word, value]) => [wordKey(new TextEncoder().encode(word), 0, word.length), value],
  ),
)
const LONGEST_WORD = 5

/** What a word in a column of numbers means, NaN for "not known"; undefined for any other text. */
export function wordValue(bytes: Uint8Array, start: number, end: number): number | undefined {
  return end - start > LONGEST_WORD ? undefined : words.get(wordKey(bytes, start, end))
}

/** A short word as one number, ignoring case: a text for each cell would take for ever. */
function wordKey(bytes: Uint8Array, start: number, end: number): number {
  let key = 1
  for (let at = start; at < end; at++)
    key = key * 256 + (bytes[at] >= 65 && bytes[at] <= 90 ? bytes[at] | 32 : bytes[at])
  return key
}
