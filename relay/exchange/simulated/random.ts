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
  const state = Int32Array.from([0, 1, 2, 3], (part) => hashOf(`${seed}/${part}`) | 1)
  const next = () => nextUint(state) / 0x1_0000_0000
  return { next, below: (limit) => Math.floor(next() * limit) }
}

function nextUint(state: Int32Array): number {
  const result = Math.imul(rotate(Math.imul(state[1], 5), 7), 9)
  const shifted = state[1] << 9
  state[2] ^= state[0]
  state[3] ^= state[1]
  state[1] ^= state[2]
  state[0] ^= state[3]
  state[2] ^= shifted
  state[3] = rotate(state[3], 11)
  return result >>> 0
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}
