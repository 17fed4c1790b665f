const WORD = 4_294_967_296

/**
 * Chance from a seed: xoshiro128** of D. Blackman and S. Vigna (https://prng.di.unimi.it/), seeded by their SplitMix
 * idea in 32 bits. Only integer steps, and only + - * / and square roots beyond, which IEEE 754 fixes to the bit:
 * every machine draws the same.
 */
export class SeededChance {
  private readonly state = new Int32Array(4)

  /** `seed`: any whole number from 0 to 2^53. */
  constructor(seed: number) {
    let mix = ((seed % WORD) | 0) ^ Math.imul(Math.floor(seed / WORD), 0x9e3779b1)
    for (let at = 0; at < 4; at++) {
      mix = (mix + 0x9e3779b9) | 0
      this.state[at] = scrambled(mix)
    }
  }

  /** Evenly spread over [0, 1), in steps of 2^-32. */
  uniform(): number {
    const s = this.state
    const drawn = Math.imul(rotated(Math.imul(s[1], 5), 7), 9)
    const shifted = s[1] << 9
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= shifted
    s[3] = rotated(s[3], 11)
    return (drawn >>> 0) / WORD
  }

  /** Bell-shaped with mean 0 and deviation 1: the sum of four uniform draws, whose tails end at 3.5 deviations. */
  bell(): number {
    return (this.uniform() + this.uniform() + this.uniform() + this.uniform() - 2) * Math.sqrt(3)
  }

  /**
   * The factor by which Student's t with five degrees of freedom widens a bell-shaped step now and then; its mean
   * square is 1.
   */
  tailFactor(): number {
    let squares = 0
    for (let draw = 0; draw < 5; draw++) {
      const step = this.bell()
      squares += step * step
    }
    // t = bell x sqrt(5 / squares) has variance 5/3. The floor keeps one candle from losing or winning half the market.
    return Math.sqrt(3 / Math.max(squares, 0.15))
  }
}

/** The finisher of MurmurHash3 (A. Appleby), which spreads every bit of a seed over the whole word. */
export function scrambled(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}
