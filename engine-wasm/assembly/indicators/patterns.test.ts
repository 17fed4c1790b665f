import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { patterns } from "../../host/strategy/functions/patterns.ts"
import { operatorHarness } from "../../testing/operator-harness.ts"
import { expectOperatorLaws } from "../../testing/operator-laws.ts"
import { candleColumns, talibVectors } from "../../testing/talib-vectors.ts"

// 196 stretches of 15 candles in which every pattern occurs in every form, on a grid of 1/8 so that TA-Lib's running
// totals are free of rounding; the answers are TA-Lib 0.6.0's (C) for the default candle settings and penetrations.
const fixture = (name: string) => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), "utf8")
const columns = candleColumns(fixture("candle-patterns.csv"))
const talib: Record<string, { firstAnswer: number; hits: [number, number][] }> = JSON.parse(fixture("candle-patterns.talib.json"))

const harness = await operatorHarness()

test("all 61 of TA-Lib's candle patterns are here", () => {
  expect(patterns.map((spec) => spec.name).sort()).toEqual(Object.keys(talib).sort())
  expect(patterns).toHaveLength(61)
})

test.each(patterns)("$name answers as TA-Lib on candles that show every pattern", (spec) => {
  const { firstAnswer, hits } = talib[spec.name]!
  const expected = new Float64Array(columns.open.length).fill(0).fill(NaN, 0, firstAnswer)
  for (const [i, answer] of hits) expected[i] = answer
  expect(harness.run(spec, { columns })[0]).toEqual(expected)
})

test.each(patterns)("$name is the same in any blocks and from any start", (spec) => {
  expectOperatorLaws(harness, spec, { columns })
})

test.each(patterns)("$name sees the same in coins of a hundredth of a cent and in prices of a million millions", (spec) => {
  const priced = (price: number) => {
    const at = (values: Float64Array) => values.map((value) => value * price)
    return { open: at(columns.open), high: at(columns.high), low: at(columns.low), close: at(columns.close) }
  }
  const expected = harness.run(spec, { columns })
  for (const price of [2 ** -20, 2 ** 34]) expect(harness.run(spec, { columns: priced(price) })).toEqual(expected)
})

const vectors = talibVectors()
test.runIf(vectors)("patterns answer as TA-Lib on real candles", () => {
  const cases = vectors!.cases.filter(({ name }) => name.startsWith("CDL"))
  for (const { name, params, begIdx, outputs } of cases) {
    const spec = patterns.find((candidate) => candidate.name === name.toLowerCase())!
    const [answers] = harness.run(spec, { columns: vectors!.columns, numbers: Object.values(params) })
    expect([...answers!.subarray(begIdx)], name).toEqual(outputs["integer"])
    expect([...answers!.subarray(0, begIdx)].every(Number.isNaN), `${name} before its first answer`).toBe(true)
  }
  expect(cases).toHaveLength(13)
})

test("a candle with a hole is skipped: it answers nothing, and the next candle follows the last whole one", () => {
  const engulfing = patterns.find((spec) => spec.name === "cdlengulfing")!
  const candles = [[10, 10, 10, 10], [10, 11, 8, 9], [10, NaN, 8, 9], [8, 12, 8, 11]]
  const pick = (n: number) => Float64Array.from(candles, (candle) => candle[n]!)
  const [answers] = harness.run(engulfing, { columns: { open: pick(0), high: pick(1), low: pick(2), close: pick(3) } })
  expect([...answers!]).toEqual([NaN, NaN, NaN, 100])
})
