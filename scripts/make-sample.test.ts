import { readFile } from "node:fs/promises"
import { expect, test } from "vitest"
import { sampleFile, samplePath } from "./make-sample.ts"

test("the bundled sample is what the script makes, byte for byte, and small", async () => {
  const bundled = await readFile(new URL(`../${samplePath}`, import.meta.url))
  expect(bundled.equals(sampleFile())).toBe(true)
  expect(bundled.length).toBeLessThan(250_000)
})
