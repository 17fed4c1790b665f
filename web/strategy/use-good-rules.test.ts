import { expect, test } from "vitest"
import { withRule } from "#engine/strategy"
import { emptyTemplate, templateOf, withParamValues } from "../run/template-of.ts"
import { goodRules, rulesProblemsAt } from "./use-good-rules.ts"

const { document } = templateOf("rsi-dip")!
const halfWritten = withRule(document, "long.enter", { join: "all", formulas: ["rsi(close, 14"] })
const sample = { timeframe: undefined, extra: [] }
const [name, param] = Object.entries(document.params ?? {}).find(([, { type }]) => type !== "bool")!

test("sliders move the last good rules while a formula is half written", () => {
  const value = Number(param.value) + 1
  const tested = goodRules(document, withParamValues(halfWritten, { [name]: value }), sample)
  expect(tested?.params?.[name].value).toBe(value)
  expect(tested?.long).toEqual(document.long)
})

test("a slider's value that the good rules cannot take leaves them as they were", () => {
  const tested = goodRules(document, withParamValues(halfWritten, { [name]: 1e9 }), sample)
  expect(tested).toEqual(document)
})

test("without good rules nothing is tested", () => {
  expect(goodRules(undefined, halfWritten, sample)).toBeUndefined()
  expect(goodRules(halfWritten, halfWritten, sample)).toBeUndefined()
  expect(goodRules(emptyTemplate.document, halfWritten, sample)).toBeUndefined()
})

test("rules that name what the chosen markets do not have are not good: neither as written nor as those of before", () => {
  const typed = withRule(document, "long.enter", { join: "all", formulas: ["adx(14) < oversol"] })
  expect(rulesProblemsAt(sample, typed)).toMatchObject([{ path: "long.enter.all[0]", character: 10 }])
  expect(goodRules(typed, halfWritten, sample)).toBeUndefined()
  const withColumn = { ...sample, extra: ["oversol"] }
  expect(rulesProblemsAt(withColumn, typed)).toEqual([])
  expect(goodRules(typed, halfWritten, withColumn)?.long).toEqual(typed.long)
})
