import fc from "fast-check"
import { expect, test } from "vitest"
import { crossing } from "../../host/strategy/functions/crossing.ts"
import { operatorHarness } from "../../testing/operator-harness.ts"
import { expectOperatorLaws, expectSameBitsInAnyBlocks } from "../../testing/operator-laws.ts"

const harness = await operatorHarness()

function answers(name: string, series: number[][], numbers: number[] = []): number[] {
  const spec = crossing.find((candidate) => candidate.name === name)!
  return [...harness.run(spec, { series: series.map((values) => Float64Array.from(values)), numbers })[0]!]
}

const a = [1, 3, 3, 2, 1, 2, 2]
const b = [2, 2, 2, 2, 2, 2, 1]

test("a rises above b where it stood at or below it on the candle before", () => {
  expect(answers("crossover", [a, b])).toEqual([NaN, 1, 0, 0, 0, 0, 1])
})

test("a falls below b where it stood at or above it on the candle before", () => {
  expect(answers("crossunder", [a, b])).toEqual([NaN, 0, 0, 0, 1, 0, 0])
})

test("a cross is either", () => {
  expect(answers("cross", [a, b])).toEqual([NaN, 1, 0, 0, 1, 0, 1])
})

test("nothing crosses on a hole or right after it, and no hole has lasting effects", () => {
  expect(answers("crossover", [[1, NaN, 3, 1, 3], [2, 2, 2, 2, 2]])).toEqual([NaN, NaN, NaN, 0, 1])
})

test("a crossover is what the rule a[1] <= b[1] and a > b says, for any numbers", () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), { minLength: 2, maxLength: 40 })
  fc.assert(
    fc.property(pairs, (rows) => {
      const said = rows.map(([x, y], i) => (i === 0 ? NaN : Number(rows[i - 1]![0] <= rows[i - 1]![1] && x > y)))
      expect(answers("crossover", [rows.map(([x]) => x), rows.map(([, y]) => y)])).toEqual(said)
    }),
  )
})

test("rising is above every one of the last values, not step by step", () => {
  expect(answers("rising", [[1, 3, 2, 4, 4, 5]], [2])).toEqual([NaN, NaN, 0, 1, 0, 1])
})

test("falling is below every one of the last values", () => {
  expect(answers("falling", [[5, 3, 4, 2, 2, 1]], [2])).toEqual([NaN, NaN, 0, 1, 0, 1])
})

test("barsSince counts from the last true candle, and is not known before the first", () => {
  expect(answers("barsSince", [[NaN, 0, 1, 0, NaN, 1, 1, 0]])).toEqual([NaN, NaN, 0, 1, 2, 0, 0, 1])
})

test("valueWhen remembers the source of the n-th true candle back", () => {
  const condition = [0, 1, 0, 1, NaN, 1]
  const source = [10, 11, 12, 13, 14, 15]
  expect(answers("valueWhen", [condition, source], [0])).toEqual([NaN, 11, 11, 13, 13, 15])
  expect(answers("valueWhen", [condition, source], [1])).toEqual([NaN, NaN, NaN, 11, 11, 13])
})

test("change is the source less its value n candles ago, holes counted", () => {
  expect(answers("change", [[1, 4, NaN, 16, 32]], [2])).toEqual([NaN, NaN, NaN, 12, NaN])
})

test("hour and weekday are UTC at the opening, Monday 1 to Sunday 7", () => {
  const opens = ["1970-01-01T00:00Z", "2024-02-29T23:59Z", "2024-03-03T12:30Z", "2024-03-04T00:00Z"]
  const time = Float64Array.from(opens, (iso) => Date.parse(iso))
  const said = (name: string) => [...harness.run(crossing.find((spec) => spec.name === name)!, { columns: { time } })[0]!]
  expect(said("hour")).toEqual([0, 23, 12, 0])
  expect(said("weekday")).toEqual([4, 4, 7, 1])
})

const wave = Float64Array.from({ length: 3000 }, (_, i) => Math.round(20 * Math.sin(i / 9) + 7 * Math.sin(i / 2.3)))
const slow = Float64Array.from({ length: 3000 }, (_, i) => Math.round(20 * Math.sin((i - 5) / 9)))
const time = wave.map((_, i) => i * 3_600_000)

test.each(crossing)("$name is the same in any blocks, and from any start where it forgets", (spec) => {
  const input = { series: spec.name === "barsSince" ? [wave.map((x) => Number(x > 9))] : [wave, slow], columns: { time } }
  if (spec.candle.length) Object.assign(input, { series: [] })
  if (Number.isFinite(spec.settledAfter([1]))) expectOperatorLaws(harness, spec, input)
  else expectSameBitsInAnyBlocks(harness, spec, input)
})
