import fc from "fast-check"
import { expect, test } from "vitest"
import { mergedText } from "./merged-text.ts"

const before = "a\nb\nc\nd"

test("what two changed in different lines is all there", () => {
  expect(mergedText(before, "a\nB\nc\nd", "a\nb\nc\nd\ne")).toEqual({ text: "a\nB\nc\nd\ne", isClean: true })
  expect(mergedText(before, "x\na\nb\nc\nd", "a\nb\nd")).toEqual({ text: "x\na\nb\nd", isClean: true })
  expect(mergedText(before, "a\nmine\nb\nc\nd", "a\ntheirs\nb\nc\nd")).toEqual({
    text: "a\ntheirs\nmine\nb\nc\nd",
    isClean: true,
  })
})

test("where both changed the same line, mine counts, and it is no secret", () => {
  expect(mergedText(before, "a\nmine\nc\nd", "a\ntheirs\nc\nD")).toEqual({ text: "a\nmine\nc\nD", isClean: false })
})

test("who changed nothing gets the other's text; who changed the same changes it once", () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(mergedText(one, one, other).text).toBe(other)
      expect(mergedText(one, other, one).text).toBe(other)
      expect(mergedText(one, other, other).text).toBe(other)
    }),
  )
})

test("no line that only one of them wrote is lost", () => {
  fc.assert(
    fc.property(text, edit("m"), edit("t"), (start, mine, theirs) => {
      const { text: merged, isClean } = mergedText(start, mine(start), theirs(start))
      const lines = merged.split("\n")
      const wanted = [...written(mine(start), "m"), ...(isClean ? written(theirs(start), "t") : [])]
      expect(wanted.filter((line) => !lines.includes(line))).toEqual([])
    }),
  )
})

const text = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 8 }).map((lines) => lines.join("\n"))

/** Takes some lines out and writes others there, which nobody else writes. */
function edit(who: string) {
  return fc.record({ at: fc.nat(8), out: fc.nat(3), count: fc.nat(3) }).map(
    ({ at, out, count }) =>
      (start: string) =>
        start
          .split("\n")
          .toSpliced(at, out, ...Array.from({ length: count }, (_, n) => `${who}${n}`))
          .join("\n"),
  )
}

function written(after: string, who: string): string[] {
  return after.split("\n").filter((line) => line.startsWith(who))
}
