import fc from "fast-check"
import { expect, test } from "vitest"
import { ranked, sweepFigures, type SweepRow } from "../sweep/sweep-row.ts"
import { byPlace, constraintProblems, standingOf, toldScore, type Placed, type Standing } from "./constraints.ts"
import {
  MOST_OBJECTIVES,
  namedObjectives,
  nothingJudged,
  readObjective,
  readObjectives,
  scoresOf,
} from "./objective.ts"

const row = (figures: Partial<Record<(typeof sweepFigures)[number], number>>) =>
  sweepFigures.map((name) => figures[name] ?? Number.NaN)

function scored(text: string, figures: Parameters<typeof row>[0]): number {
  const read = readObjective(text)
  if (!read.ok) throw new Error(read.problems[0].because)
  return read.objective.scoreOf(row(figures), 0)
}

test("every named objective is a figure of a row, or one over another", () => {
  const figures = { sharpe: 1, sortino: 2, calmar: 3, totalReturnPercent: 8, maxDrawdownPercent: 2, expectancy: 5 }
  const values = Object.keys(namedObjectives).map((name) => scored(name, figures))
  expect(values).toEqual([1, 2, 3, 8, 4, 5])
})

test("a formula over the figures is an objective, a figure alone is best as its definition says", () => {
  expect(scored("sharpe - 0.1 * maxDrawdownPercent", { sharpe: 2, maxDrawdownPercent: 5 })).toBe(1.5)
  expect(scored("maxDrawdownPercent", { maxDrawdownPercent: 5 })).toBe(-5)
  expect(scored(" maxDrawdownPercent ", { maxDrawdownPercent: 5 })).toBe(-5)
})

test("what is NaN or infinite cannot be judged", () => {
  expect(scored("sharpe", {})).toBeNaN()
  expect(scored("returnOverDrawdown", { totalReturnPercent: 3, maxDrawdownPercent: 0 })).toBeNaN()
  const read = readObjective("sharpe / 0")
  expect(read.ok && nothingJudged(read.objective)).toMatch(/`sharpe \/ 0` has no value.*Nothing was lost/)
})

test("a refusal says where and which figures there are", () => {
  const read = readObjective("sharpe - maxDrawdwn")
  expect(read.ok ? [] : read.problems).toEqual([
    { path: "objective", character: 9, because: expect.stringContaining(sweepFigures.join(", ")) },
  ])
  expect(readObjectives(["sharpe", "shrpe"]).ok).toBe(false)
  expect(readObjectives([]).ok).toBe(false)
  expect(readObjectives(Array.from({ length: MOST_OBJECTIVES + 1 }, () => "sharpe")).ok).toBe(false)
})

test("several objectives give a point each", () => {
  const read = readObjectives(["sharpe", "maxDrawdownPercent"])
  expect(read.ok && scoresOf(read.objectives, row({ sharpe: 1, maxDrawdownPercent: 9 }), 0)).toEqual([1, -9])
})

test("constraints are checked before a search begins", () => {
  expect(constraintProblems({ minTrades: 30, maxDrawdownPercent: 20 })).toEqual([])
  expect(constraintProblems({ minTrades: -1 })[0].path).toBe("minTrades")
  expect(constraintProblems({ maxDrawdownPercent: NaN })[0].path).toBe("maxDrawdownPercent")
})

const someScore = fc.oneof(fc.constant(Number.NaN), fc.integer({ min: -5, max: 5 }))
const someRows = fc.array(
  fc.record({
    sharpe: someScore,
    tradeCount: fc.constantFrom(0, 3, 10, 40),
    maxDrawdownPercent: fc.integer({ min: 0, max: 60 }),
  }),
  { maxLength: 30 },
)
const placed = (rows: { sharpe: number; tradeCount: number; maxDrawdownPercent: number }[], most = Infinity) => {
  const standing = standingOf({ maxDrawdownPercent: most })
  return rows.map((one, number) => ({ number, score: one.sharpe, standing: standing(one.sharpe, row(one), 0) }))
}

test("without a drawdown to hold, the order is the sweep's", () => {
  fc.assert(
    fc.property(someRows, (rows) => {
      // A sweep puts a row without a value behind those of its group, a search behind all.
      const judged = rows.filter(({ sharpe }) => !Number.isNaN(sharpe))
      const own = placed(judged)
        .sort(byPlace)
        .filter(({ standing }) => standing < 2)
      const swept = ranked(
        judged.map((one, number) => ({ ...one, params: { number } }) as unknown as SweepRow),
        "sharpe",
      )
      expect(own.map(({ number }) => number)).toEqual(
        swept.filter(({ tradeCount }) => tradeCount! > 0).map(({ params }) => params.number),
      )
    }),
  )
})

test("those that break a constraint come after all that hold, those that never traded at the end, whatever the order", () => {
  fc.assert(
    fc.property(someRows, fc.integer(), (rows, seed) => {
      const sorted = placed(rows, 30).sort(byPlace)
      expect(sorted.map(({ standing }) => standing)).toEqual(
        sorted.map(({ standing }) => standing).sort((a, b) => a - b),
      )
      const shuffled = sorted.toSorted((a, b) => ((a.number * 7919 + seed) % 31) - ((b.number * 7919 + seed) % 31))
      expect(shuffled.sort(byPlace)).toEqual(sorted)
    }),
  )
})

test("the number that a method learns keeps the order of places", () => {
  const one = fc.record({
    number: fc.constant(0),
    score: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    standing: fc.constantFrom<Standing>(0, 1),
  })
  fc.assert(
    fc.property(one, one, (a: Placed, b: Placed) => {
      const [first, second] = byPlace(a, b) <= 0 ? [a, b] : [b, a]
      expect(toldScore(first.score, first.standing)).toBeGreaterThanOrEqual(toldScore(second.score, second.standing))
    }),
  )
  expect(toldScore(5, 2)).toBeNaN()
})
