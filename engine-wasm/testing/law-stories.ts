import fc from "fast-check"
import { describe, test } from "vitest"
import { averageKinds, type FunctionSpec } from "../host/strategy/formula/function-spec.ts"
import type { Columns, OperatorHarness, OperatorInput } from "./operator-harness.ts"
import * as laws from "./operator-laws.ts"

type Law = (harness: OperatorHarness, spec: FunctionSpec, input: OperatorInput, shift?: number) => void
type Story = { spec: FunctionSpec; scale: number; title: string }

/**
 * The laws of every function as tests; functions that keep ties exact are tested on and off the price grid (price x
 * `grid` is whole).
 */
export function testLaws(
  harness: OperatorHarness,
  specs: FunctionSpec[],
  { columns, grid }: { columns: Required<Columns>; grid: number },
) {
  const stories = specs.flatMap((spec) => (spec.ticks ? [story(spec, 0), story(spec, grid)] : [story(spec, 0)]))
  describe.for(stories)("$title", ({ spec, scale }) => {
    const input = {
      columns,
      scale,
      series: spec.arguments.some(({ kind }) => kind === "series") ? [columns.close] : [],
    }
    const check = (law: Law, shift?: number) => law(harness, spec, input, shift)
    test("is the same in any blocks", () => check(laws.expectSameBitsInAnyBlocks))
    test.for([1, 333, 1025])("is the same from a start %d candles later", (shift) =>
      check(laws.expectSameBitsFromALaterStart, shift),
    )
    test("is ready when its spec says", () => check(laws.expectReadyAsPromised))
    test("says nothing on too few candles", () => check(laws.expectSilentWhenTooShort))
    test("skips holes and forgets them", () => check(laws.expectHolesForgotten))
    test("is ready when promised and the same in any blocks with any arguments", () => {
      const short = {
        ...input,
        columns: firstCandles(columns),
        series: input.series.map((values) => values.subarray(0, SHORT)),
      }
      fc.assert(
        fc.property(anyNumbers(spec), (numbers) => {
          laws.expectReadyAsPromised(harness, spec, { ...short, numbers })
          laws.expectSameBitsInAnyBlocks(harness, spec, { ...short, numbers })
        }),
        { numRuns: 40 },
      )
    })
  })
}

const SHORT = 1000

function firstCandles(columns: Required<Columns>) {
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, values.subarray(0, SHORT)]),
  ) as Required<Columns>
}

/** Any constants the spec allows, lengths up to 40 candles. */
function anyNumbers({ arguments: wanted }: FunctionSpec): fc.Arbitrary<number[]> {
  return fc.tuple(
    ...wanted.flatMap((argument) => {
      if (argument.kind === "series") return []
      if (argument.kind === "average") return [fc.constantFrom(...Object.values(averageKinds))]
      if (argument.kind === "integer") return [fc.integer({ min: argument.min, max: 40 })]
      return [fc.double({ min: argument.min, max: argument.max, noNaN: true })]
    }),
  )
}

function story(spec: FunctionSpec, scale: number): Story {
  return { spec, scale, title: scale ? `${spec.name} on a price grid` : spec.name }
}
