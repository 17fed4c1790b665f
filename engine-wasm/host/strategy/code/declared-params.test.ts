import { expect, test } from "vitest"
import type { WrittenStrategy } from "../document/strategy-document.ts"
import { paramMarks, withCode, withoutForgottenParams } from "./declared-params.ts"

const empty: WrittenStrategy = { format: "candlewright.strategy/1", name: "In code", timeframe: "1h" }
const fast = (words: string) => `fast: f64 = this.param("fast", ${words})`
const valueOf = ({ params }: WrittenStrategy, name = "fast") => params?.[name]?.value

test("what the code declares is a slider", () => {
  const source = `
    length: f64 = this.param("length", 14, 2, 50)
    factor: f64 = this.param('factor', 2.5, 0.5, 5, 0.25)
    constructor: f64 = this.param("constructor", 1, 0, 2,)
  `
  expect(withCode(empty, source)).toEqual({
    ...empty,
    params: {
      length: { type: "int", value: 14, min: 2, max: 50 },
      factor: { type: "number", value: 2.5, min: 0.5, max: 5, step: 0.25 },
      constructor: { type: "int", value: 1, min: 0, max: 2 },
    },
    code: { language: "assemblyscript", source },
  })
})

test("a declaration in a comment declares nothing; numbers that make no slider are marked where they stand", () => {
  const source = `
    // this.param("gone", 1, 0, 2)
    /* this.param("away", 1, 0, 2) */
    a: f64 = this.param("outside", 9, 0, 2)
    b: f64 = this.param("still", 0, 0, 1, 0)
    log("// this.param is written like so")
    c: f64 = this.param("kept", 1, 0, 2)
    d: f64 = this.param("kept") + this.param("unknown")
  `
  const strategy = withCode(empty, source)
  expect(Object.keys(strategy.params!)).toEqual(["kept"])
  expect(
    paramMarks(strategy).map(({ line, column, message }) => [line, column, /“\w+”|These/.exec(message)?.[0]]),
  ).toEqual([
    [4, 14, "These"],
    [5, 14, "These"],
    [8, 35, "“unknown”"],
  ])
})

test("a slider that was moved keeps its value while other code changes, inside bounds that change", () => {
  const declared = withCode(empty, fast("12, 2, 60"))
  const moved: WrittenStrategy = { ...declared, params: { fast: { type: "int", value: 40, min: 2, max: 60 } } }
  expect(valueOf(withCode(moved, `${fast("12, 2, 60")}\nother: f64 = 1`))).toBe(40)
  expect(valueOf(withCode(moved, fast("12, 2, 30")))).toBe(30)
  expect(withCode(moved, fast("12, 0.5, 60")).params!.fast).toEqual({ type: "number", value: 40, min: 0.5, max: 60 })
})

test("a value that is typed anew counts, whatever lay between", () => {
  const typed = (...steps: string[]) => valueOf(steps.reduce(withCode, withCode(empty, fast("12, 2, 60"))))
  expect(typed(fast("15, 2, 60"))).toBe(15)
  expect(typed(fast("1, 2, 60"), fast("15, 2, 60"))).toBe(15)
  expect(typed(fast(", 2, 60"), fast("15, 2, 60"))).toBe(15)
  expect(typed('fast: f64 = this.param("fast", 12, 2', fast("12, 2, 90"))).toBe(12)
  expect(typed("", fast("12, 2, 60"))).toBe(12)
})

test("a param that protection needs stays; one that nothing needs goes, whatever it is called", () => {
  const param = { type: "int", value: 1, min: 0, max: 2 } as const
  const strategy: WrittenStrategy = {
    ...withCode(empty, `a: f64 = this.param("asked") // and this.param("gone")`),
    params: { asked: param, gone: param, stop: param, mine: { ...param, label: "Mine" } },
    protect: { stopLoss: { kind: "percent", percent: "stop" } },
  }
  const tidy = withoutForgottenParams(strategy)
  expect(Object.keys(tidy.params!)).toEqual(["asked", "stop"])
  expect(withoutForgottenParams(tidy)).toBe(tidy)
})

test("params stay where code makes up their names, and where another object is asked for them", () => {
  const param = { type: "int", value: 1, min: 0, max: 2 } as const
  const keptBy = (source: string) =>
    Object.keys(
      withoutForgottenParams({
        ...empty,
        params: { level1: param, gone: param },
        code: { language: "assemblyscript", source },
      }).params!,
    )
  for (const source of [
    "this.param(name)",
    "this.param('level' + n.toString())",
    "this . param(`level${n}`, 1, 0, 2)",
    "of.param(names[0])",
  ])
    expect(keptBy(source), source).toEqual(["level1", "gone"])
  expect(keptBy('const of = this; of.param("level1", 1, 0, 2)')).toEqual(["level1"])
})
