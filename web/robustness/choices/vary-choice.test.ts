import fc from "fast-check"
import { expect, test } from "vitest"
import { type ShownParam, shownParams, templates } from "../../run/template-of.ts"
import { usualVary, valuesOf, valuesWords, variedValues, varyProblem } from "./vary-choice.ts"

const fast: ShownParam = { name: "fast", label: "Fast", type: "int", value: 20, min: 2, max: 100, step: 1 }
const stop: ShownParam = { name: "stop", label: "Stop %", type: "number", value: 2, min: 0.5, max: 10, step: 0.1 }
const trend: ShownParam = { name: "trend", label: "With the trend", type: "bool", value: true }

test("two numbers are tried in fifteen steps at most, and their own values are among them", () => {
  const usual = usualVary([fast, stop])
  const values = variedValues([fast, stop], usual)
  expect(values.fast).toContain(20)
  expect(values.stop).toContain(2)
  expect(values.fast.length).toBeLessThanOrEqual(15)
  expect(values.fast.length).toBeGreaterThan(10)
})

test("a switch is tried both ways, and one that stays as it is counts once", () => {
  const usual = usualVary([fast, trend])
  expect(valuesOf(trend, usual.trend)).toEqual([false, true])
  expect(valuesOf(trend, { ...usual.trend, isOn: false })).toEqual([true])
  expect(variedValues([fast, trend], { ...usual, trend: { ...usual.trend, isOn: false } })).not.toHaveProperty("trend")
})

test("whatever the bounds, every usual value lies within them and the choice has no problem", () => {
  const number = fc.record({
    min: fc.integer({ min: -1000, max: 1000 }),
    span: fc.integer({ min: 1, max: 100_000 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
    tenths: fc.integer({ min: 1, max: 50 }),
  })
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 8 }), (numbers) => {
      const params = numbers.map(({ min, span, part, tenths }, at): ShownParam => {
        const value = Math.round((min + span * part) * 10) / 10
        return { name: `p${at}`, label: "", type: "number", value, min, max: min + span, step: tenths / 10 }
      })
      const usual = usualVary(params)
      for (const param of params) {
        const values = valuesOf(param, usual[param.name]) as number[]
        expect(values).toContain(param.value)
        expect(varyProblem(param, usual[param.name])).toBeUndefined()
        const { min, max } = param as Exclude<ShownParam, { type: "bool" }>
        expect(values.every((value) => value >= min && value <= max)).toBe(true)
      }
    }),
  )
})

test("the usual choice of every template is a few thousand combinations at most, unless it has many params", () => {
  for (const { document } of templates) {
    const params = shownParams(document)
    const most = params.length <= 5 ? 2_000 : 4 ** params.length
    const values = Object.values(variedValues(params, usualVary(params)))
    const combinations = values.reduce((all, { length }) => all * length, 1)
    expect(combinations, document.name).toBeLessThanOrEqual(most)
    expect(values.every(({ length }) => length >= 2)).toBe(true)
  }
})

test("a range that cannot be is explained where it stands", () => {
  expect(varyProblem(fast, { isOn: true, from: 20, to: 10, step: 1 })).toMatch(/no value lies between/)
  expect(varyProblem(fast, { isOn: true, from: 2, to: 10, step: 0.5 })).toMatch(/whole numbers/)
  expect(varyProblem(fast, { isOn: true, from: 2, to: 10, step: 0 })).toMatch(/above 0/)
  expect(varyProblem(stop, { isOn: true, from: 0, to: 10, step: 0.001 })).toMatch(/10,001 values; at most 1,000/)
  expect(varyProblem(fast, { isOn: false, from: 20, to: 10, step: 0 })).toBeUndefined()
})

test("a choice says its values in a line", () => {
  expect(valuesWords(fast, { isOn: true, from: 5, to: 55, step: 5 })).toBe("11 values: 5, 10, 15 … 55")
  expect(valuesWords(fast, { isOn: true, from: 5, to: 10, step: 5 })).toBe("2 values: 5, 10")
  expect(valuesWords(fast, { isOn: false, from: 5, to: 10, step: 5 })).toBe("Stays at 20.")
  expect(valuesWords(trend, { isOn: true, from: 0, to: 1, step: 1 })).toBe("2 values: off, on")
})
