import { expect, test } from "vitest"
import { loopsInWords } from "./code-loops.ts"

test("the only loop is named by its line", () => {
  expect(loopsInWords("let a = 0\n\nwhile (true) { a++ }")).toMatch(/only loop begins in line 3/)
})

test("a loop in a comment, in a text or in a name is none", () => {
  const source = '// for ever\nthis.log("while")\n/* do\nwhile */ const done = this.for, format = { for: 1 }'
  expect(loopsInWords(source)).toMatch(/no loop/)
})

test("several loops are named together, and many by their number", () => {
  expect(loopsInWords("for (;;) {}\nwhile (a) {}")).toMatch(/lines 1 and 2/)
  expect(loopsInWords("for (;;) {}\n".repeat(9))).toMatch(/9 loops, the first in line 1/)
})

test("a loop that asks at its end begins where it begins, and one after a block is one", () => {
  expect(loopsInWords("do {\n  a++\n} while (a < 9)")).toMatch(/only loop begins in line 1/)
  expect(loopsInWords("if (a) {\n}\nwhile (b) {}")).toMatch(/only loop begins in line 3/)
})
