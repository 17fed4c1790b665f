import type { SeededChance } from "./seeded-chance.ts"

/**
 * Which of `length` moments come one after the other in a resampled past of `count` moments: the stationary bootstrap of
 * D. N. Politis and J. P. Romano, "The Stationary Bootstrap" (1994). From a random moment on they follow each other, the
 * first after the last; with a chance of 1 / `meanBlock` at each step a new block begins anywhere.
 */
export function stationaryBlocks(
  chance: SeededChance,
  { length, count = length, meanBlock }: { length: number; count?: number; meanBlock: number },
): Uint32Array {
  const places = new Uint32Array(count)
  const newBlock = 1 / Math.max(1, meanBlock)
  let place = length - 1
  for (let at = 0; at < count; at++) {
    const begins = at === 0 || chance.uniform() < newBlock
    place = begins ? Math.floor(chance.uniform() * length) : place + 1 < length ? place + 1 : 0
    places[at] = place
  }
  return places
}

/**
 * Puts values in random order, each order as likely as any: R. Durstenfeld, "Algorithm 235: Random permutation" (1964).
 */
export function shuffle(values: Float64Array | Uint32Array, chance: SeededChance): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(chance.uniform() * (last + 1))
    const kept = values[last]
    values[last] = values[other]
    values[other] = kept
  }
}
