import { expect, test } from "vitest"
import { withRule } from "#engine/strategy"
import { emptyTemplate, templateOf, withParamValues } from "../run/template-of.ts"
import { goodRules } from "./use-good-rules.ts"

const { document } = templateOf("rsi-dip")!
const halfWritten = withRule(document, "long.enter", { join: "all", formulas: ["rsi(close, 14"] })
const [name, param] = Object.entries(document.params ?? {}).find(([, { type }]) => type !== "bool")!

test("sliders move the last good rules while a formula is half written", () => {
  const value = Number(param.value) + 1
  const tested = goodRules(document, withParamValues(halfWritten, { [name]: value }))
  expect(tested?.params?.[name].value).toBe(value)
  expect(tested?.long).toEqual(document.long)
})

test("a slider's value that the good rules cannot take leaves them as they were", () => {
  const tested = goodRules(document, withParamValues(halfWritten, { [name]: 1e9 }))
  expect(tested).toEqual(document)
})

test("without good rules nothing is tested", () => {
  expect(goodRules(undefined, halfWritten)).toBeUndefined()
  expect(goodRules(halfWritten, halfWritten)).toBeUndefined()
  expect(goodRules(emptyTemplate.document, halfWritten)).toBeUndefined()
})
