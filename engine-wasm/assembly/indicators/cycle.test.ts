import { expect, test } from "vitest"
import { cycle } from "../../host/strategy/functions/cycle.ts"
import { operatorHarness } from "../../testing/operator-harness.ts"
import { expectOperatorLaws, expectTalib } from "../../testing/operator-laws.ts"
import { randomCandles } from "../../testing/random-candles.ts"
import { talibVectors } from "../../testing/talib-vectors.ts"

const harness = await operatorHarness()

const specOf = (name: string) => cycle.find((spec) => spec.name === name)!
const talibNames: Record<string, string> = { HT_DCPHASE: "htDcPhase", HT_TRENDMODE: "htTrendMode", HT_PHASOR: "htPhasor" }

const vectors = talibVectors()
const cases = vectors?.cases.filter(({ name }) => name in talibNames) ?? []
test.runIf(vectors).each(cases)("$name equals TA-Lib's values on real candles", ({ name, begIdx, outputs }) => {
  const values = harness.run(specOf(talibNames[name]!), { series: [vectors!.columns.close] })
  Object.values(outputs).forEach((expected, n) => expectTalib(values[n]!, begIdx, expected, { claim: `${name} output ${n}` }))
})

const wave = (candles: number, length: number) =>
  Float64Array.from({ length: candles }, (_, i) => 100 + Math.sin((i * 2 * Math.PI) / length))

test.each([10, 17, 25, 40])("a pure wave of %i candles is found, and is a cycle and no trend", (length) => {
  const series = [wave(1000, length)]
  const [period] = harness.run(specOf("htDcPeriod"), { series })
  const [mode] = harness.run(specOf("htTrendMode"), { series })
  expect(Math.abs(period!.at(-1)! / length - 1)).toBeLessThan(0.1)
  expect([...mode!.subarray(500)].every((value) => value === 0)).toBe(true)
})

test("the phase of a pure wave turns once per cycle, and its sine follows", () => {
  const series = [wave(1000, 20)]
  const [phase] = harness.run(specOf("htDcPhase"), { series })
  const [sine, leadSine] = harness.run(specOf("htSine"), { series })
  for (let i = 800; i < 999; i++) {
    const turned = (phase![i + 1]! - phase![i]! + 360) % 360
    expect(turned).toBeCloseTo(18, -1)
    expect(sine![i]).toBeCloseTo(Math.sin((phase![i]! * Math.PI) / 180), 12)
    expect(leadSine![i]).toBeCloseTo(Math.sin(((phase![i]! + 45) * Math.PI) / 180), 12)
  }
})

test("a steep rise is a trend", () => {
  const [mode] = harness.run(specOf("htTrendMode"), { series: [Float64Array.from({ length: 300 }, (_, i) => 100 * 1.01 ** i)] })
  expect([...mode!.subarray(200)].every((value) => value === 1)).toBe(true)
})

const { close } = randomCandles(6000, { seed: 5 })
test.each(cycle)("$name is the same in any blocks, and from any start once settled", (spec) => {
  expectOperatorLaws(harness, spec, { series: [close] })
})

test.each(cycle)("$name skips a hole and continues", (spec) => {
  const holed = Float64Array.from([...close.slice(0, 300), NaN, ...close.slice(300, 600)])
  const whole = harness.run(spec, { series: [close] })
  harness.run(spec, { series: [holed] }).forEach((values, n) => {
    expect(values[300]).toBeNaN()
    expect(values.subarray(301)).toEqual(whole[n]!.subarray(300, 600))
  })
})
