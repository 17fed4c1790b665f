import Dexie from "dexie"
import { afterEach, expect, test, vi } from "vitest"
import { isStorageFull, unavailableBecause, watchFailedWrites } from "./unavailable.ts"

afterEach(() => vi.unstubAllGlobals())

const full = new DOMException("full", "QuotaExceededError")
const fullInside = new Dexie.AbortError("aborted", full)

test("a full disk says what happened, what is not lost, and what to do", () => {
  for (const error of [full, fullInside, new Dexie.QuotaExceededError("full")]) {
    expect(isStorageFull(error)).toBe(true)
    expect(unavailableBecause(error)).toMatch(
      /is used up, so this was not saved\. .* not lost .* exported\. Delete candles/,
    )
  }
  expect(isStorageFull(new TypeError("x"))).toBe(false)
})

test("a write that failed with nobody to answer for it reaches the person; any other mistake stays an error", () => {
  let hear = (_event: unknown) => {}
  vi.stubGlobal("addEventListener", (_type: string, listener: typeof hear) => (hear = listener))
  const told: string[] = []
  watchFailedWrites((because) => told.push(because))
  const prevented: unknown[] = []
  for (const reason of [fullInside, new TypeError("a mistake of ours"), full])
    hear({ reason, preventDefault: () => prevented.push(reason) })
  expect(told).toEqual([expect.stringContaining("not saved"), expect.stringContaining("not saved")])
  expect(prevented).toEqual([fullInside, full])
})
