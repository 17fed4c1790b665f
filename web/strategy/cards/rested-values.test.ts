import { expect, test } from "vitest"
import type { WrittenStrategy } from "#engine/strategy"
import { onNewestValues } from "./rested-values.ts"

const slider = (value: number) => ({ type: "int" as const, value, min: 0, max: 100 })
const shown: WrittenStrategy = {
  format: "candlewright.strategy/1",
  name: "t",
  timeframe: "1h",
  params: { a: slider(1), b: slider(2) },
  long: { enter: { all: ["close > a"] } },
}

test("a change made while a slider was on its way keeps where the slider is by then", () => {
  const newest = { ...shown, params: { a: slider(50), b: slider(2) } }
  const next = { ...shown, name: "u", params: { a: slider(1), b: slider(9) } }
  expect(onNewestValues(next, { shown, newest })).toEqual({
    ...shown,
    name: "u",
    params: { a: slider(50), b: slider(9) },
  })
})

test("what is removed stays removed", () => {
  const newest = { ...shown, params: { a: slider(50), b: slider(2) } }
  const next = { ...shown, params: { b: slider(2) } }
  expect(onNewestValues(next, { shown, newest }).params).toEqual({ b: slider(2) })
})
