import { expect, test } from "vitest"
import { metricDefinitions, type Metrics } from "#engine/result"
import { bestOf } from "./best-of.ts"

const definition = metricDefinitions.find(({ better }) => better === "higher")!
const runsOf = (...numbers: number[]) =>
  numbers.map((number) => ({ metrics: { [definition.key]: number } as unknown as Metrics }))

test("the better of two different figures is the best", () => {
  expect(bestOf(definition, runsOf(1, 2), ["1.00", "2.00"])).toBe(1)
})

test("of two figures that read the same none is the best, however their last digits differ", () => {
  expect(bestOf(definition, runsOf(0.001, 0.002), ["0.00", "0.00"])).toBeUndefined()
  expect(bestOf(definition, runsOf(0, -0), ["0.00", "0.00"])).toBeUndefined()
})

test("a worse run that differs does not make one of two equals the best", () => {
  expect(bestOf(definition, runsOf(2, 2, 1), ["2.00", "2.00", "1.00"])).toBeUndefined()
})
