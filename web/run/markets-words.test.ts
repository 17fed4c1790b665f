import { expect, test } from "vitest"
import { marketsWords } from "./markets-words.ts"

test("few markets are named, many are counted", () => {
  expect(marketsWords(["A"])).toBe("A")
  expect(marketsWords(["A", "B"])).toBe("A and B")
  expect(marketsWords(["A", "B", "C"])).toBe("A, B and C")
  expect(marketsWords(["A", "B", "C", "D", "E"])).toBe("A, B, C and 2 more")
})
