import { expect, test } from "vitest"
import { volume } from "../../host/strategy/functions/volume.ts"
import { operatorHarness, type Columns } from "../../testing/operator-harness.ts"
import { expectOperatorLaws, expectSameBitsInAnyBlocks, expectTalib } from "../../testing/operator-laws.ts"
import { talibVectors } from "../../testing/talib-vectors.ts"

const harness = await operatorHarness()

const specOf = (name: string) => volume.find((spec) => spec.name === name)!
function answers(name: string, candles: number[][], numbers: number[] = []): number[] {
  const pick = (n: number) => Float64Array.from(candles, (candle) => candle[n]!)
  const columns: Columns = { high: pick(0), low: pick(1), close: pick(2), volume: pick(3) }
  return [...harness.run(specOf(name), { columns, numbers })[0]!]
}

const vectors = talibVectors()
const cases = vectors?.cases.filter(({ name }) => name === "AD" || name === "ADOSC") ?? []
test.runIf(vectors).each(cases)("$name $params equals TA-Lib's values on real candles", ({ name, params, begIdx, outputs }) => {
  const [values] = harness.run(specOf(name.toLowerCase()), { columns: vectors!.columns, numbers: Object.values(params) })
  expectTalib(values!, begIdx, outputs["real"]!, { claim: name })
})

// High, low, close, volume.
const story = [[10, 8, 9, 5], [11, 9, 11, 3], [11, 9, 9, 4], [10, 9, 9, 7], [9, 9, 9, 6]]

test("OBV begins with the first volume and stays on an equal close", () => {
  expect(answers("obv", story)).toEqual([5, 8, 4, 4, 4])
})

test("AD adds all volume at the high, takes all at the low, and nothing without a range", () => {
  expect(answers("ad", story)).toEqual([0, 3, -1, -8, -8])
})

test("Chaikin money flow is money flow volume over volume", () => {
  expect(answers("cmf", story, [2])).toEqual([NaN, 3 / 8, -1 / 7, -1, -7 / 13])
  expect(answers("cmf", [[10, 8, 9, 0], [11, 9, 10, 0]], [2])).toEqual([NaN, NaN])
})

test("the force index averages change times volume", () => {
  expect(answers("forceIndex", story, [1])).toEqual([NaN, 6, -8, 0, 0])
})

test("the Chaikin oscillator does not lose digits to the height of its line", () => {
  const high = story.map(([h, l, c, v]) => [h!, l!, c!, v! * 2 ** 40])
  const plain = answers("adosc", story, [2, 3])
  expect(answers("adosc", high, [2, 3])).toEqual(plain.map((value) => value * 2 ** 40))
})

test("a candle with a hole is skipped", () => {
  const holed = [...story.slice(0, 2), [11, 9, NaN, 4], ...story.slice(2)]
  for (const [name, numbers] of [["obv", []], ["ad", []], ["adosc", [2, 3]], ["cmf", [2]], ["forceIndex", [2]]] as const) {
    const [whole, skipping] = [answers(name, story, [...numbers]), answers(name, holed, [...numbers])]
    expect(skipping, name).toEqual([...whole.slice(0, 2), NaN, ...whole.slice(2)])
  }
})

const wave = (step: number) =>
  Float64Array.from({ length: 3000 }, (_, i) => 100 + Math.round(500 * Math.sin(i / 31) + 90 * Math.sin(i * step)) / 100)
const close = wave(1.7)
const columns = { high: close.map((c, i) => c + (i % 7) / 50), low: close.map((c, i) => c - (i % 5) / 50), close, volume: wave(0.9) }

test.each(volume)("$name is the same in any blocks, and from any start where it forgets", (spec) => {
  if (Number.isFinite(spec.settledAfter([3, 10]))) expectOperatorLaws(harness, spec, { columns })
  else expectSameBitsInAnyBlocks(harness, spec, { columns })
})
