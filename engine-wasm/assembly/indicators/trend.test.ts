import { expect, test } from "vitest"
import { trend } from "../../host/strategy/functions/trend.ts"
import { operatorHarness, type Columns } from "../../testing/operator-harness.ts"
import { expectOperatorLaws, expectTalib } from "../../testing/operator-laws.ts"
import { talibVectors } from "../../testing/talib-vectors.ts"

const harness = await operatorHarness()

const specOf = (name: string) => trend.find((spec) => spec.name === name)!
function answers(name: string, candles: number[][], numbers: number[], scale = 0): number[][] {
  const pick = (n: number) => Float64Array.from(candles, (candle) => candle[n]!)
  const columns: Columns = { high: pick(0), low: pick(1), close: pick(2) }
  return harness.run(specOf(name), { columns, numbers, scale }).map((values) => [...values])
}

const talibNames: Record<string, string> = {
  ADX: "adx", ADXR: "adxr", DX: "dx", PLUS_DI: "plusDi", MINUS_DI: "minusDi", PLUS_DM: "plusDm", MINUS_DM: "minusDm", SAR: "sar",
}
const vectors = talibVectors()
const cases = vectors?.cases.filter(({ name }) => name in talibNames) ?? []
test.runIf(vectors).each(cases)("$name $params equals TA-Lib's values on real candles", ({ name, params, begIdx, outputs }) => {
  for (const price of [1, 2 ** -30, 2 ** 30]) {
    const scaled = (values: Float64Array) => values.map((value) => value * price)
    const { high, low, close } = vectors!.columns
    const columns = { high: scaled(high), low: scaled(low), close: scaled(close) }
    const [values] = harness.run(specOf(talibNames[name]!), { columns, numbers: Object.values(params) })
    const isPrice = name === "SAR" || name.endsWith("DM")
    const plain = isPrice ? values!.map((value) => value / price) : values!
    expectTalib(plain, begIdx, outputs["real"]!, { claim: `${name} at prices x ${price}` })
  }
})

// High, low, close.
const flat = [[10, 10, 10], [10, 10, 10], [10, 10, 10], [10, 10, 10]]

test("a market without movement has no direction: DI, DX and ADX are 0, as TA-Lib says", () => {
  for (const name of ["plusDi", "minusDi", "dx", "adx"]) expect(answers(name, flat, [2])[0]!.at(-1), name).toBe(0)
})

test("SAR begins short when the second candle moves further down than up, and turns when touched", () => {
  const [stops] = answers("sar", [[12, 10, 11], [11, 9, 10], [10.5, 8, 9], [14, 9, 13], [15, 12, 14]], [0.1, 0.2])
  expect(stops).toEqual([NaN, 12, 11.7, 8, 8])
})

test("the supertrend begins downward, only tightens, and changes sides when the close passes it", () => {
  const candles = [[10, 8, 9], [11, 9, 10], [12, 10, 11], [13, 11, 13], [16, 14, 16], [16, 13, 14], [15, 9, 10], [11, 9, 10]]
  const [line, direction] = answers("supertrend", candles, [1, 1])
  expect(line).toEqual([NaN, 12, 12, 10, 12, 12, 17.5, 12])
  expect(direction).toEqual([NaN, -1, -1, 1, 1, 1, -1, -1])
})

test("the cloud under a candle was made base - 1 candles before, exact to the quarter tick", () => {
  const ticks = Array.from({ length: 40 }, (_, i) => [1000 + ((i * 37) % 23), 970 + ((i * 11) % 19), 980])
  const lines = answers("ichimoku", ticks.map((candle) => candle.map((tick) => tick / 100)), [3, 5, 8], 100)
  const doubled = (length: number, at: number) => {
    const window = ticks.slice(at - length + 1, at + 1)
    return Math.max(...window.map(([high]) => high!)) + Math.min(...window.map(([, low]) => low!))
  }
  for (let i = 11; i < 40; i++) {
    const spans = [(doubled(3, i - 4) + doubled(5, i - 4)) / 400, doubled(8, i - 4) / 200]
    expect(lines.map((values) => values[i])).toEqual([doubled(3, i) / 200, doubled(5, i) / 200, ...spans])
  }
  expect(lines.map((values) => values.findIndex((value) => value === value))).toEqual([2, 4, 8, 11])
})

const wave = Float64Array.from({ length: 6000 }, (_, i) =>
  100 + Math.round(700 * Math.sin(i / 31) + 190 * Math.sin(i * 1.7) + 80 * Math.sin(i * 0.37)) / 100)
const columns = { high: wave.map((c, i) => c + ((i * 7) % 11) / 50), low: wave.map((c, i) => c - ((i * 5) % 13) / 50), close: wave }

test.each(trend)("$name is the same in any blocks, and from any start once settled", (spec) => {
  expectOperatorLaws(harness, spec, { columns })
})

test.each(trend)("$name skips a hole and continues", (spec) => {
  const at = 300
  const cut = (values: Float64Array) => Float64Array.from([...values.slice(0, at), NaN, ...values.slice(at, 600)])
  const holed = harness.run(spec, { columns: { high: cut(columns.high), low: cut(columns.low), close: cut(wave) } })
  const whole = harness.run(spec, { columns })
  holed.forEach((values, n) => {
    expect(values[at]).toBeNaN()
    expect(values.subarray(at + 1)).toEqual(whole[n]!.subarray(at, 600))
  })
})
