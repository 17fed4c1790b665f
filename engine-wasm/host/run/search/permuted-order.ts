import { scrambled, SeededChance } from "../../candles/synthetic/seeded-chance.ts"

const ROUNDS = 8

/**
 * The numbers 0 to count - 1 in an order by chance, each exactly once, without a list of them: a Feistel network
 * (Luby & Rackoff 1988) over the next power of two, walked until it lands inside (Black & Rogaway 2002).
 */
export class PermutedOrder {
  readonly #keys: readonly number[]
  readonly #leftSize: number
  readonly #rightSize: number

  /** `count`: up to 2^53. */
  constructor(
    private readonly count: number,
    seed: number,
  ) {
    const bits = bitsFor(count)
    this.#rightSize = 2 ** Math.ceil(bits / 2)
    this.#leftSize = 2 ** Math.floor(bits / 2)
    const chance = new SeededChance(seed)
    this.#keys = Array.from({ length: ROUNDS }, () => Math.floor(chance.uniform() * 4_294_967_296))
  }

  /** The number at this place of the order. */
  at(place: number): number {
    let number = this.#once(place)
    while (number >= this.count) number = this.#once(number)
    return number
  }

  #once(number: number): number {
    let right = number % this.#rightSize
    let left = (number - right) / this.#rightSize
    for (let round = 0; round < ROUNDS; round += 2) {
      left ^= scrambled(right ^ this.#keys[round]) & (this.#leftSize - 1)
      right ^= scrambled(left ^ this.#keys[round + 1]) & (this.#rightSize - 1)
    }
    return left * this.#rightSize + right
  }
}

function bitsFor(count: number): number {
  let bits = 0
  while (2 ** bits < count) bits++
  return bits
}
