// Words of entries; the host reads them once after the run. Number 0 is the entry without a word.
const MOST_TAGS: i32 = 1_000
/** As long as a formula may be: the rules' word for an entry is its condition. */
const MOST_CHARACTERS: i32 = 2_000
/** All words together: they stay in the strategy's memory. */
const ROOM: i32 = 200_000

const tags: string[] = [""]
let characters: i32 = 0

/** The number of a word; assigned on first use. Beyond a thousand words, or their room, all share the first. */
export function tagNumber(word: string): i32 {
  const short = word.length > MOST_CHARACTERS ? word.slice(0, MOST_CHARACTERS) : word
  const known = tags.indexOf(short)
  if (known >= 0) return known
  if (tags.length >= MOST_TAGS || characters + short.length > ROOM) return 0
  characters += short.length
  return tags.push(short) - 1
}

export function tagCount(): i32 {
  return tags.length
}

/** Address of the n-th word, UTF-16. */
export function tagAddress(n: i32): usize {
  return changetype<usize>(tags[n])
}

export function tagLength(n: i32): i32 {
  return tags[n].length
}
