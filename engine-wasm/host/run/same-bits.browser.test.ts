import { expect, test } from "vitest"
import recorded from "../../fixtures/result-hashes.json" with { type: "json" }
import { resultHashes } from "../../testing/result-hashes.ts"

test("Chromium gives the bits that Node gives, equity and trades, for every story", async () => {
  const engine = await fetch(new URL("../../build/engine.wasm", import.meta.url))
  expect(await resultHashes(await engine.arrayBuffer())).toEqual(recorded)
})
