import { expect, test } from "vitest"
import { forgetKey, keepForWindow, openKey, sealKey, unsealKey } from "./model-key.ts"

test("a sealed key is opened by its passphrase alone, and nothing of it is in what is kept", async () => {
  const sealed = await sealKey(keepForWindow("sk-test-0123456789abcdef"), "correct horse")
  expect(JSON.stringify(sealed)).not.toContain("0123456789")
  expect(sealed.last).toBe("cdef")
  forgetKey(sealed.id)
  expect(openKey(sealed.id)).toBeUndefined()
  expect(await unsealKey(sealed, "wrong horse")).toBe(false)
  expect(openKey(sealed.id)).toBeUndefined()
  expect(await unsealKey(sealed, "correct horse")).toBe(true)
  expect(openKey(sealed.id)).toBe("sk-test-0123456789abcdef")
})

test("a sealed key that was moved to another place or changed does not open", async () => {
  const sealed = await sealKey(keepForWindow("sk-test-0123456789abcdef"), "correct horse")
  expect(await unsealKey({ ...sealed, id: "another" }, "correct horse")).toBe(false)
  expect(
    await unsealKey(
      { ...sealed, sealed: sealed.sealed.replace(/^./, (letter) => (letter === "A" ? "B" : "A")) },
      "correct horse",
    ),
  ).toBe(false)
})
