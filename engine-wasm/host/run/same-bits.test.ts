import { readFile, writeFile } from "node:fs/promises"
import { expect, test } from "vitest"
import { engineBytes } from "../../testing/built-engine.ts"
import { resultHashes } from "../../testing/result-hashes.ts"

const fixture = new URL("../../fixtures/result-hashes.json", import.meta.url)

// After an intended change of results: UPDATE_HASHES=1 npx vitest run same-bits
test("Node gives the recorded bits of equity and trades for every story", async () => {
  const hashes = await resultHashes(await engineBytes())
  if (process.env.UPDATE_HASHES) await writeFile(fixture, `${JSON.stringify(hashes, null, 2)}\n`)
  expect(hashes).toEqual(JSON.parse(await readFile(fixture, "utf8")))
})
