import fc from "fast-check"
import { expect, test } from "vitest"
import { parseSearch, searchText } from "./search-text.ts"

test("an address a person can read", () => {
  expect(searchText({ market: "sample", params: "fast:10,slow:50", from: undefined })).toBe(
    "?market=sample&params=fast:10,slow:50",
  )
})

test("nothing to say is no question mark", () => {
  expect(searchText({})).toBe("")
})

test("whatever is written into the address is read back", () => {
  const search = fc.dictionary(
    fc.string({ minLength: 1 }).filter((name) => name !== "__proto__"),
    fc.string({ minLength: 1 }),
  )
  fc.assert(
    fc.property(search, (wanted) => {
      expect(parseSearch(searchText(wanted))).toEqual({ ...wanted })
    }),
  )
})
