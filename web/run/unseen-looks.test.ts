import { expect, test } from "vitest"
import { looksFromText } from "./unseen-looks.ts"

const look = { atMs: 1, resultHash: "ab", level: "good", because: "+3 % in 70 days." }

test("a stored look is known again", () => {
  expect(looksFromText(JSON.stringify([["sample x 1", look]])).get("sample x 1")).toEqual(look)
})

test("what is not ours is left out, and what is beside it kept", () => {
  const stored = [["a", look], ["b", { ...look, level: "great" }], ["c"], 7, null, [1, look], ["d", null]]
  expect([...looksFromText(JSON.stringify(stored)).keys()]).toEqual(["a"])
  for (const text of [null, "", "{", "{}", "null", "7"]) expect(looksFromText(text).size).toBe(0)
})

test("a stored sentence without end is cut, and only the newest looks are kept", () => {
  const long = looksFromText(JSON.stringify([["a", { ...look, because: "x".repeat(9000) }]]))
  expect(long.get("a")!.because).toHaveLength(2000)
  const many = Array.from({ length: 300 }, (_, n) => [`look ${n}`, look])
  const kept = looksFromText(JSON.stringify(many))
  expect([kept.size, kept.has("look 299"), kept.has("look 0")]).toEqual([200, true, false])
})
