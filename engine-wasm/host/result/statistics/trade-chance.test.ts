import fc from "fast-check"
import { expect, test } from "vitest"
import { FAN_PLACES, MOST_CHANCE_RUNS, tradeChance } from "./trade-chance.ts"

const returns = Float64Array.from({ length: 60 }, (_, at) => ((at * 37) % 23) / 400 - 0.022)
const asked = { returns, cash: 1000, ruinCash: 500, runs: 1000, seed: 7, chance: { kind: "shuffled" } } as const

function orders<T>(items: T[]): T[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item, at) => orders(items.toSpliced(at, 1)).map((rest) => [item, ...rest]))
}

function fallOf(path: number[]): number {
  return Math.max(...path.map((value, at) => 100 * (1 - value / Math.max(...path.slice(0, at + 1)))))
}

const pathOf = (order: number[]) => order.reduce((path, gain) => [...path, path.at(-1)! * (1 + gain)], [1000])

test("over many runs a shuffle comes to what all orders come to, worked out one by one", () => {
  const few = [0.3, -0.25, 0.1, -0.2, 0.15, -0.1]
  const all = orders(few).map(pathOf)
  const ruinedShare = all.filter((path) => path.slice(1).some((equity) => equity <= 700)).length / all.length
  const result = tradeChance({ ...asked, returns: Float64Array.from(few), ruinCash: 700, runs: 10_000 })!
  expect(Math.abs(result.ruinPercent / 100 - ruinedShare)).toBeLessThan(0.02)
  const falls = all.map(fallOf).toSorted((a, b) => a - b)
  expect(Math.abs(result.fallPercent.median - falls[falls.length / 2])).toBeLessThan(1)
  expect(Math.abs(result.fallPercent.worst - falls[Math.floor(falls.length * 0.95)])).toBeLessThan(1)
  const afterTwo = all.map((path) => path[2]).toSorted((a, b) => a - b)
  const found = result.fan[2].equity
  expect(Math.abs(found.worst - afterTwo[Math.floor(afterTwo.length * 0.05)])).toBeLessThan(25)
  expect(Math.abs(found.median - afterTwo[afterTwo.length / 2])).toBeLessThan(25)
})

test("another order ends with the same money: only the way there differs", () => {
  const { finalEquity, fallPercent } = tradeChance(asked)!
  const end = returns.reduce((equity, gain) => equity * (1 + gain), 1000)
  for (const equity of Object.values(finalEquity)) expect(equity / end).toBeCloseTo(1, 10)
  expect(fallPercent.worst).toBeGreaterThan(fallPercent.median)
  expect(fallPercent.median).toBeGreaterThan(fallPercent.best)
})

test("one trade is missed as often as asked", () => {
  const win = { ...asked, returns: Float64Array.of(0.5), runs: 10_000, ruinCash: 1000 }
  const { ruinPercent, finalEquity } = tradeChance({ ...win, chance: { kind: "skipped", missedPercent: 20 } })!
  // Whoever missed the only win still has 1,000, which counts as ruin here.
  expect(Math.abs(ruinPercent - 20)).toBeLessThan(1.5)
  expect(finalEquity).toEqual({ worst: 1000, median: 1500, best: 1500 })
})

test("missing none is the run itself, missing all is no run", () => {
  const none = tradeChance({ ...asked, chance: { kind: "skipped", missedPercent: 0 } })!
  const path = pathOf([...returns])
  expect(none.fallPercent.worst).toBeCloseTo(fallOf(path), 9)
  expect(none.fallPercent.best).toBe(none.fallPercent.worst)
  none.fan.forEach(({ tradeCount, equity }) => expect(equity.median).toBeCloseTo(path[tradeCount], 9))
  const all = tradeChance({ ...asked, chance: { kind: "skipped", missedPercent: 100 } })!
  expect(all.finalEquity).toEqual({ worst: 1000, median: 1000, best: 1000 })
  expect(all.fallPercent.worst).toBe(0)
})

test("money that is gone does not come back", () => {
  const { finalEquity, ruinPercent, fallPercent } = tradeChance({ ...asked, returns: Float64Array.of(-1.5, 2, 0.1) })!
  expect([finalEquity.best, ruinPercent, fallPercent.best]).toEqual([0, 100, 100])
})

test("the fan has the beginning, the end, and no more places than it may", () => {
  for (const trades of [1, 2, 49, 50, 51, 250]) {
    const { fan } = tradeChance({ ...asked, runs: 3, returns: new Float64Array(trades).fill(0.01) })!
    expect(fan[0]).toEqual({ tradeCount: 0, equity: { worst: 1000, median: 1000, best: 1000 } })
    expect(fan.at(-1)!.tradeCount).toBe(trades)
    expect(fan.length).toBe(Math.min(trades + 1, FAN_PLACES))
    expect(new Set(fan.map(({ tradeCount }) => tradeCount)).size).toBe(fan.length)
  }
})

test("without trades or runs there is nothing to say; runs have a cap; the same seed says the same", () => {
  expect(tradeChance({ ...asked, returns: new Float64Array(0) })).toBeUndefined()
  expect(tradeChance({ ...asked, runs: 0 })).toBeUndefined()
  expect(tradeChance({ ...asked, returns: Float64Array.of(0.1), runs: 1e9 })!.runs).toBe(MOST_CHANCE_RUNS)
  expect(tradeChance(asked)).toEqual(tradeChance(asked))
  expect(tradeChance({ ...asked, seed: 8 })!.fallPercent).not.toEqual(tradeChance(asked)!.fallPercent)
})

test("whatever the trades, worst is not better than median, and falls are 0 to 100 percent", () => {
  const trades = fc.array(fc.double({ min: -1.2, max: 3, noNaN: true }), { minLength: 1, maxLength: 60 })
  const chance = fc.oneof(
    fc.constant({ kind: "shuffled" as const }),
    fc.record({ kind: fc.constant("skipped" as const), missedPercent: fc.double({ min: 0, max: 100, noNaN: true }) }),
  )
  fc.assert(
    fc.property(trades, chance, fc.nat(), (each, kind, seed) => {
      const result = tradeChance({ ...asked, returns: Float64Array.from(each), chance: kind, seed, runs: 20 })!
      for (const { worst, median, best } of [result.finalEquity, ...result.fan.map(({ equity }) => equity)]) {
        expect(worst).toBeLessThanOrEqual(median)
        expect(median).toBeLessThanOrEqual(best)
      }
      expect(result.fallPercent.worst).toBeLessThanOrEqual(100)
      expect(result.fallPercent.worst).toBeGreaterThanOrEqual(result.fallPercent.best)
      expect(result.fallPercent.best).toBeGreaterThanOrEqual(0)
    }),
  )
})
