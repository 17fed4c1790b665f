import fc from "fast-check"
import { expect, test } from "vitest"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import { strategyFromJson } from "../../strategy/document/strategy-document-from-json.ts"
import {
  combinationAt,
  combinationCount,
  dimensionsOf,
  numbering,
  numberOf,
  placesOf,
  radicesOf,
  type SearchSpace,
} from "./search-space.ts"
import { gridProblems, MOST_GRID_COMBINATIONS, spaceProblems } from "./space-problems.ts"

const strategy = (() => {
  const read = strategyFromJson({
    format: "candlewright.strategy/1",
    name: "Cross",
    timeframe: "1h",
    params: {
      fast: { type: "int", value: 5, min: 2, max: 30 },
      slow: { type: "number", value: 20, min: 5, max: 200, step: 1 },
      trend: { type: "bool", value: true },
    },
    long: { enter: { all: ["ema(close, fast) > ema(close, slow)", "trend"] }, exit: null },
  })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.strategy
})()

const spaceOf = (
  vary: Record<string, (number | boolean)[]>,
  variants: StrategyDocument[] = [strategy],
): SearchSpace => ({
  variants,
  dimensions: dimensionsOf(vary),
})

test("the last dimension changes fastest, and the variant slowest", () => {
  const space = spaceOf({ fast: [5, 6], trend: [true, false] }, [strategy, strategy])
  expect(combinationCount(space)).toBe(8)
  const all = Array.from({ length: 8 }, (_, number) => combinationAt(space, number))
  expect(all.slice(0, 3)).toEqual([
    { variant: 0, params: { fast: 5, trend: true } },
    { variant: 0, params: { fast: 5, trend: false } },
    { variant: 0, params: { fast: 6, trend: true } },
  ])
  expect(all.map(({ variant }) => variant)).toEqual([0, 0, 0, 0, 1, 1, 1, 1])
})

const radices = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 6 })

test("every number is one combination: its places and its values lead back to it, up to 2^53", () => {
  fc.assert(
    fc.property(
      radices,
      fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      ([variants, ...counts], where) => {
        const space = spaceOf(
          Object.fromEntries(counts.map((count, at) => [`p${at}`, Array.from({ length: count }, (_, n) => n * 3)])),
          Array.from({ length: variants }, () => strategy),
        )
        const number = Math.min(Math.floor(where * combinationCount(space)), Number.MAX_SAFE_INTEGER)
        const places = placesOf(space, number)
        expect(numberOf(space, places)).toBe(number)
        expect(numbering(space)(combinationAt(space, number))).toBe(number)
        expect(places.every((place, at) => place >= 0 && place < radicesOf(space)[at])).toBe(true)
      },
    ),
  )
})

test("numbers that the space does not have are refused", () => {
  const space = spaceOf({ fast: [5, 6] })
  for (const number of [2, -1, 0.5, NaN, Infinity]) expect(() => combinationAt(space, number)).toThrow(RangeError)
})

test("a value that appears twice is tried once", () => {
  expect(combinationCount(spaceOf({ fast: [5, 6, 5] }))).toBe(2)
})

test("a dimension without values, an unknown param and a value out of bounds are refused at their place", () => {
  expect(spaceProblems(spaceOf({ fast: [5, 6], trend: [true, false] }))).toEqual([])
  expect(spaceProblems(spaceOf({ fast: [] }))).toEqual([{ path: "vary.fast", because: "name at least one value" }])
  expect(spaceProblems(spaceOf({ fst: [5] }))[0].because).toMatch(/no param `fst`.*did you mean `fast`/)
  expect(spaceProblems(spaceOf({ fast: [5, 31] }))).toEqual([{ path: "vary.fast", because: "31 is outside 2 to 30" }])
  expect(spaceProblems(spaceOf({ trend: [true, 2] }))[0].path).toBe("vary.trend")
  expect(spaceProblems(spaceOf({ fast: [5] }), { slow: 1 })[0].path).toBe("params.slow")
  expect(spaceProblems(spaceOf({ fast: [5] }, []))[0].path).toBe("vary")
})

test("more combinations than can be counted are refused before any is made", () => {
  const values = Array.from({ length: 1_000 }, (_, n) => n)
  const vary = Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`p${at}`, values]))
  expect(spaceProblems(spaceOf(vary))).toEqual([
    {
      path: "vary",
      because: "about 1.0e+18 combinations are more than can be counted; try fewer values or fewer params",
    },
  ])
})

test("a grid of a billion says how long it would take and how to sample instead", () => {
  const values = Array.from({ length: 1_000 }, (_, n) => n)
  const space = spaceOf({ a: values, b: values, c: values })
  const [{ because }] = gridProblems(space, 100_000)
  expect(because).toMatch(/1,000,000,000 combinations and take about 2 h 47 min/)
  expect(because).toMatch(/tpe.*random/)
  expect(gridProblems(space)[0].because).not.toContain("take about")
  expect(gridProblems(spaceOf({ a: values, b: values }))).toEqual([])
  expect(MOST_GRID_COMBINATIONS).toBe(2_000_000)
})
