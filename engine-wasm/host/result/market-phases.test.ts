import { expect, test } from "vitest"
import { runOf } from "../../testing/run-record-story.ts"
import { marketPhases } from "./market-phases.ts"
import { smallestCash } from "./smallest-order.ts"

/** A value for each day of January, February and March 2024, the same within a month. */
const daily = (january: number, february: number, march: number) =>
  Array.from({ length: 91 }, (_, day) => (day < 31 ? january : day < 60 ? february : march))

test("months are sorted by what holding made of them, with the strategy's own gains beside", () => {
  const holding = Float64Array.from(daily(120, 122.4, 91.8))
  const run = runOf({ cash: 100, equity: daily(110, 112.2, 106.59), holding: [...holding] })
  const phases = marketPhases(run, holding)
  expect(phases.map(({ kind, months }) => [kind, months])).toEqual([
    ["rising", 1],
    ["flat", 1],
    ["falling", 1],
  ])
  const rounded = phases.map(({ returnPercent, holdingPercent }) => [
    Math.round(10 * returnPercent) / 10,
    Math.round(10 * holdingPercent) / 10,
  ])
  expect(rounded).toEqual([
    [10, 20],
    [2, 2],
    [-5, -25],
  ])
})

test("a kind of month that did not occur is left out, and months of a kind are averaged", () => {
  const holding = Float64Array.from(daily(110, 121, 133.1))
  const run = runOf({ cash: 100, equity: daily(104, 108.16, 114.6496), holding: [...holding] })
  const [rising, ...others] = marketPhases(run, holding)
  expect(others).toEqual([])
  expect(rising.months).toBe(3)
  expect(rising.returnPercent).toBeCloseTo(14 / 3, 6)
  expect(rising.holdingPercent).toBeCloseTo(10, 6)
})

test("months in which it stood aside while the market fell are counted apart from months that lost", () => {
  const holding = Float64Array.from(daily(90, 81, 72.9))
  const run = runOf({ cash: 100, equity: daily(100, 100, 95), holding: [...holding] })
  const phases = marketPhases(run, holding)
  expect(phases.map(({ kind, outcome, months, ofMonths }) => [kind, outcome, months, ofMonths])).toEqual([
    ["falling", "lost", 1, 3],
    ["falling", "aside", 2, 3],
  ])
  expect(phases[0].returnPercent).toBeCloseTo(-5, 6)
  expect(phases[1]).toMatchObject({ returnPercent: 0 })
})

test("the least money is that with which the smallest order is worth the minimum, with a little over", () => {
  const trades = [
    { profit: 1, quantity: 0.5, entryPrice: 100, exitPrice: 110 },
    { profit: -1, quantity: 0.2, entryPrice: 100, exitPrice: 80 },
  ]
  // The smallest order is the sale at the stop: 0.2 × 80 = $16 of $100.
  expect(smallestCash(runOf({ cash: 100, trades }), 5)).toBeCloseTo((100 * 5 * 1.05) / 16, 9)
  expect(smallestCash(runOf({ cash: 100, trades: [] }), 5)).toBeNull()
})
