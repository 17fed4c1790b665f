import fc from "fast-check"
import { expect, test } from "vitest"
import { formulaText, type BinaryOperator, type Formula } from "./formula.ts"
import { parseFormula } from "./formula-parser.ts"

function parsed(text: string): Formula {
  const result = parseFormula(text)
  if (!result.ok) throw new Error(`${text}: ${result.character}: ${result.because}`)
  return result.formula
}

/** The tree without places, for comparing. */
function shape(formula: Formula): unknown {
  return JSON.parse(JSON.stringify(formula, (key, value: unknown) => (key === "at" ? undefined : value)))
}

const sameTrees: [string, string][] = [
  ["1 + 2 * 3", "1 + (2 * 3)"],
  ["1 - 2 - 3", "(1 - 2) - 3"],
  ["a or b and c", "a or (b and c)"],
  ["not a > b", "not (a > b)"],
  ["not a and b", "(not a) and b"],
  ["not useTrend or close > trend", "(not useTrend) or (close > trend)"],
  ["-a * b", "(-a) * b"],
  ["-a[1]", "-(a[1])"],
  ["-close @ 1d", "-(close @ 1d)"],
  ["close > ema(close, 20) @ 1d", "close > (ema(close, 20) @ 1d)"],
  ["a ? b : c ? d : e", "a ? b : (c ? d : e)"],
  ["a > 1 ? b + 1 : c", "(a > 1) ? (b + 1) : c"],
  ["macd(close, 12, 26, 9).histogram[1]", "(macd(close, 12, 26, 9).histogram)[1]"],
  ["x[a ? 1 : 2]", "x[(a ? 1 : 2)]"],
  ["a % 3 == 0", "(a % 3) == 0"],
  ["1e3 + .5 + 2.", "1000 + 0.5 + 2"],
  [" close\n>\t1 ", "close > 1"],
]

test.each(sameTrees)("%s is read as %s", (short, long) => {
  expect(shape(parsed(short))).toEqual(shape(parsed(long)))
})

test("a node points at the character its error message names", () => {
  const formula = parsed("close  > ema(close, 20)[2]")
  expect(formula).toMatchObject({
    kind: "binary",
    at: 7,
    right: { kind: "history", at: 23, of: { kind: "call", at: 9 } },
  })
})

const name = fc.constantFrom("close", "open", "x", "strength", "notable", "order")
const binary = fc.constantFrom<BinaryOperator>("+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=", "and", "or")

const { tree } = fc.letrec<{ tree: Formula }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    name.map((one): Formula => ({ kind: "name", name: one, at: 0 })),
    fc
      .double({ min: 0, noNaN: true, noDefaultInfinity: true })
      .map((value): Formula => ({ kind: "number", value: Math.abs(value), at: 0 })),
    fc
      .tuple(binary, tie("tree"), tie("tree"))
      .map(([operator, left, right]): Formula => ({ kind: "binary", operator, left, right, at: 0 })),
    fc
      .tuple(fc.constantFrom("-" as const, "not" as const), tie("tree"))
      .map(([operator, of]): Formula => ({ kind: "unary", operator, of, at: 0 })),
    fc
      .tuple(tie("tree"), tie("tree"), tie("tree"))
      .map(([condition, yes, no]): Formula => ({ kind: "choice", condition, yes, no, at: 0 })),
    fc.tuple(tie("tree"), tie("tree")).map(([of, candlesAgo]): Formula => ({ kind: "history", of, candlesAgo, at: 0 })),
    fc
      .tuple(tie("tree"), fc.constantFrom("1d" as const, "4h" as const, "15m" as const))
      .map(([of, timeframe]): Formula => ({ kind: "timeframe", of, timeframe, at: 0 })),
    fc.tuple(tie("tree"), name).map(([of, output]): Formula => ({ kind: "output", of, output, at: 0 })),
    fc
      .tuple(name, fc.array(tie("tree"), { maxLength: 3 }))
      .map(([called, parts]): Formula => ({ kind: "call", name: called, arguments: parts, at: 0 })),
    fc.constant<Formula>({ kind: "text", text: "ema", at: 0 }),
  ),
}))

test("any formula, written out and read again, is the same formula", () => {
  fc.assert(
    fc.property(tree, (formula) => {
      const text = formulaText(formula)
      fc.pre(text.length <= 2_000)
      expect(shape(parsed(text))).toEqual(shape(formula))
    }),
    { numRuns: 2_000 },
  )
})

test("no text, however strange, makes the reader throw", () => {
  const piece = fc.constantFrom(
    "close",
    "(",
    ")",
    "[",
    "]",
    "@",
    "1d",
    ".",
    "?",
    ":",
    "and",
    "not",
    "-",
    "1",
    "<",
    ",",
    '"ema"',
    " ",
    "é",
    "\u0000",
    "=",
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const result = parseFormula(pieces.join(""))
      expect(result.ok ? 0 : result.character).toBeLessThanOrEqual(pieces.join("").length)
    }),
    { numRuns: 5_000 },
  )
})

test("a formula at the limits is refused quickly and says which limit", () => {
  const refusals = [
    "(".repeat(300) + "1",
    "1" + "+1".repeat(600),
    "1".padEnd(3_000, " "),
    "not ".repeat(100) + "a",
    "-".repeat(1_000) + "1",
  ]
  expect(refusals.map(parseFormula)).toMatchObject([
    { ok: false, because: expect.stringContaining("64 deep") },
    { ok: false, because: expect.stringContaining("500 parts") },
    { ok: false, because: expect.stringContaining("2000 characters") },
    { ok: false, because: expect.stringContaining("64 deep") },
    { ok: false, because: expect.stringContaining("64 deep") },
  ])
})
