import { expect } from "vitest"
import type { FunctionSpec } from "../host/strategy/formula/function-spec.ts"
import { numbersOf, type Columns, type OperatorHarness, type OperatorInput } from "./operator-harness.ts"

/**
 * The laws of every function: any blocks and any earlier start give the same bits, and readiness comes when promised.
 */
export function expectOperatorLaws(harness: OperatorHarness, spec: FunctionSpec, input: OperatorInput) {
  expectReadyAsPromised(harness, spec, input)
  expectSameBitsInAnyBlocks(harness, spec, input)
  expectSameBitsFromALaterStart(harness, spec, input)
}

/** The first output value comes at the spec's `readyAfter`. */
export function expectReadyAsPromised(harness: OperatorHarness, spec: FunctionSpec, input: OperatorInput) {
  const firsts = harness.run(spec, input).map(firstReady)
  expect(Math.max(...firsts), `${spec.name} is ready after`).toBe(spec.readyAfter(numbersOf(spec, input)))
}

/** Blocks of 1, 7 and of changing size give what blocks of 1024 give. */
export function expectSameBitsInAnyBlocks(harness: OperatorHarness, spec: FunctionSpec, input: OperatorInput) {
  const whole = harness.run(spec, input)
  for (const block of [1, 7, changingBlock()]) {
    harness
      .run(spec, { ...input, block })
      .forEach((values, n) => expectSameBits(values, whole[n]!, `${spec.name} output ${n} in blocks`))
  }
}

/** A run that starts later gives the same bits once the spec's `settledAfter` candles have passed. */
export function expectSameBitsFromALaterStart(
  harness: OperatorHarness,
  spec: FunctionSpec,
  input: OperatorInput,
  shift = 137,
) {
  const whole = harness.run(spec, input)
  const settled = spec.settledAfter(numbersOf(spec, input))
  const later = harness.run(spec, startingAt(shift, input))
  later.forEach((values, n) => {
    expectSameBits(
      values.subarray(settled),
      whole[n]!.subarray(shift + settled),
      `${spec.name} output ${n} from a later start`,
    )
  })
}

/** Fewer candles than the warm-up give NaN and nothing else. */
export function expectSilentWhenTooShort(harness: OperatorHarness, spec: FunctionSpec, input: OperatorInput) {
  const ready = spec.readyAfter(numbersOf(spec, input))
  const short = changed(input, (values) => values.subarray(0, ready))
  for (const output of harness.run(spec, short)) expect(output.every(Number.isNaN), spec.name).toBe(true)
}

/**
 * Unknown candles return NaN and have no lasting effect: once settled again, the bits are those of a market without
 * holes.
 */
export function expectHolesForgotten(harness: OperatorHarness, spec: FunctionSpec, input: OperatorInput) {
  const holes = [40, 41, 350, 351, 352, 400]
  const whole = harness.run(spec, input)
  const broken = harness.run(
    spec,
    changed(input, (values, name) => (name === "time" || name === "index" ? values : pierced(values, holes))),
  )
  const settled = holes.at(-1)! + 1 + spec.settledAfter(numbersOf(spec, input))
  broken.forEach((values, n) => {
    for (const hole of holes) expect(values[hole], `${spec.name} output ${n} at a hole`).toBeNaN()
    expectSameBits(values.subarray(settled), whole[n]!.subarray(settled), `${spec.name} output ${n} after holes`)
  })
}

/** Index of the first known value; -1 when there is none. */
export function firstReady(values: Float64Array): number {
  return values.findIndex((value) => !Number.isNaN(value))
}

function startingAt(shift: number, input: OperatorInput): OperatorInput {
  return changed(input, (values) => values.subarray(shift))
}

function changed(input: OperatorInput, change: (values: Float64Array, name?: string) => Float64Array): OperatorInput {
  const columns = Object.fromEntries(
    Object.entries(input.columns ?? {}).map(([name, values]) => [name, change(values, name)]),
  ) as Columns
  return { ...input, columns, series: input.series?.map((values) => change(values)) }
}

function pierced(values: Float64Array, holes: number[]): Float64Array {
  const copy = values.slice()
  for (const hole of holes) copy[hole] = NaN
  return copy
}

function expectSameBits(values: Float64Array, expected: Float64Array, claim: string) {
  expect(values.length, `${claim}: candles to compare`).toBeGreaterThan(0)
  const differing = values.findIndex((value, i) => !Object.is(value, expected[i]))
  const seen = differing < 0 ? "same bits" : `${values[differing]} instead of ${expected[differing]} at ${differing}`
  expect(seen, claim).toBe("same bits")
}

function changingBlock(): () => number {
  let state = 12345
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return 1 + (state % 300)
  }
}

/**
 * TA-Lib's values from its first one on, each within the tolerance (relative, and absolute below 1), and nothing
 * known before.
 */
export function expectTalib(
  values: Float64Array,
  begIdx: number,
  expected: number[],
  { claim, tolerance = 1e-9 }: { claim: string; tolerance?: number },
) {
  expect(firstReady(values), `${claim} starts at`).toBe(begIdx)
  expect(values.length - begIdx, `${claim} values`).toBe(expected.length)
  const off = expected.findIndex(
    (value, i) => !(Math.abs(values[begIdx + i]! - value) <= tolerance * Math.max(1, Math.abs(value))),
  )
  expect(off < 0 ? "equal" : `${values[begIdx + off]} instead of ${expected[off]} at ${begIdx + off}`, claim).toBe(
    "equal",
  )
}
