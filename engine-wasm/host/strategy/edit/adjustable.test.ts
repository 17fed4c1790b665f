import fc from "fast-check"
import { expect, test } from "vitest"
import { strategyFromJson } from "../document/strategy-document-from-json.ts"
import type { WrittenStrategy } from "../document/strategy-document.ts"
import { strategyTemplates } from "../templates/templates.ts"
import {
  freeName,
  makeFixed,
  makeFormulaNumberAdjustable,
  makeNumberAdjustable,
  sensibleParam,
  withoutUnusedParams,
} from "./adjustable.ts"
import { writtenFormulas } from "./document-formulas.ts"
import { numberSpots } from "./number-spot.ts"

const written = (condition: string): WrittenStrategy => ({
  format: "candlewright.strategy/1",
  name: "t",
  timeframe: "1h",
  long: { enter: { all: [condition] } },
})

const path = ["long", "enter", "all", 0]

test("a number of a formula becomes a slider with a name, a label and a range, and nothing else changes", () => {
  const made = makeFormulaNumberAdjustable(written("rsi(close, 14) < 30"), path, 17)
  expect(made.ok && made.document).toEqual({
    ...written("rsi(close, 14) < rsiLimit"),
    params: { rsiLimit: { label: "RSI limit", type: "number", value: 30, min: 0, max: 100, step: 1 } },
  })
  const again = made.ok && makeFormulaNumberAdjustable(made.document, path, 11)
  expect(again && again.ok && again.document.params!.rsiLength).toEqual({
    label: "RSI length",
    type: "int",
    value: 14,
    min: 3,
    max: 42,
    step: 1,
  })
})

test("every number of every template becomes a slider that tests, and fixed again it is the document before", () => {
  let tried = 0
  for (const { document } of strategyTemplates)
    for (const { path: place, text } of writtenFormulas(document))
      for (const { at } of numberSpots(text)) {
        const made = makeFormulaNumberAdjustable(document, place, at)
        if (!made.ok) throw new Error(made.because)
        const read = strategyFromJson(made.document)
        expect(read.ok ? [] : read.problems, `${text} at ${at}`).toEqual([])
        expect(makeFixed(made.document, made.name)).toEqual({ ...document, params: document.params ?? {} })
        tried++
      }
  expect(tried).toBeGreaterThan(3)
})

test("a number outside of formulas becomes a slider too", () => {
  const document: WrittenStrategy = { ...written("close > 1"), protect: { stopLoss: { kind: "percent", percent: 2 } } }
  const meaning = { label: "Stop loss", value: 2, isWhole: false, min: 0.01, max: 99 }
  const made = makeNumberAdjustable(document, ["protect", "stopLoss", "percent"], meaning)
  expect(made.ok && made.document.protect).toEqual({ stopLoss: { kind: "percent", percent: "stopLoss" } })
  expect(made.ok && strategyFromJson(made.document).ok).toBe(true)
  expect(made.ok && makeFixed(made.document, "stopLoss")).toEqual({ ...document, params: {} })
})

test("a slider's range always holds its value, and its value lies on a step", () => {
  const meaning = fc.record({
    value: fc.oneof(
      fc.integer({ min: -100_000, max: 100_000 }),
      fc.integer({ min: -99_999, max: 99_999 }).map((n) => n / 1000),
      fc.integer({ min: 1, max: 999 }).map((n) => n / 1e8),
    ),
    isWhole: fc.boolean(),
  })
  fc.assert(
    fc.property(meaning, ({ value, isWhole }) => {
      const whole = isWhole ? Math.max(1, Math.abs(Math.round(value))) : value
      const bounds = isWhole ? { min: 1, max: 100_000 } : { min: -1e12, max: 1e12 }
      const param = sensibleParam({ label: "x", value: whole, isWhole, ...bounds })
      expect(param.min).toBeLessThanOrEqual(whole)
      expect(param.max).toBeGreaterThanOrEqual(whole)
      expect(param.max).toBeGreaterThan(param.min)
      const steps = (whole - param.min) / param.step
      expect(Math.abs(steps - Math.round(steps)), JSON.stringify(param)).toBeLessThan(1e-5)
      expect((param.max - param.min) / param.step).toBeLessThan(400_000)
    }),
  )
})

test("names come from labels of any letters, and are free", () => {
  const document = { ...written("close > 1"), params: { rsiLimit: { type: "bool" as const, value: true } } }
  expect(freeName(document, "RSI limit")).toBe("rsiLimit2")
  expect(freeName(document, "🚀")).toBe("number")
  expect(freeName(document, "\u202eحد\u200b")).toBe("number")
  expect(freeName(document, "close")).toBe("close2")
})

test("what is removed takes the params along that nothing else uses", () => {
  const params = { a: { type: "bool" as const, value: true }, unused: { type: "bool" as const, value: true } }
  const before = { ...written("not a or close > 1"), params }
  const after = withoutUnusedParams(before, { ...written("close > 1"), params })
  expect(after.params).toEqual({ unused: params.unused })
})
