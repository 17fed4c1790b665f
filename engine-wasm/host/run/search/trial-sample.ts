import { scrambled } from "../../candles/synthetic/seeded-chance.ts"

/** Trials of a sample: enough for a cloud of points, and for the probability of overfitting. */
export const SAMPLE_SIZE = 256

/**
 * Where a trial stands in a sample by chance, which is the same whatever the order of the trials: each number draws a
 * lot from its own digits and the seed, and the smallest lots stay. Undefined: it is not in it.
 */
export function placeInSample(sample: readonly { number: number }[], number: number, seed: number): number | undefined {
  const isFull = sample.length >= SAMPLE_SIZE
  if (isFull && !isSmaller(number, sample[sample.length - 1].number, seed)) return undefined
  const before = sample.findIndex((other) => isSmaller(number, other.number, seed))
  return before >= 0 ? before : sample.length
}

function isSmaller(one: number, other: number, seed: number): boolean {
  const [a, b] = [lotOf(one, seed), lotOf(other, seed)]
  return a === b ? one < other : a < b
}

function lotOf(number: number, seed: number): number {
  const high = Math.floor(number / 4_294_967_296)
  return scrambled(scrambled((number | 0) ^ scrambled((seed + 1) | 0)) ^ high)
}
