import fc from "fast-check"
import { expect, test } from "vitest"
import { formulaOverNumbers } from "./formula-over-numbers.ts"

const known = { names: ["profit", "fall", "count"], what: "figure" }

function valueOf(text: string, row: number[], at = 0): number {
  const read = formulaOverNumbers(text, known)
  if (!read.ok) throw new Error(`${read.character}: ${read.because}`)
  return read.valueOf(row, at)
}

function refusalOf(text: string): { character: number; because: string } {
  const read = formulaOverNumbers(text, known)
  if (read.ok) throw new Error(`${text} was read`)
  return read
}

test("operators and functions mean what they mean in a strategy", () => {
  const row = [12, 4, 30]
  const expected: [string, number][] = [
    ["profit - 0.5 * fall", 10],
    ["profit / fall % 2", 1],
    ["-profit + abs(-3)", -9],
    ["count >= 30 and fall < 5 ? profit : 0", 12],
    ["not (count > 30) or profit > 100", 1],
    ["min(max(profit, 20), clamp(count, 0, 25))", 20],
    ["sqrt(fall) + pow(2, 3) + log(exp(1)) + round(-2.5)", 8],
    ["nz(log(0 - 1)) + nz(fall / 0 - fall / 0, 7) + sign(-9)", 6],
  ]
  for (const [text, value] of expected) expect(valueOf(text, row), text).toBeCloseTo(value, 12)
})

test("a row may begin anywhere, and a number without meaning makes the value NaN", () => {
  expect(valueOf("profit - fall", [0, 0, 0, 9, 2, 1], 3)).toBe(7)
  expect(valueOf("profit > 1 ? 5 : 6", [NaN, 1, 1])).toBeNaN()
  expect(valueOf("profit and fall", [NaN, 0, 1])).toBe(0)
})

test("a refusal says where, what was meant, and what there is", () => {
  expect(refusalOf("profit - fal")).toEqual({
    ok: false,
    character: 9,
    because: "there is no figure `fal`; there are profit, fall, count; did you mean `fall`?",
  })
  expect(refusalOf("profit +").because).toMatch(/ends too early/)
  expect(refusalOf("sma(profit, 3)")).toMatchObject({ character: 0, because: expect.stringMatching(/abs, min, max/) })
  expect(refusalOf("pow(profit)").because).toMatch(/needs 2 arguments/)
  for (const text of ["profit[1]", "profit @ 1d", '"x"', "profit.line"])
    expect(refusalOf(text).because, text).toMatch(/one number/)
})

test("whatever the text, it is read or refused", () => {
  const pieces = fc.constantFrom(
    "profit",
    "fall",
    "+",
    "-",
    "*",
    "/",
    "(",
    ")",
    "min",
    ",",
    "1e3",
    "?",
    ":",
    "and",
    "[",
    "]",
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (words) => {
      const read = formulaOverNumbers(words.join(" "), known)
      expect(read.ok ? typeof read.valueOf([1, 2, 3], 0) : read.because.length > 0).toBe(read.ok ? "number" : true)
    }),
  )
})
