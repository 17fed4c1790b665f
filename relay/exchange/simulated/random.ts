/** Seeded chance. The same seed gives the same numbers on every machine: only 32-bit integer arithmetic is used. */
export type Random = {
  /** A number in [0, 1) with 32 random bits. */
  next(): number
  /** A whole number in [0, limit). */
  below(limit: number): number
}

/** 32-bit FNV-1a hash of a text (Fowler, Noll, Vo; RFC 9923), used to turn names into seeds. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

/** Chance from a seed text, by xoshiro128** (Blackman and Vigna, https://prng.di.unimi.it). */
export function createRandom(seed: string): Random {
  let [a, b, c, d] = [0, 1, 2, 3].map((part) => hashOf(`${seed}/${part}`) | 1)
  // Its four words are variables, not an array: a year of made-up minutes draws from it five million times.
  const next = () => {
    const drawn = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotate(d, 11)
    return drawn / 0x1_0000_0000
  }
  return { next, below: (limit) => Math.floor(next() * limit) }
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}
