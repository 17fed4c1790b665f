import fc from "fast-check"
import { expect, test } from "vitest"
import type { FunctionSpec } from "../../host/strategy/formula/function-spec.ts"
import { statistics } from "../../host/strategy/functions/statistics.ts"
import { operatorHarness } from "../../testing/operator-harness.ts"
import { expectOperatorLaws, expectTalib } from "../../testing/operator-laws.ts"
import { talibVectors } from "../../testing/talib-vectors.ts"

const harness = await operatorHarness()

const specOf = (name: string) => statistics.find((spec) => spec.name === name)!
function answers(name: string, series: number[][], numbers: number[], scale = 0): number[] {
  const [high, low] = series.map((values) => Float64Array.from(values))
  const input = specOf(name).candle.length ? { columns: { high: high!, low: low! } }
    : { series: series.map((values) => Float64Array.from(values)) }
  return [...harness.run(specOf(name), { ...input, numbers, scale })[0]!]
}

const talibNames: Record<string, string> = {
  MAX: "highest", MIN: "lowest", SUM: "sum", CORREL: "correl", BETA: "beta", MIDPOINT: "midpoint", MIDPRICE: "midprice",
}
const vectors = talibVectors()
const cases = vectors?.cases.filter(({ name }) => name in talibNames) ?? []
test.runIf(vectors).each(cases)("$name $params equals TA-Lib's values on real candles", ({ name, params, inputs, begIdx, outputs }) => {
  const spec = specOf(talibNames[name]!)
  const series = spec.candle.length ? [] : inputs.map((input) => vectors!.columns[input])
  const tolerance = spec.name === "correl" || spec.name === "beta" ? 1e-5 : 1e-12
  for (const scale of [0, 100]) {
    const [values] = harness.run(spec, { columns: vectors!.columns, series, numbers: Object.values(params), scale })
    expectTalib(values!, begIdx, outputs["real"]!, { claim: spec.name, tolerance })
  }
})

test.runIf(vectors)("candles since the highest and the lowest point at TA-Lib's MAXINDEX and MININDEX", () => {
  const { close } = vectors!.columns
  for (const [name, talib] of [["highestBars", "MAXINDEX"], ["lowestBars", "MININDEX"]] as const) {
    const ago = answers(name, [[...close]], [30])
    const { begIdx, outputs } = vectors!.cases.find((candidate) => candidate.name === talib)!
    const prices = outputs["index"]!.map((index) => close[index])
    expect(ago.slice(begIdx).map((candles, i) => close[begIdx + i - candles])).toEqual(prices)
  }
})

test("the median of an even number is between the two in the middle", () => {
  expect(answers("median", [[3, 1, 2, 9, 9]], [3])).toEqual([NaN, NaN, 2, 2, 9])
  expect(answers("median", [[3, 1, 2, 9, 9]], [4])).toEqual([NaN, NaN, NaN, 2.5, 5.5])
})

test("percentRank counts the values before this one that are at or below it", () => {
  expect(answers("percentRank", [[1, 2, 3, 4, 2, 9]], [4])).toEqual([NaN, NaN, NaN, NaN, 50, 100])
})

test("highestBars takes the latest of equals", () => {
  expect(answers("highestBars", [[5, 7, 7, 1, 1, 1]], [3])).toEqual([NaN, NaN, 0, 1, 2, 0])
  expect(answers("lowestBars", [[5, 3, 3, 8, 8, 8]], [3])).toEqual([NaN, NaN, 0, 1, 2, 0])
})

test("the z-score is exact at any price, and 0 in a flat market", () => {
  const walk = [1, 4, 2, 8, 5, 7, 1, 3]
  const plain = answers("zscore", [walk], [4])
  expect(plain[3]).toBeCloseTo((8 - 3.75) / Math.sqrt(7.1875), 12)
  const far = answers("zscore", [walk.map((x) => 1e12 + x)], [4])
  const tiny = answers("zscore", [walk.map((x) => x * 2 ** -40)], [4])
  expect(far).toEqual(plain)
  expect(tiny).toEqual(plain)
  expect(answers("zscore", [[0.1, 0.1, 0.1, 0.1]], [3])).toEqual([NaN, NaN, 0, 0])
})

test("correlation is exact at prices of a million millions", () => {
  const a = [1, 4, 2, 8, 5, 7, 1, 3]
  const b = [2, 3, 2, 9, 4, 4, 1, 5]
  expect(answers("correl", [a.map((x) => 1e12 + x), b.map((x) => 1e12 - x)], [5])).toEqual(answers("correl", [a, b.map((x) => -x)], [5]))
})

test("on a price grid results are correctly rounded quotients of whole ticks, so that ties are ties", () => {
  const ticks = fc.array(fc.integer({ min: 1, max: 9_999_999 }), { minLength: 12, maxLength: 60 })
  fc.assert(
    fc.property(ticks, fc.integer({ min: 1, max: 9 }), fc.constantFrom(1, 100, 1e8), (whole, length, scale) => {
      const prices = whole.map((tick) => tick / scale)
      const windows = whole.map((_, i) => whole.slice(i - length + 1, i + 1).sort((x, y) => x - y)).slice(length - 1)
      const sums = windows.map((window) => window.reduce((sum, tick) => sum + tick) / scale)
      const middles = windows.map((window) => (window[(length - 1) >> 1]! + window[length >> 1]!) / (2 * scale))
      const halves = windows.map((window) => (window[0]! + window.at(-1)!) / (2 * scale))
      expect(answers("sum", [prices], [length], scale).slice(length - 1)).toEqual(sums)
      expect(answers("median", [prices], [length], scale).slice(length - 1)).toEqual(middles)
      expect(answers("midpoint", [prices], [length], scale).slice(length - 1)).toEqual(halves)
      expect(answers("midprice", [prices, prices], [length], scale).slice(length - 1)).toEqual(halves)
    }),
    { numRuns: 30 },
  )
})

// A walk on a grid of 0.01 with repeated prices, so that ties occur.
const walk = Float64Array.from({ length: 3000 }, (_, i) => Math.round(5000 + 900 * Math.sin(i / 31) + 70 * Math.sin(i * 1.7)) / 100)
const other = walk.map((price, i) => price * 2 + Math.sin(i))
const inputOf = (spec: FunctionSpec) => ({ columns: { high: other, low: walk }, series: spec.candle.length ? [] : [walk, other] })

test.each(statistics)("$name is the same in any blocks and from any start", (spec) => {
  expectOperatorLaws(harness, spec, inputOf(spec))
})

test.each(statistics)("$name over more candles than there are is never ready, and skips holes", (spec) => {
  expect(harness.run(spec, { ...inputOf(spec), numbers: [3001] })[0]!.every(Number.isNaN)).toBe(true)
  const hole = walk.map((price, i) => (i === 100 ? NaN : price))
  const series = spec.candle.length ? [] : [hole, other]
  const [values] = harness.run(spec, { columns: { high: other, low: hole }, series })
  expect(values![100]).toBeNaN()
  expect(values!.subarray(101).some(Number.isNaN)).toBe(false)
})
