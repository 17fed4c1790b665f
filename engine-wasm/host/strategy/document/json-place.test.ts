import fc from "fast-check"
import { expect, test } from "vitest"
import { valueFromJson, valueFromObject } from "./json-place.ts"

// `^` marks the place the error must name.
const refused: [string, string][] = [
  ["^", "ends too early"],
  ["{^", "a field's name"],
  ['{"a": 1^', "closing `}`"],
  ['{"a": 1,^}', "remove the `,`"],
  ["[1,^]", "remove the `,`"],
  ["[1 ^2]", "closing `]`"],
  ['{"a" ^1}', "`:` is missing"],
  ["{^a: 1}", "a field's name in double quotes"],
  ["{^'a': 1}", "a field's name in double quotes"],
  ['{"a": ^True}', 'not "True"'],
  ['{"a": ^undefined}', "a value is expected"],
  ['{"a": ^NaN}', "a value is expected"],
  ['{"a": ^.5}', "a value is expected"],
  ['{"a": ^-}', "not a number"],
  ['{"a": 01^}'.replace("01^", "0^1"), "closing `}`"],
  ['{"a": ^"x}', "no closing quote"],
  ['{"a": ^"x\ny"}', "no closing quote"],
  ['{"a": ^"\\x"}', "an escape"],
  ["{} ^x", "the document is over"],
  ["[1]^]", "the document is over"],
  ['{"a": 1, ^"a": 2}', "`a` stands twice"],
  ['{^"__proto__": {}}', "cannot be a field's name"],
  ['{"x": {^"constructor": 1}}', "cannot be a field's name"],
  ["^// note\n{}", "a value is expected"],
  ["```json\n{}\n```".replace("```json", "^```json"), "a value is expected"],
]

test.each(refused)("%s: %s", (marked, because) => {
  const character = marked.indexOf("^")
  const result = valueFromJson(marked.slice(0, character) + marked.slice(character + 1))
  expect(result).toMatchObject({ ok: false, problem: { character, because: expect.stringContaining(because) } })
})

test("line and character count as in an editor", () => {
  expect(valueFromJson('{\n  "a": 1,\n  "b": tru\n}')).toEqual({
    ok: false,
    problem: { path: "b", line: 3, character: 19, because: 'line 3, character 8: a value is expected, not "tru"' },
  })
})

test("what JSON.parse reads, this reads alike", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), fc.nat(4), (text, indent) => {
      fc.pre(!text.includes("__proto__") && !text.includes("constructor") && !text.includes("prototype"))
      const spaced = JSON.stringify(JSON.parse(text), null, indent)
      expect(valueFromJson(spaced)).toEqual({ ok: true, value: JSON.parse(text) })
    }),
    { numRuns: 500 },
  )
})

test("what JSON.parse refuses, this refuses too", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 2 }), fc.nat(), fc.constantFrom("", "}", ",", '"', "x", "0"), (text, at, put) => {
      const cut = at % (text.length + 1)
      const changed = text.slice(0, cut) + put + text.slice(cut + 1)
      expect(valueFromJson(changed).ok && !isJson(changed)).toBe(false)
    }),
    { numRuns: 2_000 },
  )
})

function isJson(text: string): boolean {
  try {
    return (JSON.parse(text), true)
  } catch {
    return false
  }
}

test("a byte order mark is no mistake", () => {
  expect(valueFromJson('\uFEFF{"a":1}')).toEqual({ ok: true, value: { a: 1 } })
})

test("depth and length are bounded", () => {
  expect(valueFromJson("[".repeat(1_000))).toMatchObject({
    ok: false,
    problem: { because: expect.stringContaining("deep") },
  })
  expect(valueFromJson(" ".repeat(1_000_000))).toMatchObject({
    ok: false,
    problem: { because: expect.stringContaining("too long") },
  })
  expect(valueFromJson('{"a": 1e999}')).toMatchObject({
    ok: false,
    problem: { because: expect.stringContaining("too large") },
  })
})

test("a parsed value may hold only what JSON can say", () => {
  const loop: Record<string, unknown> = {}
  loop.self = loop
  expect(valueFromObject(loop)).toMatchObject({ ok: false, problem: { because: expect.stringContaining("deep") } })
  expect(valueFromObject({ a: [1, Number.NaN] })).toEqual({
    ok: false,
    problem: { path: "a[1]", because: "this number is not finite" },
  })
  expect(valueFromObject(JSON.parse('{"__proto__": {"name": "x"}}'))).toMatchObject({
    ok: false,
    problem: { because: expect.stringContaining("__proto__") },
  })
  expect(valueFromObject({ a: { b: 5n } })).toEqual({
    ok: false,
    problem: { path: "a.b", because: "a bigint cannot be written as JSON" },
  })
  expect(valueFromObject({ list: Array.from({ length: 1_001 }, () => 0) })).toMatchObject({
    ok: false,
    problem: { path: "list" },
  })
})
