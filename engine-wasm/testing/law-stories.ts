import { describe, test } from "vitest"
import type { FunctionSpec } from "../host/function-spec.ts"
import type { Columns, OperatorHarness, OperatorInput } from "./operator-harness.ts"
import * as laws from "./operator-laws.ts"

type Law = (harness: OperatorHarness, spec: FunctionSpec, input: OperatorInput, shift?: number) => void
type Story = { spec: FunctionSpec; scale: number; title: string }

/** Tells the laws of every function as tests; functions that keep ties exact are tried on and off the price grid (price x `grid` is whole). */
export function tellLaws(harness: OperatorHarness, specs: FunctionSpec[], { columns, grid }: { columns: Required<Columns>; grid: number }) {
  const stories = specs.flatMap((spec) => (spec.exact ? [story(spec, 0), story(spec, grid)] : [story(spec, 0)]))
  describe.for(stories)("$title", ({ spec, scale }) => {
    const input = { columns, scale, series: spec.arguments.some(({ kind }) => kind === "series") ? [columns.close] : [] }
    const check = (law: Law, shift?: number) => law(harness, spec, input, shift)
    test("is the same in any blocks", () => check(laws.expectSameBitsInAnyBlocks))
    test.for([1, 333, 1025])("is the same from a start %d candles later", (shift) => check(laws.expectSameBitsFromALaterStart, shift))
    test("is ready when its spec says", () => check(laws.expectReadyAsPromised))
    test("says nothing on too few candles", () => check(laws.expectSilentWhenTooShort))
    test("skips holes and forgets them", () => check(laws.expectHolesForgotten))
  })
}

function story(spec: FunctionSpec, scale: number): Story {
  return { spec, scale, title: scale ? `${spec.name} on a price grid` : spec.name }
}
