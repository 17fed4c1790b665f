import { describe, test } from "vitest"
import type { FunctionSpec } from "../host/function-spec.ts"
import type { Columns, OperatorHarness } from "./operator-harness.ts"
import * as laws from "./operator-laws.ts"

type Story = { spec: FunctionSpec; scale: number; title: string }

/** Tells the laws of every function as tests; functions that keep ties exact are tried on and off the price grid (`scale`). */
export function tellLaws(harness: OperatorHarness, specs: FunctionSpec[], { columns, scale }: { columns: Required<Columns>; scale: number }) {
  const stories = specs.flatMap((spec) => (spec.exact ? [story(spec, 0), story(spec, scale)] : [story(spec, 0)]))
  describe.for(stories)("$title", ({ spec, scale }) => {
    const input = { columns, scale, series: spec.arguments.some(({ kind }) => kind === "series") ? [columns.close] : [] }
    test("is the same in any blocks", () => laws.expectSameBitsInAnyBlocks(harness, spec, input))
    test("is the same from any start", () => [1, 333, 1025].forEach((shift) => laws.expectSameBitsFromALaterStart(harness, spec, input, shift)))
    test("is ready when its spec says", () => laws.expectReadyAsPromised(harness, spec, input))
    test("says nothing on too few candles", () => laws.expectSilentWhenTooShort(harness, spec, input))
    test("skips holes and forgets them", () => laws.expectHolesForgotten(harness, spec, input))
  })
}

function story(spec: FunctionSpec, scale: number): Story {
  return { spec, scale, title: scale ? `${spec.name} on a price grid` : spec.name }
}
