import { readFile, writeFile } from "node:fs/promises"
import { expect, test } from "vitest"
import { engineBytes } from "../../../testing/built-engine.ts"
import { forecastHashes } from "../../../testing/forecast-hashes.ts"

const fixture = new URL("../../../fixtures/forecast-hashes.json", import.meta.url)

// After an intended change of training or forecasts: UPDATE_HASHES=1 npx vitest run forecast-bits
test("Node learns and forecasts the recorded bits", async () => {
  const hashes = await forecastHashes(await engineBytes())
  if (process.env.UPDATE_HASHES) await writeFile(fixture, `${JSON.stringify(hashes, null, 2)}\n`)
  expect(hashes).toEqual(JSON.parse(await readFile(fixture, "utf8")))
})
