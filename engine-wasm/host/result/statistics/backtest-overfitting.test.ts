import fc from "fast-check"
import { expect, test } from "vitest"
import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { backtestOverfitting, MOST_OVERFITTING_TRIALS } from "./backtest-overfitting.ts"
import { emptyBlockSums, writeBlockSums, type BlockSums } from "./block-sums.ts"

type Returns = number[][]

function blocksOf(trials: Returns, blockCount: number): BlockSums {
  const blocks = emptyBlockSums(trials.length, blockCount, trials[0].length)
  trials.forEach((returns, trial) => writeBlockSums(blocks, trial, Float64Array.from(returns)))
  return blocks
}

function noise({ trials, days, seed, edge = 0 }: { trials: number; days: number; seed: number; edge?: number }) {
  const chance = new SeededChance(seed)
  return Array.from({ length: trials }, (_, trial) =>
    Array.from({ length: days }, () => 0.01 * chance.bell() + (trial === 3 ? edge : 0)),
  )
}

/** The paper's procedure over the full matrix of returns, in its own order and without any shortcut. */
function overfittingByHand(trials: Returns, blockCount: number) {
  const days = trials[0].length
  const blockOf = (day: number) =>
    Array.from({ length: blockCount }, (_, block) => block).findLast(
      (block) => day >= Math.floor((block * days) / blockCount),
    )!
  const choices = (from: number, size: number): number[][] =>
    size === 0
      ? [[]]
      : Array.from({ length: blockCount - from }, (_, step) => from + step).flatMap((first) =>
          choices(first + 1, size - 1).map((rest) => [first, ...rest]),
        )
  const sharpe = (returns: number[]) => {
    const mean = returns.reduce((sum, each) => sum + each, 0) / returns.length
    const squares = returns.reduce((sum, each) => sum + (each - mean) ** 2, 0)
    return squares === 0 ? 0 : mean / Math.sqrt(squares / (returns.length - 1))
  }
  const pairs = choices(0, blockCount / 2).map((chosen) => {
    const isIn = (day: number) => chosen.includes(blockOf(day))
    const seen = trials.map((returns) => sharpe(returns.filter((_, day) => isIn(day))))
    const unseen = trials.map((returns) => sharpe(returns.filter((_, day) => !isIn(day))))
    const winner = seen.indexOf(Math.max(...seen))
    const rank = 1 + unseen.filter((each) => each < unseen[winner]).length
    const share = rank / (trials.length + 1)
    return { seen: seen[winner], unseen: unseen[winner], logit: Math.log(share / (1 - share)) }
  })
  const meanOf = (of: (pair: (typeof pairs)[number]) => number) =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length
  const [meanSeen, meanUnseen] = [meanOf((pair) => pair.seen), meanOf((pair) => pair.unseen)]
  return {
    probability: meanOf(({ logit }) => (Math.abs(logit) < 1e-12 ? 0.5 : Number(logit < 0))),
    lossProbability: meanOf(({ unseen }) => Number(unseen < 0)),
    logits: pairs.map(({ logit }) => logit).toSorted((a, b) => a - b),
    degradationSlope:
      meanOf(({ seen, unseen }) => (seen - meanSeen) * (unseen - meanUnseen)) /
      meanOf(({ seen }) => (seen - meanSeen) ** 2),
  }
}

test("sums of blocks give what the full returns give, worked out step by step", () => {
  const asked = fc.record({
    trials: fc.integer({ min: 2, max: 9 }),
    days: fc.integer({ min: 40, max: 90 }),
    seed: fc.nat(),
    blockCount: fc.constantFrom(2, 4, 6, 8, 10),
    edge: fc.constantFrom(0, 0.003),
  })
  fc.assert(
    fc.property(asked, ({ blockCount, ...each }) => {
      const trials = noise(each)
      const fast = backtestOverfitting(blocksOf(trials, blockCount))!
      const slow = overfittingByHand(trials, blockCount)
      expect(fast.probability).toBeCloseTo(slow.probability, 12)
      expect(fast.lossProbability).toBeCloseTo(slow.lossProbability, 12)
      expect(fast.degradationSlope).toBeCloseTo(slow.degradationSlope, 8)
      const logits = fast.logits.toSorted()
      expect(logits.length).toBe(slow.logits.length)
      slow.logits.forEach((logit, at) => expect(logits[at]).toBeCloseTo(logit, 12))
    }),
    { numRuns: 8 },
  )
})

test("16 blocks can be halved in 12,870 ways, and each way's mirror image is there too", () => {
  const { logits } = backtestOverfitting(blocksOf(noise({ trials: 5, days: 320, seed: 1 }), 16))!
  expect(logits.length).toBe(12_870)
})

test("choosing among pure noise is right half of the time, and a good look promises nothing", () => {
  const results = Array.from({ length: 40 }, (_, seed) =>
    backtestOverfitting(blocksOf(noise({ trials: 40, days: 480, seed }), 8))!,
  )
  const mean = results.reduce((sum, { probability }) => sum + probability, 0) / results.length
  expect(mean).toBeGreaterThan(0.4)
  expect(mean).toBeLessThan(0.6)
  expect(results.filter(({ degradationSlope }) => degradationSlope < 0).length).toBeGreaterThan(30)
})

test("one truly better trial is found again in the other half", () => {
  for (let seed = 0; seed < 10; seed++) {
    const found = backtestOverfitting(blocksOf(noise({ trials: 40, days: 480, seed, edge: 0.004 }), 8))!
    expect(found.probability).toBeLessThan(0.05)
    expect(found.lossProbability).toBeLessThan(0.05)
  }
})

test("identical trials stand in the middle: as likely above as below, with nothing to tell them apart", () => {
  const [one] = noise({ trials: 1, days: 100, seed: 5 })
  const { probability, logits } = backtestOverfitting(blocksOf([one, one, one], 4))!
  expect(probability).toBe(0.5)
  expect([...logits]).toEqual([0, 0, 0, 0, 0, 0])
})

test("trials that never trade have a Sharpe ratio of 0 and do not disturb", () => {
  const idle = Array.from({ length: 120 }, () => 0)
  const { probability, degradationSlope, lossProbability } = backtestOverfitting(blocksOf([idle, idle], 6))!
  expect({ probability, degradationSlope, lossProbability }).toEqual({
    probability: 0.5,
    degradationSlope: NaN,
    lossProbability: 0,
  })
})

test("one trial leaves no choice; an odd number of blocks or too many of them, or of trials, is refused", () => {
  expect(backtestOverfitting(blocksOf(noise({ trials: 1, days: 50, seed: 1 }), 4))).toBeUndefined()
  for (const blockCount of [0, 3, 18]) {
    const blocks = emptyBlockSums(2, blockCount, 100)
    expect(() => backtestOverfitting(blocks)).toThrow(/even number of blocks from 2 to 16/)
  }
  const many = emptyBlockSums(MOST_OVERFITTING_TRIALS + 1, 2, 10)
  expect(() => backtestOverfitting(many)).toThrow(/at most 10000/)
})
