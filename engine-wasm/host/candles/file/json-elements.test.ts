import fc from "fast-check"
import { expect, test } from "vitest"
import { JsonElements } from "./json-elements.ts"

const decoder = new TextDecoder()

/** The elements found in a text that arrives in pieces, as texts; or what is wrong with it. */
function elementsOf(text: string, pieceBytes: number): string[] | "damaged" | "long" | "cut" {
  const elements = new JsonElements()
  const found: string[] = []
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const defect = elements.push(bytes.subarray(at, at + pieceBytes), (of, start, end) =>
      found.push(decoder.decode(of.slice(start, end))),
    )
    if (defect !== undefined) return defect
  }
  return elements.isWhole ? found : "cut"
}

const spaced = fc.tuple(
  fc.array(fc.jsonValue({ maxDepth: 5 }), { maxLength: 8 }),
  fc.constantFrom("", " ", "\n  ", "\t"),
)
const pieces = fc.integer({ min: 1, max: 50 })

test("every element of a list is found whole, whatever its kind and however it arrives", () => {
  fc.assert(
    fc.property(spaced, pieces, ([values, space], pieceBytes) => {
      const text = `${space}${JSON.stringify(values, undefined, space)}${space}`
      const found = elementsOf(text, pieceBytes)
      expect(found).toBeInstanceOf(Array)
      expect((found as string[]).map((each) => JSON.parse(each) as unknown)).toEqual(JSON.parse(JSON.stringify(values)))
    }),
    { numRuns: 2000 },
  )
})

test("a cut list is recognised, and anything after the end is damage", () => {
  fc.assert(
    fc.property(spaced, pieces, fc.nat(), ([values, space], pieceBytes, cut) => {
      const text = JSON.stringify(values, undefined, space)
      expect(elementsOf(text.slice(0, cut % text.length), pieceBytes)).toBe("cut")
      expect(elementsOf(`${text}x`, pieceBytes)).toBe("damaged")
    }),
  )
})

test.each(["x", "{}", "[,]", "[1,]", "[1 2]", "[}", "[1}", `[${"[".repeat(65)}`])("%s is damage", (text) => {
  expect(elementsOf(text, 3)).toBe("damaged")
})

test("an element longer than any candle is not held", () => {
  expect(elementsOf(`["${"x".repeat(200_000)}"]`, 1000)).toBe("long")
})
